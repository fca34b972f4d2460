"""Lines of cells with lines below them, as a model that changes as little as it can.

A line is told by its key: one that stays keeps its place, its selection and whether it is open.
"""

import itertools
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from console.sdk.tabbed import tabbed
from console.sdk.views import Align, Cell
from console.widgets.cells import alignment, cell_data

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_NO_CELL = Cell("")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its title, its width in average characters, where its text stands."""

    title: str
    width: int = 16
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a cell for each column, and the lines below it. `is_heading` spans them all."""

    key: Hashable
    cells: tuple[Cell, ...]
    below: "tuple[Line, ...]" = ()
    is_heading: bool = False


class Knot:
    """A line in its place. Qt knows it by its number: a pointer could outlive it."""

    __slots__ = ("below", "line", "number", "parent")

    def __init__(self, line: Line, parent: "Knot | None", number: int) -> None:
        self.line = line
        self.parent = parent
        self.number = number
        self.below: list[Knot] = []


class TableModel(QAbstractItemModel):
    """The lines of a table. `tip` says more of a cell when it is asked, for what goes stale."""

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.tip: Callable[[Hashable, int], str] = lambda _key, _column: ""
        self._numbers = itertools.count(1)
        self._root = Knot(Line("", ()), None, 0)
        self._knots: dict[int, Knot] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return tuple(knot.line for knot in self._root.below)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self._settle(self._root, lines, QModelIndex())

    def line(self, index: Index) -> Line:
        """Return the line at an index."""
        return self._knot(index).line

    def find(self, key: Hashable) -> QModelIndex:
        """Return where the line of a key stands; invalid if it is not there."""
        waiting = list(self._root.below)
        while waiting:
            knot = waiting.pop()
            if knot.line.key == key:
                return self._index(knot)
            waiting += knot.below
        return QModelIndex()

    # What Qt asks

    @override
    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """Return the index of a cell."""
        below = self._knot(parent).below
        if not (0 <= row < len(below) and 0 <= column < len(self.columns)):
            return QModelIndex()
        return self.createIndex(row, column, below[row].number)

    @override
    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        """Return the index of the line above; as in every model, QObject.parent() is hidden."""
        above = self._knot(index).parent if index.isValid() else None
        return self._index(above) if above else QModelIndex()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many lines stand below one."""
        return 0 if parent.column() > 0 else len(self._knot(parent).below)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        line = self._knot(index).line
        cell = line.cells[index.column()] if index.column() < len(line.cells) else _NO_CELL
        if role == Qt.ItemDataRole.ToolTipRole and (tip := self.tip(line.key, index.column())):
            return tip
        return cell_data(cell, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # How

    def _settle(self, knot: Knot, lines: Sequence[Line], place: QModelIndex) -> None:
        """Bring what stands below a line to these, and leave alone what stays."""
        keys = [below.line.key for below in knot.below]
        wanted, known = {line.key for line in lines}, set(keys)
        staying = [key for key in keys if key in wanted]
        if staying != [line.key for line in lines if line.key in known]:
            staying, known = [], set()  # in another order: all anew
        kept = set(staying)
        for first, last in reversed(_runs([key not in kept for key in keys])):
            self.beginRemoveRows(place, first, last)
            self._forget(knot.below[first : last + 1])
            del knot.below[first : last + 1]
            self.endRemoveRows()
        for first, last in _runs([line.key not in known for line in lines]):
            self.beginInsertRows(place, first, last)
            knot.below[first:first] = [self._tied(line, knot) for line in lines[first : last + 1]]
            self.endInsertRows()
        for row, line in enumerate(lines):
            self._renew(knot.below[row], line, place, row)

    def _tied(self, line: Line, parent: Knot) -> Knot:
        knot = Knot(line, parent, next(self._numbers))
        self._knots[knot.number] = knot
        knot.below = [self._tied(below, knot) for below in line.below]
        return knot

    def _forget(self, knots: Sequence[Knot]) -> None:
        for knot in knots:
            self._forget(knot.below)
            del self._knots[knot.number]

    def _renew(self, knot: Knot, line: Line, place: QModelIndex, row: int) -> None:
        if knot.line == line:
            return
        has_other_cells = knot.line.cells != line.cells
        knot.line = line
        if has_other_cells:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(row, 0, place), self.index(row, last, place))
        self._settle(knot, line.below, self.index(row, 0, place))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return alignment(self.columns[column].align)

    def _knot(self, index: Index) -> Knot:
        return self._knots.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, knot: Knot) -> QModelIndex:
        if knot.parent is None:
            return QModelIndex()
        return self.createIndex(knot.parent.below.index(knot), 0, knot.number)


def _runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the first and last place of each run of marks."""
    runs: list[tuple[int, int]] = []
    for place, is_marked in enumerate(marks):
        if is_marked and runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        elif is_marked:
            runs.append((place, place))
    return runs


def as_tsv(columns: Sequence[TableColumn], lines: Sequence[Line]) -> str:
    """Return lines as text, tabs between their cells, under the titles; headings are left out."""
    rows = [[column.title for column in columns]]
    waiting = list(reversed(lines))
    while waiting:
        line = waiting.pop()
        waiting += reversed(line.below)
        if not line.is_heading:
            rows.append([cell.text for cell in line.cells])
    return tabbed(rows)
