"""What paints a guest's screen, from the memory that its channel writes to.

Only what is damaged is painted, and nothing is copied but into the window. It handles nothing but
its painting: for each event of a widget that handles events in Python, Qt asks Python first, which
costs as much as a small picture.
"""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.display.surface import Rect, Surface
from console.sdk.look import GRID
from console.widgets.screen_direct import ScreenDirect
from console.widgets.screen_place import Placement, Zoom, place

_GROUND: Final = QColor("#101514")
_WORDS: Final = QColor("#e3e6e8")
_FAINT: Final = 0.45
_COARSE: Final = 0.6
"""Below this the smoothing of a painter skips lines: a tile is to be read."""


class ScreenCanvas(QWidget):
    """Fills its parent, which feels the pointer. `paints` counts how often it was painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.surface: Surface | None = None
        self.image = QImage()
        self.paints = 0
        self._zoom = Zoom.FIT
        self._reason = ""
        self._placed: Placement | None = None
        self._corner: tuple[int, int] | None = None
        self._direct = ScreenDirect(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def take(self, surface: Surface | None) -> None:
        """Paint from this from now on."""
        self.surface = surface
        self._direct.take(surface)
        if surface is None:
            self.image = QImage()
        else:
            # The image only borrows the memory: the surface is held for as long as it is shown.
            self.image = QImage(
                surface.memory,
                surface.width,
                surface.height,
                surface.stride,
                QImage.Format.Format_RGB32,
            )
        self.place_anew()

    def set_zoom(self, zoom: Zoom) -> None:
        """Paint in another size."""
        self._zoom = zoom
        self.place_anew()

    def set_reason(self, reason: str) -> None:
        """Paint it grey, with this on it; "" is: as it is."""
        self._reason = reason
        self.update()

    def place_anew(self) -> None:
        """Have it all painted where it now belongs."""
        self._placed = self._corner = None
        self.update()

    def catch_up(self) -> None:
        """Have Qt paint at once what was drawn past it."""
        if self._direct.is_ahead:
            self.update()

    def damage(self, rects: tuple[Rect, ...]) -> None:
        """Have these parts of the guest's screen painted soon, and nothing else."""
        # With whole pixels it stays where it is until it is placed anew.
        placed = self._placed if self._corner else self.placement()
        if placed is None:
            return
        if not self._reason and self._direct.draw(rects, placed):
            self.paints += 1
        elif self._corner:
            x, y = self._corner
            for rect in rects:
                self.update(QRect(x + rect.x, y + rect.y, rect.width, rect.height))
        else:
            for rect in rects:
                self.update(placed.to_widget(rect))

    def placement(self) -> Placement | None:
        """Return where the guest's pixels lie; None where there are none."""
        surface, before, ratio = self.surface, self._placed, self.devicePixelRatioF()
        if surface is None:
            return None
        # With whole pixels it does not matter where in its window this is.
        if before is not None and before.ratio == ratio and ratio.is_integer():
            return before
        origin, room = self.mapTo(self.window(), QPointF(0, 0)), QSizeF(self.size())
        placed = place(surface.width, surface.height, room, self._zoom, ratio, origin)
        self._placed, self._corner = placed, placed.corner
        return placed

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what has changed."""
        self.paints += 1
        self._direct.painted()
        painter, exposed = QPainter(self), event.rect()
        if self._corner and not self._reason:
            self._paint_plain(painter, exposed, *self._corner)
        elif (placed := self.placement()) is not None:
            self._paint_scaled(painter, exposed, placed)
        else:
            painter.fillRect(exposed, _GROUND)
        if self._reason:
            self._paint_reason(painter)

    def _paint_plain(self, painter: QPainter, exposed: QRect, x: int, y: int) -> None:
        image = self.image
        if not QRect(x, y, image.width(), image.height()).contains(exposed):
            painter.fillRect(exposed, _GROUND)
        painter.drawImage(exposed, image, exposed.translated(-x, -y))

    def _paint_scaled(self, painter: QPainter, exposed: QRect, placed: Placement) -> None:
        ratio = placed.ratio
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        area = QRectF(exposed.topLeft() * ratio, QSizeF(exposed.size()) * ratio)
        if not placed.picture.contains(area):
            painter.fillRect(area, _GROUND)
        image = self.image
        if self._reason:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
            painter.fillRect(area, _GROUND)
            painter.setOpacity(_FAINT)
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, on=not placed.is_exact)
        first = placed.to_guest(QPointF(exposed.topLeft()))
        last = placed.to_guest(QPointF(exposed.bottomRight() + QPoint(1, 1)))
        # Whole pixels of the guest around what is exposed, and those that smoothing mixes in.
        spread = 0 if placed.is_exact else 2
        source = QRect(QPoint(*first), QPoint(*last)).adjusted(-spread, -spread, spread, spread)
        source &= image.rect()
        corner = QPointF(placed.x, placed.y) + QPointF(source.topLeft()) * placed.scale
        target = QRectF(corner, QSizeF(source.size()) * placed.scale)
        if placed.scale < _COARSE:
            small = target.size().toSize().expandedTo(QSize(1, 1))
            image, source = shrunk(image.copy(source), small), QRect(QPoint(), small)
        painter.drawImage(target, image, QRectF(source))
        painter.restore()

    def _paint_reason(self, painter: QPainter) -> None:
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = self.visibleRegion().boundingRect().adjusted(8 * GRID, 0, -8 * GRID, 0)
        words = painter.boundingRect(room, flags, self._reason)
        painter.fillRect(words.adjusted(-3 * GRID, -2 * GRID, 3 * GRID, 2 * GRID), _GROUND)
        painter.setPen(_WORDS)
        painter.drawText(room, flags, self._reason)


def shrunk(image: QImage, size: QSize) -> QImage:
    """Return it in another size, smooth."""
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return image.scaled(size, keep, Qt.TransformationMode.SmoothTransformation)
