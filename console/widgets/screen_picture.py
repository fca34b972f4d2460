"""The picture of a guest's screen, painted from the memory that its channel writes to.

Only what is damaged is painted, and nothing is copied but into the window. A picture that stands
still is grey, with the reason on it.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.display.channel import News
from backend.display.surface import Surface
from console.sdk.look import GRID
from console.widgets.screen_place import Placement, Zoom, place, size_needed

_GROUND: Final = QColor("#101514")
_WORDS: Final = QColor("#e3e6e8")
_FAINT: Final = 0.45
_COARSE: Final = 0.6
"""Below this the smoothing of a painter skips lines: a tile is to be read."""


class ScreenPicture(QWidget):
    """What a guest shows, or the last there was. `paints` counts how often it was painted."""

    resized = Signal()
    """There is more or less room for it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surface: Surface | None = None
        self._image = QImage()
        self._reason = ""
        self._zoom = Zoom.FIT
        self.paints = 0
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._adapt()

    @property
    def zoom(self) -> Zoom:
        """How large a guest's pixel is."""
        return self._zoom

    @property
    def reason(self) -> str:
        """Why it stands still; "" while it is live."""
        return self._reason

    @property
    def surface(self) -> Surface | None:
        """Where the channel writes; None where there is nothing to show."""
        return self._surface

    def picture(self) -> QImage:
        """Return a copy of what the guest shows; null where there is nothing."""
        return self._image.copy()

    def set_zoom(self, zoom: Zoom) -> None:
        """Show it in another size."""
        self._zoom = zoom
        self._adapt()

    def show_news(self, news: News) -> None:
        """Show what is new, and nothing but that."""
        if news.surface is not self._surface:
            self._take(news.surface)
        if placed := self.placement():
            for rect in news.damage:
                self.update(placed.to_widget(rect))

    def set_away(self, reason: str) -> None:
        """Grey the picture, and say why it stands still; "" is: it is live."""
        if reason != self._reason:
            self._reason = reason
            self.setAccessibleDescription(reason)
            self.update()

    def forget(self) -> None:
        """Show nothing."""
        self._take(None)

    def shrink(self) -> None:
        """Keep of a picture that stands still what can be seen of it, and let its memory go."""
        placed = self.placement()
        if placed is None or placed.scale >= 1:
            return
        size = placed.picture.size().toSize().expandedTo(QSize(1, 1))
        small = Surface(size.width(), size.height())
        picture = _shrunk(self._image, size).convertToFormat(QImage.Format.Format_RGB32)
        small.memory[:] = picture.constBits()
        self._take(small)

    def placement(self) -> Placement | None:
        """Return where the guest's pixels lie; None where there are none."""
        if self._surface is None:
            return None
        origin = self.mapTo(self.window(), QPointF(0, 0))
        width, height = self._surface.width, self._surface.height
        room, ratio = QSizeF(self.size()), self.devicePixelRatioF()
        return place(width, height, room, self._zoom, ratio, origin)

    @override
    def event(self, event: QEvent) -> bool:
        """Fit anew on a display of another resolution."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._adapt()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what has changed."""
        self.paints += 1
        painter = QPainter(self)
        placed = self.placement()
        if placed is None:
            painter.fillRect(event.rect(), _GROUND)
        else:
            self._paint_picture(painter, event.rect(), placed)
        if self._reason:
            self._paint_reason(painter)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place it anew."""
        super().resizeEvent(event)
        self.update()
        self.resized.emit()

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for a small screen."""
        return QSize(160 * GRID, 100 * GRID)

    def _take(self, surface: Surface | None) -> None:
        self._surface = surface
        if surface is None:
            self._image = QImage()
        else:
            # The image only borrows the memory: the surface is held for as long as it is shown.
            self._image = QImage(
                surface.memory,
                surface.width,
                surface.height,
                surface.stride,
                QImage.Format.Format_RGB32,
            )
        self._adapt()

    def _adapt(self) -> None:
        size = self._surface
        width, height = (size.width, size.height) if size else (1, 1)
        needed = size_needed(width, height, self._zoom, self.devicePixelRatioF())
        self.setMinimumSize(QSize(*needed))
        self.update()

    def _paint_picture(self, painter: QPainter, exposed: QRect, placed: Placement) -> None:
        ratio = placed.ratio
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        area = QRectF(exposed.topLeft() * ratio, QSizeF(exposed.size()) * ratio)
        if not placed.picture.contains(area):
            painter.fillRect(area, _GROUND)
        image = self._image
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
            image, source = _shrunk(image.copy(source), small), QRect(QPoint(), small)
        painter.drawImage(target, image, QRectF(source))
        painter.restore()

    def _paint_reason(self, painter: QPainter) -> None:
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = self.visibleRegion().boundingRect().adjusted(8 * GRID, 0, -8 * GRID, 0)
        words = painter.boundingRect(room, flags, self._reason)
        painter.fillRect(words.adjusted(-3 * GRID, -2 * GRID, 3 * GRID, 2 * GRID), _GROUND)
        painter.setPen(_WORDS)
        painter.drawText(room, flags, self._reason)


def _shrunk(image: QImage, size: QSize) -> QImage:
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return image.scaled(size, keep, Qt.TransformationMode.SmoothTransformation)
