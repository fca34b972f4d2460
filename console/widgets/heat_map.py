"""Many things at once: a tile each, the warmer the more it does, with its last minute in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, line_colour, tone_colour
from console.sdk.nodes import Tone
from console.widgets.cells import paint_trend

Index = QModelIndex | QPersistentModelIndex
WIDTH: Final = 136
HEIGHT: Final = 60
_GAP: Final = GRID
"""At the right of a tile and below it, so that the first begins at the edge of the map."""
_WARM, _HOT = 0.6, 0.85
_COLDEST, _HOTTEST = 14, 84


@dataclass(frozen=True, slots=True)
class HeatTile:
    """One thing, and in words what it does.

    `share` (0 to 1) is how warm it is, None where nothing is known; `trend` is how it was, oldest
    first. `is_relative`: much is not bad, it is only the most there is.
    """

    id: str
    name: str
    words: str
    share: float | None = None
    trend: tuple[float, ...] = ()
    is_relative: bool = False


class TileList(QAbstractListModel):
    """The tiles, which keep their places while they change."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: tuple[HeatTile, ...] = ()

    def show(self, tiles: Sequence[HeatTile]) -> None:
        """Have these."""
        fresh = tuple(tiles)
        if [tile.id for tile in fresh] != [tile.id for tile in self.tiles]:
            self.beginResetModel()
            self.tiles = fresh
            self.endResetModel()
            return
        self.tiles = fresh
        if fresh:
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008  # as Qt has it
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.tiles)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        """Return what a tile says."""
        if not 0 <= index.row() < len(self.tiles):
            return None
        tile = self.tiles[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{tile.name}, {tile.words}"
        return tile.name if role == Qt.ItemDataRole.DisplayRole else None


Paint = Callable[[QPainter, QStyleOptionViewItem, HeatTile], None]


class _Painter(QStyledItemDelegate):
    """Draws a tile."""

    def __init__(self, tiles: TileList, paint: Paint, size: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._paint = paint
        self._size = size

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give all tiles one size."""
        return self._size

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it as it is now."""
        if index.row() < len(self._tiles.tiles):
            self._paint(painter, option, self._tiles.tiles[index.row()])


class TileView(QListView):
    """Tiles drawn in some way. A click, or Return, leads to what a tile is of."""

    chosen = Signal(str)
    """str: the id of a tile."""

    def __init__(self, name: str, paint: Paint, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = TileList()
        self.setModel(self._tiles)
        self.setItemDelegate(_Painter(self._tiles, paint, size, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)

    @property
    def tiles(self) -> tuple[HeatTile, ...]:
        """What is shown, in its order."""
        return self._tiles.tiles

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what the keyboard stands on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Follow, but not as QListView does: it lays all out anew, though no tile grows."""
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, roles)

    def _keep_place(self, tiles: Sequence[HeatTile]) -> None:
        """Show these; the keyboard stays on what it stands on, wherever that is now."""
        row = self.currentIndex().row()
        here = self.tiles[row].id if 0 <= row < len(self.tiles) else None
        self._tiles.show(tiles)
        if self.currentIndex().row() != row and here is not None:
            places = [number for number, tile in enumerate(self.tiles) if tile.id == here]
            for number in places:
                self.setCurrentIndex(self._tiles.index(number))

    def _choose(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.tiles):
            self.chosen.emit(self.tiles[index.row()].id)


class HeatMap(TileView):
    """Tiles side by side, in an order that does not change with what they do."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, paint_heat, QSize(WIDTH + _GAP, HEIGHT + _GAP), parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_tiles(self, tiles: Sequence[HeatTile]) -> None:
        """Show these."""
        self._keep_place(tiles)


def warmth(palette: QPalette, tile: HeatTile) -> QColor:
    """Return the ground of a tile; text on it is read as well as on the pane."""
    share = min(1.0, max(0.0, tile.share or 0.0))
    if tile.share is None:
        return QColor(Qt.GlobalColor.transparent)
    loud = None if tile.is_relative else Tone.BAD if share >= _HOT else Tone.WARNING
    is_loud = loud is not None and share >= _WARM
    colour = tone_colour(palette, loud) if loud and is_loud else accent(palette)
    warm = QColor(colour)
    warm.setAlpha(round(_COLDEST + share * (_HOTTEST - _COLDEST)))
    return warm


def accent(palette: QPalette) -> QColor:
    """Return the colour of what is as it should be."""
    return palette.color(QPalette.ColorRole.Accent)


def paint_heat(painter: QPainter, option: QStyleOptionViewItem, tile: HeatTile) -> None:
    """Paint a tile into the option's rectangle."""
    palette, tile_rect = option.palette, option.rect.adjusted(0, 0, -_GAP, -_GAP)
    whole = QRectF(tile_rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
    is_over = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setBrush(warmth(palette, tile))
    edge = accent(palette) if has_focus or is_over else line_colour(palette)
    painter.setPen(QPen(edge, 2 if has_focus else 1))
    painter.drawRoundedRect(whole, 4, 4)
    inside = tile_rect.adjusted(2 * GRID, GRID + 2, -2 * GRID, -GRID - 2)
    if tile.trend:
        below = QRectF(inside.left(), inside.top() + inside.height() / 2, inside.width(), 0)
        below.setBottom(inside.bottom())
        paint_trend(painter, below, tile.trend, accent(palette))
    line = QRect(inside)
    line.setHeight(option.fontMetrics.height())
    known = option.fontMetrics.horizontalAdvance(tile.words) + GRID
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    room = line.adjusted(0, 0, -known, 0)
    name = option.fontMetrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft, name)
    role = QPalette.ColorRole.PlaceholderText if tile.share is None else QPalette.ColorRole.Text
    painter.setPen(palette.color(role))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, tile.words)
    painter.restore()
