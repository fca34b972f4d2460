"""Cells as text for others to read: a spreadsheet, a mail, a file. Pure."""

from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tabbed(lines: Iterable[Sequence[str]]) -> str:
    """Return cells with tabs between, a row a line; a spreadsheet puts each where it belongs."""
    # Tab separated text knows no quotes: what would end a cell becomes a blank.
    rows = ("\t".join(harmless(" ".join(text.split())) for text in line) for line in lines)
    return "".join(f"{row}\n" for row in rows)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, whoever named a machine so."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
