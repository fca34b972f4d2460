"""The details of a list on the screen: lines in columns, drawn whole, without a widget per row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from backend.model import Record, Ref
from console.sdk.look import GRID
from console.sdk.views import Align, Cell
from console.shell.arranger import Arranger
from console.shell.heading_input import HeadingInput
from console.shell.lines import Line, Lines, Row
from console.shell.list_header import ListHeader
from console.shell.list_model import ListModel
from console.shell.selected import Selected
from console.shell.splitting import SplitPane
from console.widgets.cells import FAINT, ROW_HEIGHT, cell_width, paint_cell
from console.widgets.headings import paint_heading

Index = QModelIndex | QPersistentModelIndex
_SOME = 500
_REMEMBERED = 4000
_ALIGN = {Align.LEFT: Qt.AlignmentFlag.AlignLeft, Align.RIGHT: Qt.AlignmentFlag.AlignRight}


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_pane", text)


class RowDelegate(QStyledItemDelegate):
    """Says how high a line is; the pane itself draws it, as one call for a whole line."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every line one height, so that a long list needs not be asked line by line."""
        return QSize(10 * GRID, ROW_HEIGHT)


_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
_CHOICE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ListPane(SplitPane, QTreeView):
    """The lines of a `ListModel`, under a header."""

    copy_asked = Signal()
    """The user wants what is selected in the clipboard."""

    def __init__(
        self,
        model: ListModel,
        selected: Selected,
        arranger: Arranger,
        headings: HeadingInput,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._headings = headings
        self._anchor: Anchor | None = None
        self._exposed = QRegion()
        self._drawn: dict[tuple[Row, int], tuple[Cell, bool]] = {}
        """What was drawn last of each row and column, faint or not; out of sight it may be old."""
        self.is_faint: Callable[[Row], bool] = lambda _row: False
        self.setModel(model)
        self.setSelectionModel(selected)
        self.selected = selected
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(model.view.title or _tr("List"))
        self._set_up()
        self.columns = ListHeader(arranger, self, model.view.title)
        self.setHeader(self.columns)
        self.setSortingEnabled(True)
        self.columns.follow()
        model.about_to_settle.connect(self._on_about_to_settle)
        model.settled.connect(self._on_settled)

    def chosen(self) -> tuple[Record, ...]:
        """Return what is selected, from top to bottom."""
        return self.selected.records()

    def choose(self, refs: Iterable[Ref]) -> None:
        """Select these where they are shown, and bring the first of them into sight."""
        self.selected.choose(refs)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    @override
    def sizeHintForColumn(self, column: int) -> int:
        """Return the width that the widest cell of all rows takes."""
        return self._widest(column, 1)

    def about_width(self, column: int) -> int:
        """Return the width that the widest of some hundred cells takes, however many there are."""
        return self._widest(column, 1 + self._list.rowCount() // _SOME)

    def _widest(self, column: int, step: int) -> int:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        rows = (line for line in self._list.lines[::step] if isinstance(line, Row))
        cells = (self._list.roster.cell(row, column) for row in rows)
        return max((cell_width(option, cell) for cell in cells), default=0)

    @override
    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Draw again only what is in sight and looks other than before."""
        if not (self.isVisible() and first.isValid() and last.isValid()):
            super().dataChanged(first, last, roles)
            return
        uppermost = self.verticalScrollBar().value()
        lowest = uppermost + self.viewport().height()
        lines = range(
            max(first.row(), uppermost // ROW_HEIGHT), min(last.row(), lowest // ROW_HEIGHT) + 1
        )
        columns = [n for n in self.columns.shown() if first.column() <= n <= last.column()]
        for line in lines:
            for index in self._looking_other(line, columns):
                super().dataChanged(index, index, roles)

    def _looking_other(self, line: int, columns: Sequence[int]) -> Iterator[QModelIndex]:
        row = self._list.lines.row(line)
        if row is None:
            yield self._list.index(line, 0)
            return
        is_faint = self.is_faint(row)
        for column in columns:
            drawn = self._drawn.get((row, column))
            if drawn != (self._list.roster.cell(row, column), is_faint):
                yield self._list.index(line, column)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the room there is, until the user has sized them himself."""
        super().resizeEvent(event)
        self.columns.fit(self.viewport().width())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and open, where the keys say so; on a heading, open and close it."""
        if self._headings.press_key(self, event):
            return
        super().keyPressEvent(event)
        # Qt has the keyboard stand on the first row, and choose none: of one row alone no key did.
        is_there = event.key() in _MOVES and self.currentIndex().isValid()
        if is_there and not event.modifiers() and not self.selectionModel().hasSelection():
            self.selectionModel().select(self.currentIndex(), _CHOICE)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading is for what stands under it."""
        if not self._headings.press_mouse(self, event):
            super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a heading folds or opens it."""
        if not self._headings.click_twice(self, event):
            super().mouseDoubleClickEvent(event)

    @override
    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """Draw a whole line: ground, cells from the left to the right, and the focus."""
        rect = QRect(options.rect)
        is_here = index.row() == self.currentIndex().row() and self.hasFocus()
        row = self._list.lines.row(index.row())
        if row is None:
            heading = self._list.lines.heading(index.row())
            if heading:
                painter.setFont(self.font())
                words = str(index.sibling(index.row(), 0).data())
                paint_heading(painter, rect, self.palette(), words, is_open=heading.is_open)
        else:
            self._draw_cells(painter, options, row, index.row())
        if is_here:
            focus = QStyleOptionFocusRect()
            focus.initFrom(self)
            focus.rect = rect.adjusted(1, 1, -1, -1)
            self.style().drawPrimitive(_Primitive.PE_FrameFocusRect, focus, painter, self)

    def _draw_cells(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, line: int
    ) -> None:
        rect = QRect(option.rect)
        option.font, option.fontMetrics = self.font(), self.fontMetrics()
        if self.selected.isRowSelected(line):
            option.state |= _State.State_Selected
            painter.fillRect(rect, self.palette().brush(QPalette.ColorRole.Highlight))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        is_faint = self.is_faint(row)
        painter.setOpacity(FAINT if is_faint else 1.0)
        header, columns = self.columns, self._list.view.columns
        exposed = self._exposed
        for number in header.shown():
            left, width = header.sectionViewportPosition(number), header.sectionSize(number)
            option.rect = QRect(left, rect.top(), width, rect.height())
            if not exposed.intersects(option.rect):
                continue
            option.displayAlignment = _ALIGN[columns[number].align]
            cell = self._list.roster.cell(row, number)
            self._drawn[row, number] = (cell, is_faint)
            paint_cell(painter, option, cell)
        painter.restore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw only the cells of which something has to be drawn."""
        self._exposed = event.region()
        if len(self._drawn) > _REMEMBERED:
            self._drawn.clear()
        super().paintEvent(event)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _on_about_to_settle(self) -> None:
        """Note what is in sight: where one is if one chose that, else the uppermost line."""
        here = self.visualRect(self.currentIndex())
        top = self.indexAt(QPoint(0, 0))
        # The keyboard alone puts Qt on some first line, which nobody asked to keep in sight.
        is_chosen = self.selected.isRowSelected(self.currentIndex().row())
        is_in_sight = is_chosen and self.viewport().rect().intersects(here)
        at = self.currentIndex() if is_in_sight else top
        is_at_top = not is_in_sight and not self.verticalScrollBar().value()
        self._anchor = None
        if at.isValid() and not is_at_top:
            self._anchor = Anchor(Lines(self._list.lines), at.row(), self.visualRect(at).top())

    def _on_settled(self) -> None:
        anchor, self._anchor = self._anchor, None
        self._drawn.clear()
        now = self._list.lines
        # Lines that only change their order leave the eye where it is: at the top, say.
        if anchor is None or set(anchor.lines) == set(now):
            return
        place = {line: i for i, line in enumerate(now)}
        there = next((place[line] for line in anchor.from_here() if line in place), -1)
        if there >= 0:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(there * ROW_HEIGHT - anchor.top)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The lines before a change, and the one of them that is to keep its place on the screen."""

    lines: Lines
    here: int
    top: int

    def from_here(self) -> list[Line]:
        """Return that line and what may take its place should it go: those below it, then above."""
        return self.lines[self.here :] + self.lines[: self.here][::-1]


_Primitive = QStyle.PrimitiveElement
_State = QStyle.StateFlag
