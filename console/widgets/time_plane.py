"""A plane that the hand moves through time: dragged, turned by the wheel, and pressed."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from typing_extensions import override

from console.widgets.plane import Plane

_SLACK: Final = 4
_NOTCH: Final = 120.0


class TimePlane(Plane):
    """Tells what the hand wants; nothing moves here by itself."""

    dragged = Signal(float)
    """float: by how many seconds later what is seen shall be."""
    turned = Signal(float, float)
    """float: notches of the wheel, away from the user; float: the second under the pointer."""
    pressed = Signal(float)
    """float: the second that was clicked on."""

    _from: float | None = None
    _is_drag = False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, or a click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from, self._is_drag = event.position().x(), False
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is seen along."""
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        x = event.position().x()
        if self._is_drag or abs(x - self._from) >= _SLACK:
            place = self.place
            by_s = place.second(self._from) - place.second(x)
            self._from, self._is_drag = x, True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(by_s)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; one that went nowhere was a click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._from is None:
            super().mouseReleaseEvent(event)
            return
        self._from = None
        self.unsetCursor()
        if not self._is_drag and self.place.room.contains(event.position()):
            self.pressed.emit(self.place.second(event.position().x()))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look nearer or from further away; sideways, earlier or later."""
        delta, place = event.angleDelta(), self.place
        if delta.y():
            self.turned.emit(delta.y() / _NOTCH, place.second(event.position().x()))
        elif delta.x():
            self.dragged.emit(-delta.x() / _NOTCH * place.span.length_s / 10)
        event.accept()
