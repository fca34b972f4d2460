"""The lines of a list view: one model over plain rows and headings, sorted and filtered here.

Cells are made when they are looked at and kept until their record or its figures change. A batch of
changes costs one `dataChanged`; lines come and go singly while there are few, at once when many.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from backend.model import Change, Record, Ref
from console.sdk.context import Lookup
from console.sdk.views import ListView
from console.shell.arrangement import Arrangement
from console.shell.lines import Heading, Lines, Row
from console.shell.query.grammar import Query
from console.shell.roster import Roster
from console.widgets.cells import CELL_ROLE, alignment, cell_data

Index = QModelIndex | QPersistentModelIndex
HEADING_ROLE = CELL_ROLE + 1
_NO_INDEX = QModelIndex()
_FEW = 40


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_model", text)


class ListModel(QAbstractTableModel):
    """The records of a `ListView`, in the order and choice of the user."""

    about_to_settle = Signal()
    """Lines are about to come, go or change their places."""
    settled = Signal()
    """They have."""

    def __init__(self, view: ListView[Any], lookup: Lookup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.roster = Roster(view, lookup)
        self.lines = Lines()
        """What is shown, from top to bottom."""
        self._version = -1
        self._live = [i for i, column in enumerate(view.columns) if column.is_live]

    # What the shell asks

    @property
    def records(self) -> tuple[Record, ...]:
        """All records that belong, those that the filter hides included."""
        return self.roster.members.records()

    def line_of(self, ref: Ref) -> int:
        """Return the number of the line on which a record stands; -1 if it is not shown."""
        return self.lines.place(self.roster.members.row(ref))

    def load(self, records: Iterable[Record]) -> None:
        """Show these records and no others."""
        self.roster.load(records)
        self._begin_anew(self.roster.lines())

    def ask(self, query: Query) -> None:
        """Show only rows that are asked for."""
        if query.terms != self.roster.query.terms:
            self.roster.ask(query)
            self.settle()

    def arrange(self, arrangement: Arrangement) -> None:
        """Stand in this order, under these headings."""
        self.roster.arrange(arrangement)
        self.settle()

    def apply(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        kind = self.view.kind
        beside = []
        for change in changes:
            if change.ref.kind is kind:
                self.roster.follow(change)
            else:
                beside.append(change.ref)
        # What a guest says, or what its host became, stands in the row of the machine.
        rows = self.roster.members.rows(ref.of(kind) for ref in beside)
        self.roster.forget(rows)
        self.settle()
        rows += self.roster.members.rows(c.ref for c in changes if c.ref.kind is kind)
        self._tell(rows, 0, len(self.view.columns) - 1)

    def touch(self, refs: Iterable[Ref]) -> None:
        """Make the cells of these anew: something beside their records changed (a job)."""
        rows = self.roster.members.rows(ref.of(self.view.kind) for ref in refs)
        self.roster.forget(rows)
        self.settle()
        self._tell(rows, 0, len(self.view.columns) - 1)

    def tick(self, refs: Iterable[Ref]) -> None:
        """Follow new readings: only the live columns, and nothing moves."""
        if not self._live:
            return
        rows = self.roster.members.rows(refs)
        self.roster.tally.forget(row.record.ref for row in rows)
        for row in rows:
            for column in self._live:
                row.cells[column] = None
        self._tell(rows, self._live[0], self._live[-1])

    def look_again(self) -> None:
        """Choose and order the rows by what the figures say now."""
        self.roster.look_again()
        self.settle()

    def settle(self) -> None:
        """Bring the lines to what they should be, with as little movement as possible."""
        version = self.roster.version()
        if version == self._version:
            return
        self._version = version
        counts = [(heading, heading.count) for heading in self.lines.headings()]
        wanted = self.roster.lines()
        if wanted != self.lines:
            self._move_to(wanted)
        for heading, count in counts:
            place = self.lines.place(heading)
            if heading.count != count and place >= 0:
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    # What Qt asks

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.view.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be selected; headings only be gone to."""
        line = index.row()
        if not 0 <= line < len(self.lines):
            return _NO_FLAGS
        return _ROW_FLAGS if isinstance(self.lines[line], Row) else _HEADING_FLAGS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if isinstance(line, Heading):
            return _heading_shown(line, role) if index.column() == 0 else None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == 0:
            return _told_of_tile(self.view, self.roster.lookup, line)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.view.columns[index.column()].align)
        if role in _SHOWN:
            return cell_data(self.roster.cell(line, index.column()), role)
        return None

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
            return alignment(self.view.columns[section].align)
        return None

    # How

    def _begin_anew(self, lines: Lines) -> None:
        self.about_to_settle.emit()
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        self.settled.emit()

    def _move_to(self, wanted: Lines) -> None:
        staying, shown = set(wanted), set(self.lines)
        gone = [i for i, line in enumerate(self.lines) if line not in staying]
        fresh = [line for line in wanted if line not in shown]
        if len(gone) + len(fresh) > _FEW:
            self._begin_anew(wanted)
            return
        self.about_to_settle.emit()
        for i in reversed(gone):
            self.beginRemoveRows(QModelIndex(), i, i)
            del self.lines[i]
            self.endRemoveRows()
        self._reorder(Lines(line for line in wanted if line in shown))
        for i, line in enumerate(wanted):
            if line not in shown:
                self.beginInsertRows(QModelIndex(), i, i)
                self.lines.insert(i, line)
                self.endInsertRows()
        self.settled.emit()

    def _reorder(self, wanted: Lines) -> None:
        if wanted == self.lines:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {line: i for i, line in enumerate(wanted)}
        after = [self.index(place[self.lines[i.row()]], i.column()) for i in before]
        self.lines = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell(self, rows: Sequence[Row], first: int, last: int) -> None:
        places = self.lines.places(rows)
        if places:
            self.dataChanged.emit(self.index(min(places), first), self.index(max(places), last))


# Qt asks for them of each line that changed: not put together anew each time.
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_ROW_FLAGS = _HEADING_FLAGS | Qt.ItemFlag.ItemIsSelectable
_SHOWN = frozenset(
    {
        int(CELL_ROLE),
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.DecorationRole),
        int(Qt.ItemDataRole.ToolTipRole),
    }
)


def _told_of_tile(view: ListView[Any], lookup: Lookup, row: Row) -> str | None:
    """Return what a tile says beside its name: large icons have no other cells to be read."""
    if view.tile is None:
        return None
    tile = view.tile(row.record, lookup)
    return ", ".join(part for part in (tile.words, tile.figure) if part)


def _heading_shown(heading: Heading, role: int) -> Any:
    if role == HEADING_ROLE:
        return heading
    if role == Qt.ItemDataRole.DisplayRole:
        return _tr("{heading} ({count})").format(heading=heading.text, count=heading.count)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        state = _tr("open") if heading.is_open else _tr("closed")
        return f"{_heading_shown(heading, Qt.ItemDataRole.DisplayRole)}, {state}"
    return None
