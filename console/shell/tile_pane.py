"""The large icons of a list: a tile for each row, under the same headings, with the same selection.

Only what is in sight is drawn, and only for that are pictures taken.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from backend.model import Record
from console.sdk.pictures import PictureSource
from console.sdk.views import Tile
from console.shell.heading_input import HeadingInput
from console.shell.lines import Row
from console.shell.list_model import ListModel
from console.shell.selected import Selected
from console.shell.splitting import SplitPane
from console.widgets import tiles
from console.widgets.cells import FAINT, ROW_HEIGHT
from console.widgets.headings import paint_heading

Index = QModelIndex | QPersistentModelIndex
_SOON_MS = 100


def _tr(text: str) -> str:
    return QCoreApplication.translate("tile_pane", text)


class TileDelegate(QStyledItemDelegate):
    """Draws a tile or a heading; a heading has a line of its own."""

    def __init__(self, pane: "TilePane") -> None:
        super().__init__(pane)
        self._pane = pane

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every tile one size, and a heading the width of the list."""
        if self._pane.is_heading(index):
            return QSize(max(self._pane.viewport().width() - 1, tiles.WIDTH), ROW_HEIGHT)
        return QSize(tiles.WIDTH, tiles.HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw what stands there, and the focus around it."""
        self._pane.draw(painter, option, index)


class TilePane(SplitPane, QListView):
    """The lines of a `ListModel` as tiles."""

    copy_asked = Signal()
    """The user wants what is selected in the clipboard."""

    def __init__(
        self,
        model: ListModel,
        tile: Callable[[Record], Tile],
        headings: HeadingInput,
        selected: Selected,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._tile = tile
        self._headings = headings
        self._pictures: PictureSource | None = None
        self.is_faint: Callable[[Row], bool] = lambda _row: False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_pictures)
        self.setModel(model)
        self.setSelectionModel(selected)
        self.setItemDelegate(TileDelegate(self))
        self.setAccessibleName(model.view.title or _tr("List"))
        self._set_up()
        model.settled.connect(self._soon.start)
        # What a tile says comes from any column, and Qt would look at the first alone.
        model.dataChanged.connect(self._on_news)
        self.verticalScrollBar().valueChanged.connect(self._soon.start)

    @property
    def has_pictures(self) -> bool:
        """Whether it was given a source of pictures."""
        return self._pictures is not None

    def take_pictures(self, source: PictureSource) -> None:
        """Show the pictures of this source from now on, while the tiles are seen."""
        source.setParent(self)
        source.changed.connect(self._on_news)
        self._pictures = source
        self._soon.start()

    def is_heading(self, index: Index) -> bool:
        """Whether a heading stands there."""
        return self._list.lines.heading(index.row()) is not None

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw what stands at an index, and the focus around it."""
        rect = option.rect
        heading, row = self._list.lines.heading(index.row()), self._list.lines.row(index.row())
        option.font, option.fontMetrics = self.font(), self.fontMetrics()
        painter.setFont(self.font())
        if heading is not None:
            words = str(index.data())
            paint_heading(painter, rect, self.palette(), words, is_open=heading.is_open)
        elif row is not None:
            painter.setOpacity(FAINT if self.is_faint(row) else 1.0)
            image = self._pictures.picture(row.record.ref) if self._pictures else None
            tiles.paint_tile(painter, option, self._tile(row.record), image)
            painter.setOpacity(1.0)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus = QStyleOptionFocusRect()
            focus.initFrom(self)
            focus.rect = rect.adjusted(2, 2, -2, -2)
            element = QStyle.PrimitiveElement.PE_FrameFocusRect
            self.style().drawPrimitive(element, focus, painter, self)

    def in_sight(self) -> list[Record]:
        """Return the records whose tiles are seen, from top to bottom."""
        seen = self.viewport().rect()
        shown: list[Record] = []
        for line in range(self._first_in_sight(), len(self._list.lines)):
            rect = self.visualRect(self._list.index(line, 0))
            if rect.top() > seen.bottom():
                break
            row = self._list.lines.row(line)
            if row is not None and rect.intersects(seen):
                shown.append(row.record)
        return shown

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As the list's details, but Left goes to the tile beside, not to the heading."""
        is_beside = event.key() == Qt.Key.Key_Left and not self.is_heading(self.currentIndex())
        if is_beside or not self._headings.press_key(self, event):
            super().keyPressEvent(event)

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
    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Follow, but not as QListView does: it lays all out anew, though no tile grows."""
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, roles)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headings are as wide as there is room, and other tiles come into sight."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._soon.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take pictures from now on."""
        super().showEvent(event)
        self._soon.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take none while nobody looks."""
        super().hideEvent(event)
        self._show_pictures()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QListView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(tiles.HEIGHT // 3)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _on_news(self) -> None:
        if self.isVisible():
            self.viewport().update()

    def _first_in_sight(self) -> int:
        """Return the first line of which something is seen; lines lie in order."""
        low, high = 0, len(self._list.lines)
        while low < high:
            middle = (low + high) // 2
            if self.visualRect(self._list.index(middle, 0)).bottom() < 0:
                low = middle + 1
            else:
                high = middle
        return low

    def _show_pictures(self) -> None:
        if self._pictures is not None:
            self._pictures.show(self.in_sight() if self.isVisible() else ())
