"""A table on a page: lines to read, select, copy and open. Empty, it says why."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, line_colour
from console.sdk.views import Cell
from console.widgets.cells import CELL_ROLE, ROW_HEIGHT, cell_width, paint_cell
from console.widgets.emptiness import paint_words
from console.widgets.table_model import Line, TableColumn, TableModel, as_tsv

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_NEAR = 20 * ROW_HEIGHT
_LOOKED_AT = 50
_FIRST, _LAST = 30 * GRID, 20 * GRID


class Table(QTreeView):
    """Lines of cells. The last column takes the room that is left."""

    opened = Signal(object)
    """Hashable: the key of the line that was double-clicked, or on which Return was pressed."""
    chosen = Signal()
    """Another line is the current one."""
    end_neared = Signal()
    """The last lines are nearly in sight."""

    def __init__(
        self, name: str, columns: Sequence[TableColumn], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines_model = TableModel(columns, self)
        self.height_wanted = 6 * ROW_HEIGHT
        self._empty = ""
        self.setModel(self.lines_model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setHighlightSections(False)
        header.setFixedHeight(8 * GRID)
        header.setMinimumSectionSize(10 * GRID)
        self._is_fitting = self._is_arranged = self._is_tree = False
        header.sectionResized.connect(self._on_resized)
        self.activated.connect(self._on_activated)
        self.verticalScrollBar().valueChanged.connect(self._look_at_the_end)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def show_tree(self) -> None:
        """Draw lines below others indented, with arrows to fold them where there are such."""
        self._is_tree = True
        self.setIndentation(5 * GRID)

    def set_lines(self, lines: Sequence[Line], empty: str) -> None:
        """Show these; `empty` is what is said where there are none."""
        is_new = self._empty != empty
        self._empty = empty
        before = {line.key for line in self.lines_model.lines}
        self.lines_model.set_lines(lines)
        self.setRootIsDecorated(self._is_tree and any(line.below for line in lines))
        for row, line in enumerate(lines):
            if line.is_heading:
                self.setFirstColumnSpanned(row, QModelIndex(), True)  # noqa: FBT003  # Qt's own
            if line.key not in before:
                self.expandRecursively(self.lines_model.index(row, 0))
        if not before.issuperset(line.key for line in lines):
            self._fit()
        self.setAccessibleDescription("" if lines else empty)
        if is_new:
            self.viewport().update()

    @property
    def empty_words(self) -> str:
        """What is said in place of lines; "" while there are some."""
        return "" if self.lines_model.lines else self._empty

    def selected(self) -> tuple[Line, ...]:
        """Return the selected lines, from top to bottom."""
        indexes = self.selectionModel().selectedRows()
        indexes.sort(key=lambda index: self.visualRect(index).top())
        return tuple(self.lines_model.line(index) for index in indexes)

    def current_key(self) -> Hashable | None:
        """Return the key of the line that has the keyboard; None if none has."""
        index = self.currentIndex()
        return self.lines_model.line(index).key if index.isValid() else None

    def choose(self, key: Hashable) -> None:
        """Make this the current line and the only one selected, if it is there, in sight.

        The keys that happen to be held say nothing of it: by Qt's `setCurrentIndex` Ctrl would add.
        """
        index = self.lines_model.find(key)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
            self.scrollTo(index)

    def copy(self) -> None:
        """Put the selected lines, or all if none is, into the clipboard, tabs between the cells."""
        QGuiApplication.clipboard().setText(self.text(self.selected()))

    def text(self, lines: Sequence[Line] = ()) -> str:
        """Return these lines, or all, as text with tabs, under the titles of the columns."""
        return as_tsv(self.lines_model.columns, lines or self.lines_model.lines)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and open, where the keys say so."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Say in the middle why there is nothing to see."""
        super().paintEvent(event)
        paint_words(self, self.empty_words)

    @override
    def updateGeometries(self) -> None:
        """See whether the end is nearer now: with other lines, or in another size."""
        super().updateGeometries()
        self._look_at_the_end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the room there is, until the user has arranged them himself."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._is_arranged:
            return
        self._is_fitting = True
        for number, width in enumerate(self._fitting(self.viewport().width())):
            self.header().resizeSection(number, width)
        self._is_fitting = False

    def _fitting(self, room: int) -> list[int]:
        """Return the widths of the columns: as wished, or each nearer to what its title takes.

        Where titles alone have no room it scrolls in any case, and what stands there is read whole.
        """
        wishes = [self._wish(column) for column in self.lines_model.columns]
        if len(wishes) < 2:
            return [room]
        least = [min(wish, _least(self, n)) for n, wish in enumerate(wishes[:-1])]
        first = _FIRST + 2 * self.indentation()
        least[0] = max(least[0], min(wishes[0], first))  # what tells the lines apart
        given = [wish - small for wish, small in zip(wishes, least, strict=False)]
        last = max(min(wishes[-1], _LAST), _least(self, len(wishes) - 1))
        left = room - min(wishes[-1], last) - sum(least)
        if left < 0:
            held = [min(wish, _held(self, n)) for n, wish in enumerate(wishes)]
            widths = [max(pair) for pair in zip(least, held, strict=False)]
            return [*widths, max(last, held[-1], room - sum(widths))]
        part = min(1.0, max(0, left) / sum(given)) if sum(given) else 1.0
        widths = [small + int(more * part) for small, more in zip(least, given, strict=True)]
        return [*widths, max(last, room - sum(widths))]

    def _wish(self, column: TableColumn) -> int:
        return column.width * self.fontMetrics().averageCharWidth() + 4 * GRID

    def _on_resized(self, section: int) -> None:
        # The last one is stretched by Qt, whoever moved the window's edge.
        if not self._is_fitting and section != self.header().count() - 1:
            self._is_arranged = True

    @override
    def sizeHint(self) -> QSize:
        """Ask for a few lines."""
        return QSize(60 * GRID, self.height_wanted)

    def _on_activated(self, index: Index) -> None:
        if not index.isValid():
            return
        line = self.lines_model.line(index)
        if line.is_heading:
            place = self.lines_model.index(index.row(), 0, index.parent())
            self.setExpanded(place, not self.isExpanded(place))
        else:
            self.opened.emit(line.key)

    def _look_at_the_end(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _NEAR:
            self.end_neared.emit()


def _least(table: Table, number: int) -> int:
    """Return the width of a column's title."""
    title = table.lines_model.columns[number].title
    return table.header().fontMetrics().horizontalAdvance(title) + 5 * GRID


def _held(table: Table, number: int) -> int:
    """Return the width of what stands in a column, in its first lines."""
    option = QStyleOptionViewItem()
    option.initFrom(table)
    lines = [line for line in table.lines_model.lines[:_LOOKED_AT] if len(line.cells) > number]
    inside = table.indentation() if number == 0 else 0
    return inside + max((cell_width(option, line.cells[number]) for line in lines), default=0)


def take_what_is_left(table: Table) -> None:
    """Have a table ask for two lines alone: else it scrolls on a low page that scrolls itself."""
    table.height_wanted = table.header().height() + 2 * ROW_HEIGHT
    table.setMinimumHeight(table.height_wanted)


class _Delegate(QStyledItemDelegate):
    """Paints cells as the lists do, and headings over the whole width."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every line one height."""
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint background and focus as the style does, then the cell over it."""
        self.initStyleOption(option, index)
        option.text = ""
        option.icon = QIcon()
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        cell = index.data(CELL_ROLE)
        model = index.model()
        if not isinstance(cell, Cell) or not isinstance(model, TableModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if model.line(index).is_heading:
            _paint_heading(painter, option, cell.text)
        else:
            painter.setFont(option.font)
            paint_cell(painter, option, cell)
        painter.restore()


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    rect: QRect = option.rect
    font = QFont(option.font)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    words = rect.adjusted(2 * GRID - 2, 0, -2 * GRID, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line_colour(option.palette))
