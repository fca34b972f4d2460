"""Which process is meant: its number comes again, together with its beginning it does not."""

from pathlib import Path


def began(process: int | str) -> str:
    """Return when a process of this computer began, in its own clock's ticks; "" if it ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        # Its name, in brackets, may hold anything; proc(5): the 22nd, counted from the number.
        fields = told.rpartition(")")[2].split()
        # One that ended stands there until it is buried, which in some containers nobody does.
        return "" if fields[0] == "Z" else fields[19]
    except (OSError, IndexError):
        return ""
