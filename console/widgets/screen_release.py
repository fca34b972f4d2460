"""The keys that give the keyboard back: of those that guests need least, the one that is chosen."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from backend.display.input import CTRL_RIGHT
from console.widgets.screen_keys import number_of

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Release(Enum):
    """What is pressed, as it is written on the keys; the first is VMConnect's."""

    LEFT = "Ctrl+Alt+Left"
    RIGHT = "Ctrl+Alt+Right"
    SPACE = "Ctrl+Alt+Space"
    HOME = "Ctrl+Alt+Home"
    RIGHT_CTRL = "Right Ctrl"

    def is_pressed(self, event: QKeyEvent) -> bool:
        """Whether this key, going down, is the last of them."""
        if self is Release.RIGHT_CTRL:
            return number_of(event) == CTRL_RIGHT
        return event.modifiers() & _BOTH == _BOTH and event.key() == _KEYS[self]


_KEYS = {
    Release.LEFT: Qt.Key.Key_Left,
    Release.RIGHT: Qt.Key.Key_Right,
    Release.SPACE: Qt.Key.Key_Space,
    Release.HOME: Qt.Key.Key_Home,
}


def release_named(name: str) -> Release:
    """Return the keys of that name; those that it is without a choice if there are none."""
    return next((one for one in Release if one.value == name), Release.LEFT)
