"""What is still to be done once since the machine started: have its guests start, in their order.

libvirtd would start all that are marked at once, as it starts itself. So its own mark that it has
done so is set before (`plan.prepare`), with a file beside it that says who is still to come. One
process at a time holds that file; what is left of it when a console ends, the next one does.
"""

import fcntl
import os
from pathlib import Path


def begin(path: Path) -> None:
    """Have it be done from now on, whatever was left of the last time."""
    path.unlink(missing_ok=True)
    path.touch(0o600)


class Claim:
    """The right to do it: nobody else does meanwhile. `handled` need not be looked at again."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor
        self.handled = frozenset(path.read_text().split())

    def note(self, uuid: str) -> None:
        """A guest has had its turn."""
        os.write(self._descriptor, f"{uuid}\n".encode())

    def finish(self) -> None:
        """Nothing is left to be done."""
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave what is left to somebody else."""
        os.close(self._descriptor)


def claim(path: Path) -> Claim | None:
    """Return the right to do it; None where nothing is due, or somebody else is at it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it may have finished between our look and our lock.
        if os.fstat(descriptor).st_nlink:
            return Claim(path, descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None


def is_open(path: Path) -> bool:
    """Whether it is due and nobody is at it."""
    found = claim(path)
    if found:
        found.close()
    return found is not None
