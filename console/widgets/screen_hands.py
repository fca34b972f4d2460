"""What is done at a screen, told to the guest: keys, buttons, moves and the wheel."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from backend.display.channel import PointerMode
from backend.display.input import MODIFIERS, Button, Event, PointerBy, PointerTo, Press, Wheel
from console.widgets.screen_keys import HeldKeys, number_of

Perform = Callable[[tuple[Event, ...]], None]
_NOTCH: Final = 120
_BUTTONS: Final = {
    Qt.MouseButton.LeftButton: Button.LEFT,
    Qt.MouseButton.MiddleButton: Button.MIDDLE,
    Qt.MouseButton.RightButton: Button.RIGHT,
    Qt.MouseButton.BackButton: Button.SIDE,
    Qt.MouseButton.ForwardButton: Button.EXTRA,
}


class ScreenHands:
    """The hands at one screen, and what they hold. Nothing is held by hands that are not in it."""

    def __init__(self, perform: Perform) -> None:
        self.pointer = PointerMode.ABSOLUTE
        self._perform = perform
        self._keys = HeldKeys()
        self._buttons: dict[Button, None] = {}
        self._turned = QPoint()

    def let_go(self) -> None:
        """Hold nothing any more."""
        buttons, self._buttons = self._buttons, {}
        self._turned = QPoint()
        let_go = tuple(Press(button, is_down=False) for button in buttons)
        self._tell((*self._keys.release_all(), *let_go))

    def press(self, event: QKeyEvent) -> None:
        """Press a key, or let it repeat."""
        number = number_of(event)
        if number is None:
            return
        stale = () if number in MODIFIERS else self._keys.release_stale(event.modifiers())
        self._tell((*stale, *self._keys.press(number)))

    def release(self, event: QKeyEvent) -> None:
        """Let a key go; X11 also tells so of one that only repeats."""
        number = number_of(event)
        if number is not None and not event.isAutoRepeat():
            self._tell(self._keys.release(number))

    def press_button(self, button: Qt.MouseButton) -> None:
        """Press a button of the pointer."""
        if (ours := _BUTTONS.get(button)) is not None:
            self._buttons[ours] = None
            self._tell((Press(ours, is_down=True),))

    def release_button(self, button: Qt.MouseButton) -> None:
        """Let a button go, if it was pressed here."""
        ours = _BUTTONS.get(button)
        if ours is not None and ours in self._buttons:
            del self._buttons[ours]
            self._tell((Press(ours, is_down=False),))

    def move_to(self, x: int, y: int) -> None:
        """Have the pointer at this pixel of the guest."""
        self._tell((PointerTo(x, y),))

    def move_by(self, distance: QPoint) -> None:
        """Have the pointer move so far."""
        if not distance.isNull():
            self._tell((PointerBy(distance.x(), distance.y()),))

    def turn(self, angle: QPoint) -> None:
        """Turn the wheel; what is less than a notch is kept until it is one."""
        for axis in (QPoint.x, QPoint.y):
            if axis(self._turned) * axis(angle) < 0:
                self._turned = QPoint()  # turned back: what was begun the other way is dropped
        self._turned += angle
        right, down = (-int(part / _NOTCH) for part in (self._turned.x(), self._turned.y()))
        if right or down:
            self._turned += QPoint(right, down) * _NOTCH
            self._tell((Wheel(right, down),))

    def _tell(self, events: tuple[Event, ...]) -> None:
        if events:
            self._perform(events)
