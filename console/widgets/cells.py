"""Cells of a list, painted: icon, words in their tone, a meter, a sparkline. No widget per row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.sdk.fullness import fullness
from console.sdk.look import GRID, icon, line_colour, picture, tone_colour
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 30
ICON_SIZE = 17
METER_WIDTH = 64
FAINT = 0.55
_SIDE = 2 * GRID - 2
_TREND_LEAST = 72
_ACCENT = QPalette.ColorRole.Accent


def cell_data(cell: Cell, role: int) -> Any:
    """Return what a model tells of a cell."""
    if role == CELL_ROLE:
        return cell
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.DecorationRole and cell.icon:
        return icon(cell.icon, cell.tone or Tone.PLAIN)
    if role == Qt.ItemDataRole.ToolTipRole:
        return cell.tooltip or cell.text or None
    return None


def alignment(align: Align) -> Qt.AlignmentFlag:
    """Return where the text of a column stands."""
    side = Qt.AlignmentFlag.AlignRight if align is Align.RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def cell_width(option: QStyleOptionViewItem, cell: Cell) -> int:
    """Return how wide a column has to be for a cell to be seen whole."""
    width = option.fontMetrics.horizontalAdvance(cell.text) + 2 * _SIDE + GRID
    if cell.icon:
        width += ICON_SIZE + 2 * GRID
    if cell.share is not None and not _has_room(option, cell):
        width += METER_WIDTH + 2 * GRID
    elif cell.trend or cell.share is not None:
        width = max(width, _figure_width(option, cell) + _TREND_LEAST + 2 * _SIDE)
    return width


def paint_cell(painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
    """Paint one cell into the option's rectangle."""
    area = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
    tone = cell.tone or Tone.PLAIN
    if cell.icon:
        ratio = painter.device().devicePixelRatioF()
        spot = QRect(area.left(), area.center().y() - ICON_SIZE // 2, ICON_SIZE, ICON_SIZE)
        painter.drawPixmap(spot.topLeft(), picture(cell.icon, tone, ICON_SIZE, ratio))
        area.setLeft(spot.right() + 2 * GRID)
    align = option.displayAlignment
    if cell.share is not None and not _has_room(option, cell):
        room = QRectF(area.adjusted(max(0, area.width() - METER_WIDTH), 0, 0, 0))
        _paint_figure(painter, option.palette, room, cell)
        area.setRight(int(room.left()) - 2 * GRID)
    elif cell.trend or cell.share is not None:
        width = _figure_width(option, cell)
        room = QRectF(area.adjusted(0, 7, -width - GRID, -7))
        _paint_figure(painter, option.palette, room, cell)
        area.setLeft(max(area.left(), area.right() - width))
        align = Qt.AlignmentFlag.AlignRight
    if not cell.text:
        return
    # The icon carries the tone, and the words beside it stay plain: a name is no alarm.
    words = Tone.PLAIN if cell.icon else tone
    painter.setPen(_ink(option, words))
    text = option.fontMetrics.elidedText(cell.text, elision(cell.text), area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, text)


def elision(text: str) -> Qt.TextElideMode:
    """Return where words are cut that have no room.

    Names, files and addresses differ at their ends; of a sentence the beginning says most.
    """
    is_sentence = " " in text
    return Qt.TextElideMode.ElideRight if is_sentence else Qt.TextElideMode.ElideMiddle


def _figure_width(option: QStyleOptionViewItem, cell: Cell) -> int:
    return option.fontMetrics.horizontalAdvance("0" * cell.figure_width)


def _has_room(option: QStyleOptionViewItem, cell: Cell) -> bool:
    """Whether the words fit beside a curve or meter that stands before them."""
    return option.fontMetrics.horizontalAdvance(cell.text) <= _figure_width(option, cell)


def _ink(option: QStyleOptionViewItem, tone: Tone) -> QColor:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_selected and tone in (Tone.PLAIN, Tone.MUTED):
        return option.palette.color(QPalette.ColorRole.HighlightedText)
    return tone_colour(option.palette, tone)


def _paint_figure(painter: QPainter, palette: QPalette, room: QRectF, cell: Cell) -> None:
    if room.width() < 4 * GRID:
        return
    # Colour says nothing alone: the figure stands beside it, and high is also a tall curve.
    tone = cell.tone if cell.share is None else fullness(cell.share)
    is_much = tone in (Tone.WARNING, Tone.BAD)
    ink = tone_colour(palette, tone) if tone and is_much else palette.color(_ACCENT)
    if cell.trend:
        paint_trend(painter, room, cell.trend, ink)
    elif cell.share is not None:
        paint_meter(painter, room, cell.share, palette, ink)


def paint_trend(painter: QPainter, room: QRectF, trend: Sequence[float], ink: QColor) -> None:
    """Paint values of 0 to 1 as a filled curve, the newest at the right."""
    if len(trend) < 2:
        return
    left, bottom, height = room.left(), room.bottom(), room.height()
    step = room.width() / (len(trend) - 1)
    line = [
        QPointF(left + i * step, bottom - min(max(value, 0.0), 1.0) * height)
        for i, value in enumerate(trend)
    ]
    wash = QColor(ink)
    wash.setAlpha(44)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawPolygon(QPolygonF([*line, room.bottomRight(), room.bottomLeft()]))
    painter.setPen(QPen(ink, 1.3))
    # As one line it would take ten times as long: Qt looks for where a wide one crosses itself.
    ends = [*line[:-1], *line[:-1]]
    ends[::2], ends[1::2] = line[:-1], line[1:]
    painter.drawLines(ends)


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
