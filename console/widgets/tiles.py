"""Tiles of a list in large icons, painted: a picture or what stands for it, a name, a few words."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.sdk.look import GRID, line_colour, picture, tone_colour
from console.sdk.nodes import Tone
from console.sdk.views import Tile

WIDTH = 232
PICTURE_HEIGHT = 130
HEIGHT = PICTURE_HEIGHT + 16 * GRID
_PAD = 3 * GRID
_ICON, _MARK = 17, 36
_GROUND = QColor("#101514")


def picture_area(tile: QRect) -> QRect:
    """Return where the picture stands within a tile."""
    return QRect(tile.left() + _PAD, tile.top() + _PAD, tile.width() - 2 * _PAD, PICTURE_HEIGHT)


def paint_tile(
    painter: QPainter, option: QStyleOptionViewItem, tile: Tile, image: QImage | None
) -> None:
    """Paint a tile into the option's rectangle; without an image, its mark stands for one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.state & QStyle.StateFlag.State_Selected:
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 6, 6)
        painter.fillPath(ground, option.palette.brush(QPalette.ColorRole.Highlight))
    area = picture_area(option.rect)
    if image is None or image.isNull():
        _paint_stand_in(painter, option.palette, area, tile)
    else:
        _paint_image(painter, area, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_colour(option.palette))
    painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5))
    _paint_words(painter, option, QRect(area.left(), area.bottom(), area.width(), 0), tile)
    painter.restore()


def _paint_stand_in(painter: QPainter, palette: QPalette, area: QRect, tile: Tile) -> None:
    painter.fillRect(area, palette.color(QPalette.ColorRole.AlternateBase))
    if tile.icon:
        ratio = painter.device().devicePixelRatioF()
        corner = area.center() - QPoint(_MARK // 2, _MARK // 2)
        painter.drawPixmap(corner, picture(tile.icon, tile.tone or Tone.MUTED, _MARK, ratio))


def _paint_image(painter: QPainter, area: QRect, image: QImage) -> None:
    painter.fillRect(area, _GROUND)
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spot = QRect(area.topLeft(), size)
    spot.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(spot, image)


def _paint_words(painter: QPainter, option: QStyleOptionViewItem, below: QRect, tile: Tile) -> None:
    painter.setFont(option.font)
    line = below.adjusted(0, 2 * GRID, 0, 0)
    line.setHeight(option.fontMetrics.height() + 2)
    name = QRect(line)
    if tile.icon:
        ratio = painter.device().devicePixelRatioF()
        place = QPoint(line.left(), line.center().y() - _ICON // 2)
        painter.drawPixmap(place, picture(tile.icon, tile.tone or Tone.PLAIN, _ICON, ratio))
        name.setLeft(line.left() + _ICON + 2 * GRID)
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
    _write(painter, option, name, tile.title, option.palette.color(role))
    quiet = option.palette.color(role) if is_selected else tone_colour(option.palette, Tone.MUTED)
    line.translate(0, line.height() + 2)
    left = line.adjusted(0, 0, -option.fontMetrics.horizontalAdvance(tile.figure) - 2 * GRID, 0)
    loud = tile.tone if tile.tone in (Tone.WARNING, Tone.BAD) else None
    ink = tone_colour(option.palette, loud) if loud else quiet
    _write(painter, option, left, tile.words, ink)
    painter.setPen(quiet)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tile.figure)


def _write(
    painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str, ink: QColor
) -> None:
    painter.setPen(ink)
    shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
