"""Who stands in a list: the records that belong, what their cells say, and in which order.

What is worked out of a row (its cells, its place in the order, whether the filter asks for it) is
kept until the record changes. What follows the figures is worked out anew by `look_again` alone:
rows that come and go with every reading could not be read.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from backend.model import Change, Record, Ref
from console.sdk.context import Lookup
from console.sdk.views import Cell, ListView, Sums, Value
from console.shell.arrangement import Arrangement
from console.shell.groups import Groups
from console.shell.lines import Lines, Row, Stand
from console.shell.members import Members
from console.shell.order import Sortable, sortable
from console.shell.query.grammar import Query
from console.shell.query.matching import holds
from console.shell.ranks import Ranks
from console.shell.tally import Tally


class Roster:
    """The rows of a view: which of them are asked for, in which order, under which headings."""

    def __init__(self, view: ListView[Any], lookup: Lookup) -> None:
        self._view = view
        self.lookup = lookup
        self.members = Members(view)
        self._numbers = {column.id: number for number, column in enumerate(view.columns)}
        self.query = Query()
        self.column = 0
        self.group: int | None = None
        """The number of the column that the headings are of; None for no headings."""
        self.groups = Groups(self._heading)
        self.tally = Tally(self._share)
        """What the rows that are asked for count for."""
        self._ranks = Ranks(self._stand, self.members.named)

    def load(self, records: Iterable[Record]) -> None:
        """Know those of these records that belong, and no others."""
        self.tally.forget_all()
        self.members.load(records)
        self.tally.forget(self.members.refs())
        self._ranks.forget_all()

    def follow(self, change: Change) -> None:
        """Know a record as it is now."""
        row = self.members.follow(change)
        if row is not None:
            self.forget((row,))

    def forget(self, rows: Sequence[Row]) -> None:
        """Have all that is kept of these worked out anew, but for their places by a figure."""
        self.tally.forget(row.record.ref for row in rows)
        self._ranks.forget(rows)
        keeps_key = self._view.columns[self.column].is_live
        for row in rows:
            key = row.key
            row.stand_for(row.record)
            row.cells = [None] * len(row.cells)
            row.key = key if keeps_key else None

    def ask(self, query: Query) -> None:
        """Choose by this from now on."""
        self.query = query
        self.tally.forget(self.members.refs())
        self._ranks.forget_all()
        for row in self.members.named():
            row.is_asked_for = None

    def arrange(self, arrangement: Arrangement) -> None:
        """Stand in this order, under these headings."""
        column = self._numbers.get(arrangement.sort, 0)
        group = self._numbers.get(arrangement.group)
        for row in self.members.named():
            row.key = row.key if column == self.column else None
            row.heading = row.heading if group == self.group else None
        if group != self.group:
            self.groups.clear()
        self.column, self.group = column, group
        self._ranks.is_descending = arrangement.is_descending
        self._ranks.forget_all()
        self.groups.closed = arrangement.closed
        self.groups.is_turned = arrangement.is_descending and group == column

    def look_again(self) -> None:
        """Choose and order by what the figures are now."""
        follows = self._view.columns[self.column].is_live
        asks = any(self.query.names(column.id) for column in self._view.columns if column.is_live)
        if asks:
            self.tally.forget(self.members.refs())
        for row in self.members.named():
            if follows:
                row.key = None
            if asks:
                row.is_asked_for = None
        if follows or asks:
            self._ranks.forget_all()

    @property
    def follows_figures(self) -> bool:
        """Whether who is chosen, or the order, changes with the figures."""
        live = [column for column in self._view.columns if column.is_live]
        return self._view.columns[self.column] in live or any(
            self.query.names(column.id) for column in live
        )

    def cell(self, row: Row, column: int) -> Cell:
        """Return what a cell says."""
        cell = row.cells[column]
        if cell is None:
            cell = row.cells[column] = self._view.columns[column].cell(row.record, self.lookup)
        return cell

    def value(self, row: Row, column: int) -> Value:
        """Return the value that a cell tells; its text where it has no other."""
        value = self._view.columns[column].value
        if value is None:
            return self.cell(row, column).text
        return value(row.record, self.lookup)

    def version(self) -> int:
        """Return a number that is another one once any line stands elsewhere."""
        return self._ranks.version()

    def lines(self) -> Lines:
        """Return what stands in the list, from top to bottom."""
        rows = self._ranks.rows()
        return Lines(rows) if self.group is None else self.groups.lines(rows)

    def ordered(self) -> list[Row]:
        """Return the rows that are asked for as they stand, those of closed headings too."""
        rows = self._ranks.rows()
        return list(rows) if self.group is None else self.groups.ordered(rows)

    def _share(self, ref: Ref) -> Sums | None:
        row = self.members.row(ref)
        if row is None or (self.query.terms and not self._is_asked_for(row)):
            return None
        return self._view.heading.share(row.record, self.lookup)

    def _heading(self, row: Row) -> str:
        if self.group is None:
            return ""
        own = self._view.columns[self.group].group
        return own(row.record, self.lookup) if own else self.cell(row, self.group).text

    def _stand(self, row: Row) -> Stand | None:
        """Return where a row is to stand; None for one that is not asked for or has gone."""
        if row.is_gone or (self.query.terms and not self._is_asked_for(row)):
            return None
        heading = "" if self.group is None else self.groups.text(row)
        return Stand(self._key(row), row.name, heading)

    def _key(self, row: Row) -> Sortable:
        if row.key is None:
            row.key = sortable(self.value(row, self.column))
        return row.key

    def _is_asked_for(self, row: Row) -> bool:
        if row.is_asked_for is None:
            row.is_asked_for = holds(
                self.query,
                lambda field: self.value(row, self._numbers[field]),
                lambda: self._words(row),
            )
        return row.is_asked_for

    def _words(self, row: Row) -> str:
        if row.words is None:
            if self._view.search_text:
                text = self._view.search_text(row.record, self.lookup)
            else:
                text = " ".join(self.cell(row, i).text for i in range(len(self._view.columns)))
            row.words = text.casefold()
        return row.words
