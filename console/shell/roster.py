"""Who stands in a list: the records that belong, what their cells say, and in which order."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt

from backend.model import Change, Record, Ref
from console.sdk.context import Lookup
from console.sdk.views import Cell, ListView
from console.shell.order import Sortable, natural, sortable
from console.shell.registry import name_of


class Row:
    """A record and its cells, each made when it is first looked at."""

    __slots__ = ("cells", "record")

    def __init__(self, record: Record, columns: int) -> None:
        self.record = record
        self.cells: list[Cell | None] = [None] * columns


class Roster:
    """The rows of a view. `words`, `column` and `order` say which are chosen and how they stand."""

    def __init__(self, view: ListView[Any], lookup: Lookup) -> None:
        self._view = view
        self._lookup = lookup
        self._known: dict[Ref, Row] = {}
        self.words: tuple[str, ...] = ()
        self.column = 0
        self.order = Qt.SortOrder.AscendingOrder

    def load(self, records: Iterable[Record]) -> None:
        """Know these records and no others."""
        belonging = [record for record in records if self._view.belongs(record)]
        self._known = {record.ref: self._new(record) for record in belonging}

    def records(self) -> tuple[Record, ...]:
        """Return all records that belong, chosen or not."""
        return tuple(row.record for row in self._known.values())

    def row(self, ref: Ref) -> Row | None:
        """Return the row of a record."""
        return self._known.get(ref)

    def rows(self, refs: Iterable[Ref]) -> list[Row]:
        """Return the rows of those that are known."""
        return [self._known[ref] for ref in refs if ref in self._known]

    def follow(self, change: Change) -> None:
        """Know a record as it is now."""
        record = change.after
        if record is None or not self._view.belongs(record):
            self._known.pop(change.ref, None)
        elif change.ref in self._known:
            self._known[change.ref].record = record
        else:
            self._known[change.ref] = self._new(record)

    def cell(self, row: Row, column: int) -> Cell:
        """Return what a cell says."""
        cell = row.cells[column]
        if cell is None:
            cell = row.cells[column] = self._view.columns[column].cell(row.record, self._lookup)
        return cell

    def chosen(self) -> list[Row]:
        """Return the rows that the words choose, in order; equal ones by name."""
        rows = [row for row in self._known.values() if not self.words or self._matches(row)]
        rows.sort(key=lambda row: (natural(name_of(row.record)), row.record.ref.key))
        rows.sort(key=self._key, reverse=self.order is Qt.SortOrder.DescendingOrder)
        return rows

    def _new(self, record: Record) -> Row:
        return Row(record, len(self._view.columns))

    def _key(self, row: Row) -> Sortable:
        column = self._view.columns[self.column]
        if column.sort is None:
            return sortable(self.cell(row, self.column).text)
        return sortable(column.sort(row.record, self._lookup))

    def _matches(self, row: Row) -> bool:
        if self._view.search_text:
            text = self._view.search_text(row.record, self._lookup)
        else:
            text = " ".join(self.cell(row, i).text for i in range(len(self._view.columns)))
        folded = text.casefold()
        return all(word in folded for word in self.words)
