"""The tables of the history's file, and what everybody does with them. Blocking."""

import sqlite3
from typing import Final

from backend.keeping.file import Form
from backend.measures import BY_ID, Place
from backend.model import Ref
from backend.series import Series

BOUND_BYTES: Final = 1024**3
_VERSION: Final = 1
SERIES_MOST: Final = 2_000
"""Of a thing. Guests name their file systems as they like, and new ones whenever they like."""
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
CREATE INDEX IF NOT EXISTS block_at ON block (step, at)
"""


def form(bound_bytes: int) -> Form:
    """Return what the history's file is like, which never grows beyond the bound."""
    return Form(_SCHEMA, _VERSION, bound_bytes=bound_bytes)


class Names:
    """The numbers of things and series in the file."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._things: dict[Ref, int] = {}
        self._series: dict[tuple[int, Place], int | None] = {}

    def forget(self) -> None:
        """Look them up again: what was given out last was taken back."""
        self._things.clear()
        self._series.clear()

    def thing(self, ref: Ref) -> int:
        """Return the number of a thing, new if need be."""
        if (known := self._things.get(ref)) is None:
            names = (ref.host, ref.kind.value, ref.key)
            question = "SELECT id FROM thing WHERE host = ? AND kind = ? AND key = ?"
            known = self._things[ref] = self._made("thing (host, kind, key)", names, question)
        return known

    def series(self, thing: int, place: Place) -> int | None:
        """Return the number of a thing's series, new if need be; None if it has SERIES_MOST."""
        if (thing, place) not in self._series:
            names = (thing, place[0].id, place[1])
            question = "SELECT id FROM series WHERE thing = ? AND measure = ? AND device = ?"
            found = self._file.execute(question, names).fetchone()
            if found is None and not self._is_full(thing):
                made = self._made("series (thing, measure, device)", names, question)
                self._series[thing, place] = made
            else:
                self._series[thing, place] = None if found is None else int(found[0])
        return self._series[thing, place]

    def is_full(self, ref: Ref) -> bool:
        """Whether a thing has so many series that it gets no other."""
        question = "SELECT id FROM thing WHERE host = ? AND kind = ? AND key = ?"
        found = self._file.execute(question, (ref.host, ref.kind.value, ref.key)).fetchone()
        return found is not None and self._is_full(found[0])

    def _is_full(self, thing: int) -> bool:
        question = "SELECT count(*) FROM series WHERE thing = ?"
        (count,) = self._file.execute(question, (thing,)).fetchone()
        return bool(count >= SERIES_MOST)

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
