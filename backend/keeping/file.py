"""One file in SQLite's write-ahead mode, that is its owner's alone. Blocking, and for one thread.

Several processes may have it open at once.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_LOCK_PATIENCE_S: Final = 10.0
_PAGE_BYTES: Final = 4096
_CHECKED_BYTES: Final = 64 * 1024**2
"""Larger files are not read through as they are opened: that would take seconds."""


class NewerFile(Exception):
    """A later version of Celadon wrote this file."""


class DamagedFile(sqlite3.DatabaseError):
    """SQLite finds the file damaged."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is like: its tables, each statement of which does no harm a second time.

    `upgrades` make of the file of a version that of the next. It never grows beyond `bound_bytes`;
    0 is no bound.
    """

    schema: str
    version: int
    upgrades: Mapping[int, str] = field(default_factory=dict)
    bound_bytes: int = 0


class KeptFile:
    """An open file; None is one in memory, that is gone with it.

    Raises sqlite3.Error, OSError, DamagedFile or NewerFile.
    """

    def __init__(
        self,
        path: Path | None,
        form: Form,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self._path = path
        self._file = open_file(path, form, factory)
        self._inode = path.stat().st_ino if path else 0

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def is_displaced(self) -> bool:
        """Whether another file, or none, lies where this one was opened."""
        if self._path is None:
            return False
        try:
            return self._path.stat().st_ino != self._inode
        except OSError:
            return True


def open_file(
    path: Path | None, form: Form, factory: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    """Return the file at `path` (None: in memory), of this form by now. Raises as KeptFile."""
    if path:
        _make(path)
    file = sqlite3.connect(
        path or ":memory:", timeout=_LOCK_PATIENCE_S, isolation_level=None, factory=factory
    )
    try:
        _set_up(file, path, form)
    except BaseException:
        file.close()
        raise
    return file


@contextlib.contextmanager
def at_once(file: sqlite3.Connection) -> Iterator[None]:
    """Have what is done meanwhile done altogether or, if this raises, not at all."""
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
        file.execute("COMMIT")
    except BaseException:
        if file.in_transaction:
            file.execute("ROLLBACK")
        raise


def number(file: sqlite3.Connection, question: str) -> int:
    """Return the one number that is the answer."""
    return int(file.execute(question).fetchone()[0])


def used_bytes(file: sqlite3.Connection) -> int:
    """Return how much of the file is in use."""
    pages = number(file, "PRAGMA page_count") - number(file, "PRAGMA freelist_count")
    return pages * _PAGE_BYTES


def _set_up(file: sqlite3.Connection, path: Path | None, form: Form) -> None:
    if path and path.stat().st_size < _CHECKED_BYTES:
        (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise DamagedFile(verdict)
    if (version := number(file, "PRAGMA user_version")) > form.version:
        raise NewerFile(version)
    file.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    # On a file system that has no shared memory (NFS) SQLite keeps to its other mode.
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    if form.bound_bytes:
        file.execute(f"PRAGMA max_page_count = {form.bound_bytes // _PAGE_BYTES}")
    if version < form.version:
        _upgrade(file, form)


def _upgrade(file: sqlite3.Connection, form: Form) -> None:
    with at_once(file):
        version = number(file, "PRAGMA user_version")  # by now
        for step in range(version or form.version, form.version):
            file.execute(form.upgrades[step])
        for statement in form.schema.split(";"):
            file.execute(statement)
        file.execute(f"PRAGMA user_version = {form.version}")


def _make(path: Path) -> None:
    """Have a file that its owner alone can read; what SQLite puts beside it is like it.

    One that is there is not opened: closing it would lose the locks of another connection.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
