"""The picture of a guest's screen: what is new is painted, and nothing else.

A picture that stands still is grey, with the reason on it.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QImage, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.display.channel import News
from backend.display.surface import Surface
from console.sdk.look import GRID
from console.widgets.screen_canvas import ScreenCanvas, shrunk
from console.widgets.screen_place import Placement, Zoom, size_needed


class ScreenPicture(QWidget):
    """What a guest shows, or the last there was."""

    resized = Signal()
    """There is more or less room for it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._zoom = Zoom.FIT
        self._canvas = ScreenCanvas(self)
        self.setAccessibleName(name)
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
        return self._canvas.surface

    @property
    def paints(self) -> int:
        """How often it was painted."""
        return self._canvas.paints

    def picture(self) -> QImage:
        """Return a copy of what the guest shows; null where there is nothing."""
        return self._canvas.image.copy()

    def set_zoom(self, zoom: Zoom) -> None:
        """Show it in another size."""
        self._zoom = zoom
        self._canvas.set_zoom(zoom)
        self._adapt()

    def show_news(self, news: News) -> None:
        """Show what is new, and nothing but that."""
        if news.surface is not self._canvas.surface:
            self._take(news.surface)
        self._canvas.damage(news.damage)

    def set_away(self, reason: str) -> None:
        """Grey the picture, and say why it stands still; "" is: it is live."""
        if reason != self._reason:
            self._reason = reason
            self.setAccessibleDescription(reason)
            self._canvas.set_reason(reason)

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
        picture = shrunk(self._canvas.image, size).convertToFormat(QImage.Format.Format_RGB32)
        small.memory[:] = picture.constBits()
        self._take(small)

    def placement(self) -> Placement | None:
        """Return where the guest's pixels lie; None where there are none."""
        return self._canvas.placement()

    def seen(self) -> QRect:
        """Return the part of it that can be seen, in the widget's own units."""
        return self._canvas.visibleRegion().boundingRect()

    @override
    def event(self, event: QEvent) -> bool:
        """Fit anew on a display of another resolution."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._adapt()
            self._canvas.place_anew()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place it anew."""
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        self._canvas.place_anew()
        self.resized.emit()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        """Be moved as it is, and not as Qt knew it."""
        super().moveEvent(event)
        self._canvas.catch_up()

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for a small screen."""
        return QSize(160 * GRID, 100 * GRID)

    def _take(self, surface: Surface | None) -> None:
        self._canvas.take(surface)
        self._adapt()

    def _adapt(self) -> None:
        surface = self._canvas.surface
        width, height = (surface.width, surface.height) if surface else (1, 1)
        needed = size_needed(width, height, self._zoom, self.devicePixelRatioF())
        self.setMinimumSize(QSize(*needed))
