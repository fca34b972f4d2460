"""The rows of a list view: one model over plain rows, sorted and filtered here.

Cells are made when they are looked at and kept until their record or its figures change. A batch of
changes costs one `dataChanged`; rows come and go singly while there are few, at once when many.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from backend.model import Change, Record, Ref
from console.sdk.context import Lookup
from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell, ListView
from console.shell.roster import Roster, Row
from console.widgets.cells import CELL_ROLE

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_FEW = 40


class ListModel(QAbstractTableModel):
    """The records of a `ListView`, in the order and choice of the user."""

    def __init__(self, view: ListView[Any], lookup: Lookup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._roster = Roster(view, lookup)
        self._rows: list[Row] = []
        self._live = [i for i, column in enumerate(view.columns) if column.is_live]

    # What the shell asks

    @property
    def records(self) -> tuple[Record, ...]:
        """All records that belong, those that the filter hides included."""
        return self._roster.records()

    @property
    def is_sorted_by_figures(self) -> bool:
        """Whether the order follows what changes with every reading."""
        return self._roster.column in self._live

    def record_at(self, row: int) -> Record:
        """Return the record of a row."""
        return self._rows[row].record

    def row_of(self, ref: Ref) -> int:
        """Return where a record stands; -1 if it is not shown."""
        row = self._roster.row(ref)
        return self._rows.index(row) if row in self._rows else -1

    def load(self, records: Iterable[Record]) -> None:
        """Show these records and no others."""
        self.beginResetModel()
        self._roster.load(records)
        self._rows = self._roster.chosen()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs."""
        words = tuple(text.casefold().split())
        if words != self._roster.words:
            self._roster.words = words
            self._settle()

    def apply(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        for change in changes:
            if change.ref.kind is self.view.kind:
                self._roster.follow(change)
        # What a guest says, or what its host became, stands in the row of the machine.
        self.touch([change.ref for change in changes])

    def touch(self, refs: Iterable[Ref]) -> None:
        """Make the cells of these anew: something beside their records changed (a job)."""
        rows = self._roster.rows(ref.of(self.view.kind) for ref in refs)
        for row in rows:
            row.cells = [None] * len(self.view.columns)
        self._settle()
        self._tell(rows, 0, len(self.view.columns) - 1)

    def tick(self, refs: Iterable[Ref]) -> None:
        """Follow new readings: only the live columns, and nothing moves."""
        if not self._live:
            return
        rows = self._roster.rows(refs)
        for row in rows:
            for column in self._live:
                row.cells[column] = None
        self._tell(rows, self._live[0], self._live[-1])

    def sort_again(self) -> None:
        """Put the rows in order by what they say now."""
        self._settle()

    # What Qt asks

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.view.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        cell = self._roster.cell(self._rows[index.row()], index.column())
        return _shown(cell, role)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.view.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in order by a column; equal ones by name."""
        self._roster.column, self._roster.order = max(column, 0), order
        self._settle()

    # How

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        is_right = self.view.columns[column].align is Align.RIGHT
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _settle(self) -> None:
        """Bring the rows shown to what they should be, with as little movement as possible."""
        wanted = self._roster.chosen()
        if wanted == self._rows:
            return
        staying, shown = set(wanted), set(self._rows)
        gone = [i for i, row in enumerate(self._rows) if row not in staying]
        fresh = [row for row in wanted if row not in shown]
        if len(gone) + len(fresh) > _FEW:
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()
            return
        for i in reversed(gone):
            self.beginRemoveRows(QModelIndex(), i, i)
            del self._rows[i]
            self.endRemoveRows()
        self._reorder([row for row in wanted if row in shown])
        for i, row in enumerate(wanted):
            if row not in shown:
                self.beginInsertRows(QModelIndex(), i, i)
                self._rows.insert(i, row)
                self.endInsertRows()

    def _reorder(self, wanted: list[Row]) -> None:
        if wanted == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {row: i for i, row in enumerate(wanted)}
        after = [self.index(place[self._rows[i.row()]], i.column()) for i in before]
        self._rows = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell(self, rows: Sequence[Row], first: int, last: int) -> None:
        place = {row: i for i, row in enumerate(self._rows)} if rows else {}
        places = [place[row] for row in rows if row in place]
        if places:
            self.dataChanged.emit(self.index(min(places), first), self.index(max(places), last))


def _shown(cell: Cell, role: int) -> Any:
    if role == CELL_ROLE:
        return cell
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.DecorationRole and cell.icon:
        return icon(cell.icon, cell.tone or Tone.PLAIN)
    if role == Qt.ItemDataRole.ToolTipRole:
        return cell.tooltip or cell.text or None
    return None
