"""Cells of a list, painted: icon, words in their tone, a meter, a sparkline. No widget per row."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from console.sdk.look import GRID, icon, line_colour, tone_colour
from console.sdk.nodes import Tone
from console.sdk.views import Cell

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 30
ICON_SIZE = 17
FIGURE_WIDTH = 46
METER_WIDTH = 64
FAINT = 0.55

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints the `Cell` that a model returns for CELL_ROLE; `is_faint` ones are of the past."""

    is_faint = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every row one height, so that a long list needs not be asked row by row."""
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
        if isinstance(cell, Cell):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(FAINT if self.is_faint else 1.0)
            paint_cell(painter, option, cell)
            painter.restore()


def paint_cell(painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
    """Paint one cell into the option's rectangle."""
    area = option.rect.adjusted(2 * GRID - 2, 0, -2 * GRID + 2, 0)
    tone = cell.tone or Tone.PLAIN
    if cell.icon:
        spot = QRect(area.left(), area.center().y() - ICON_SIZE // 2, ICON_SIZE, ICON_SIZE)
        icon(cell.icon, tone).paint(painter, spot)
        area.setLeft(spot.right() + 2 * GRID)
    align = option.displayAlignment
    if cell.share is not None and option.fontMetrics.horizontalAdvance(cell.text) > FIGURE_WIDTH:
        room = QRectF(area.adjusted(max(0, area.width() - METER_WIDTH), 0, 0, 0))
        _paint_figure(painter, option.palette, room, cell)
        area.setRight(int(room.left()) - 2 * GRID)
    elif cell.trend or cell.share is not None:
        room = QRectF(area.adjusted(0, 7, -FIGURE_WIDTH - GRID, -7))
        _paint_figure(painter, option.palette, room, cell)
        area.setLeft(max(area.left(), area.right() - FIGURE_WIDTH))
        align = Qt.AlignmentFlag.AlignRight
    # The icon carries the tone, and the words beside it stay plain: a name is no alarm.
    words = Tone.PLAIN if cell.icon else tone
    painter.setPen(_ink(option, words))
    painter.setFont(option.font)
    text = option.fontMetrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, text)


def _ink(option: QStyleOptionViewItem, tone: Tone) -> QColor:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_selected and tone in (Tone.PLAIN, Tone.MUTED):
        return option.palette.color(QPalette.ColorRole.HighlightedText)
    return tone_colour(option.palette, tone)


def _paint_figure(painter: QPainter, palette: QPalette, room: QRectF, cell: Cell) -> None:
    if room.width() < 4 * GRID:
        return
    # Colour says nothing alone: the figure stands beside it, and high is also a tall curve.
    tone = cell.tone if cell.tone in (Tone.WARNING, Tone.BAD) else None
    ink = tone_colour(palette, tone) if tone else palette.color(QPalette.ColorRole.Accent)
    if cell.trend:
        paint_trend(painter, room, cell.trend, ink)
    elif cell.share is not None:
        paint_meter(painter, room, cell.share, palette, ink)


def paint_trend(painter: QPainter, room: QRectF, trend: Sequence[float], ink: QColor) -> None:
    """Paint values of 0 to 1 as a filled curve, the newest at the right."""
    if len(trend) < 2:
        return
    step = room.width() / (len(trend) - 1)
    points = [
        QPointF(room.left() + i * step, room.bottom() - min(max(value, 0.0), 1.0) * room.height())
        for i, value in enumerate(trend)
    ]
    line = QPainterPath(points[0])
    for point in points[1:]:
        line.lineTo(point)
    below = QPainterPath(line)
    below.lineTo(room.bottomRight())
    below.lineTo(room.bottomLeft())
    wash = QColor(ink)
    wash.setAlpha(44)
    painter.fillPath(below, wash)
    painter.strokePath(line, QPen(ink, 1.3))


def paint_meter(
    painter: QPainter, room: QRectF, share: float, palette: QPalette, ink: QColor
) -> None:
    """Paint a bar filled to a share of 0 to 1."""
    bar = QRectF(room.left(), room.center().y() - 2.5, room.width(), 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(line_colour(palette))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    filled = QRectF(bar)
    filled.setWidth(bar.width() * min(max(share, 0.0), 1.0))
    painter.setBrush(ink)
    painter.drawRoundedRect(filled, 2.5, 2.5)
