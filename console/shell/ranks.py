"""The order of a list, kept: what it costs goes by the rows that changed, not by how many are."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Final

from typing_extensions import override

from console.shell.lines import Row, Stand
from console.shell.order import Sortable

_MANY: Final = 8
"""Where one of so many rows may stand elsewhere, all are put in order anew."""


class Ranks:
    """The rows that are asked for, in order; equal ones by name, whichever way the order goes.

    `stand_of` tells where a row is to stand, None for one that is not asked for or has gone, and
    `named` all rows in the order of their names.
    """

    def __init__(
        self, stand_of: Callable[[Row], Stand | None], named: Callable[[], Sequence[Row]]
    ) -> None:
        self._stand_of = stand_of
        self._named = named
        self._rows: list[Row] = []
        self._stale: set[Row] = set()
        self._is_known = False
        self._version = 0
        self.is_descending = False

    def forget(self, rows: Iterable[Row]) -> None:
        """Have the places of these found anew."""
        self._stale.update(rows)

    def forget_all(self) -> None:
        """Have all places found anew."""
        self._is_known = False

    def version(self) -> int:
        """Return a number that is another one once anything stands elsewhere."""
        self._settle()
        return self._version

    def rows(self) -> list[Row]:
        """Return the rows as they stand. Not to be changed."""
        self._settle()
        return self._rows

    def _settle(self) -> None:
        stale, self._stale = self._stale, set()
        if not self._is_known or len(stale) > _MANY + len(self._rows) // _MANY:
            self._begin_anew()
            return
        for row in stale:
            stand = self._stand_of(row)
            if stand == row.stand:
                continue
            self._version += 1
            if row.stand is not None:
                del self._rows[self._place(row)]
            row.stand = stand
            if stand is not None:
                self._rows.insert(bisect_left(self._rows, self._key(row), key=self._key), row)

    def _begin_anew(self) -> None:
        for row in self._rows:
            row.stand = None
        found = []
        for row in self._named():
            row.stand = self._stand_of(row)
            if row.stand is not None:
                found.append(row)
        found.sort(key=attrgetter("stand.figure"), reverse=self.is_descending)
        self._rows, self._is_known = found, True
        self._version += 1

    def _place(self, row: Row) -> int:
        place = bisect_left(self._rows, self._key(row), key=self._key)
        while self._rows[place] is not row:  # a machine may be on two hosts while it moves
            place += 1
        return place

    def _key(self, row: Row) -> tuple[object, ...]:
        stand = row.stand or _NOWHERE
        return (_Turned(stand.figure) if self.is_descending else stand.figure, stand.name)


class _Turned:
    """Compares as the other way round."""

    __slots__ = ("_figure",)

    def __init__(self, figure: Sortable) -> None:
        self._figure = figure

    def __lt__(self, other: "_Turned") -> bool:
        return other._figure < self._figure

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Turned) and self._figure == other._figure

    @override
    def __hash__(self) -> int:
        return hash(self._figure)


_NOWHERE: Final = Stand((0, 0.0, ()), ((), ""), "")
