"""The tables of the history's file, and what everybody does with them. Blocking."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backend.journal.store import DamagedFile, NewerFile
from backend.measures import BY_ID, Place
from backend.model import Ref
from backend.series import Series

PAGE_BYTES: Final = 4096
_VERSION: Final = 1
_LOCK_PATIENCE_S: Final = 10.0
_CHECKED_BYTES: Final = 64 * 1024**2
"""Larger files are not read through as they are opened: that would take seconds."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS thing (
    id INTEGER PRIMARY KEY, host TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    UNIQUE (host, kind, key)
);
CREATE TABLE IF NOT EXISTS series (
    id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, measure TEXT NOT NULL, device TEXT NOT NULL,
    UNIQUE (thing, measure, device)
);
CREATE TABLE IF NOT EXISTS tail (
    thing INTEGER NOT NULL, step INTEGER NOT NULL, at INTEGER NOT NULL, told BLOB NOT NULL,
    PRIMARY KEY (thing, step, at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS block (
    series INTEGER NOT NULL, step INTEGER NOT NULL, at INTEGER NOT NULL, told BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS block_of ON block (series, step, at);
CREATE INDEX IF NOT EXISTS block_at ON block (step, at);
"""


def open_file(path: Path | None, bound_bytes: int) -> sqlite3.Connection:
    """Return the file at `path` (None: in memory), which never grows beyond the bound.

    Raises sqlite3.Error, DamagedFile or NewerFile.
    """
    if path:
        _make(path)
    file = sqlite3.connect(path or ":memory:", timeout=_LOCK_PATIENCE_S, isolation_level=None)
    try:
        _set_up(file, path, bound_bytes)
    except BaseException:
        file.close()
        raise
    return file


def _set_up(file: sqlite3.Connection, path: Path | None, bound_bytes: int) -> None:
    if path and 0 < path.stat().st_size < _CHECKED_BYTES:
        (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise DamagedFile(verdict)
    if (version := number(file, "PRAGMA user_version")) > _VERSION:
        raise NewerFile(version)
    file.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    # On a file system that has no shared memory (NFS) SQLite keeps to its other mode.
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    file.execute(f"PRAGMA max_page_count = {bound_bytes // PAGE_BYTES}")
    if version < _VERSION:
        with at_once(file):
            for statement in _SCHEMA.split(";"):
                file.execute(statement)
            file.execute(f"PRAGMA user_version = {_VERSION}")


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


class Names:
    """The numbers of things and series in the file."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._things: dict[Ref, int] = {}
        self._series: dict[tuple[int, Place], int] = {}

    def forget(self) -> None:
        """Look them up again: what was given out last was taken back."""
        self._things.clear()
        self._series.clear()

    def thing(self, ref: Ref) -> int:
        """Return the number of a thing, new if need be."""
        if ref not in self._things:
            names = (ref.host, ref.kind.value, ref.key)
            question = "SELECT id FROM thing WHERE host = ? AND kind = ? AND key = ?"
            self._things[ref] = self._made("thing (host, kind, key)", names, question)
        return self._things[ref]

    def series(self, thing: int, place: Place) -> int:
        """Return the number of a thing's series, new if need be."""
        if (thing, place) not in self._series:
            names = (thing, place[0].id, place[1])
            question = "SELECT id FROM series WHERE thing = ? AND measure = ? AND device = ?"
            made = self._made("series (thing, measure, device)", names, question)
            self._series[thing, place] = made
        return self._series[thing, place]

    def find(self, series: Series) -> tuple[int, int] | None:
        """Return the numbers of a series and of its thing; None if nothing was ever kept of it."""
        ref, place = series.ref, (series.measure.id, series.device)
        found = self._file.execute(
            "SELECT series.id, thing.id FROM thing JOIN series ON series.thing = thing.id "
            "WHERE host = ? AND kind = ? AND key = ? AND measure = ? AND device = ?",
            (ref.host, ref.kind.value, ref.key, *place),
        ).fetchone()
        return None if found is None else (int(found[0]), int(found[1]))

    def places(self, ref: Ref) -> list[Place]:
        """Return measures and devices of a thing of which something was ever kept."""
        found = self._file.execute(
            "SELECT measure, device FROM series JOIN thing ON thing.id = series.thing "
            "WHERE host = ? AND kind = ? AND key = ? ORDER BY series.id",
            (ref.host, ref.kind.value, ref.key),
        ).fetchall()
        return [(BY_ID[measure], device) for measure, device in found if measure in BY_ID]

    def _made(self, into: str, names: tuple[object, ...], question: str) -> int:
        marks = ", ".join("?" * len(names))
        self._file.execute(f"INSERT OR IGNORE INTO {into} VALUES ({marks})", names)  # noqa: S608
        return int(self._file.execute(question, names).fetchone()[0])


def _make(path: Path) -> None:
    """Have a file that its owner alone can read; what SQLite puts beside it is like it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
