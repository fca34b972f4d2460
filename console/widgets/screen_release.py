"""The keys that give the keyboard back: of those that guests need least, the one that is chosen."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, Qt
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


class LoneChord:
    """Ctrl and Alt, pressed and let go with nothing else: that gives the keyboard back always.

    Many desktops keep Ctrl+Alt+Left for themselves, and of it leave just this: whoever has no
    pointer would never come out again.
    """

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._is_alone = False

    def heed(self, event: QKeyEvent) -> bool:
        """Hear of a key that goes down or up; return whether that was the chord's end."""
        key = event.key()
        if event.type() == QEvent.Type.KeyPress:
            self._held |= {key} & _LONE
            is_pure = not event.modifiers() & _MORE and key in _LONE
            self._is_alone = is_pure and self._held == _LONE
            return False
        is_end = self._is_alone and key in _LONE
        self._held -= {key}
        self._is_alone = self._is_alone and not is_end
        return is_end

    def forget(self) -> None:
        """Begin anew: something else was done meanwhile."""
        self._held.clear()
        self._is_alone = False


_LONE: Final[frozenset[int]] = frozenset((Qt.Key.Key_Control, Qt.Key.Key_Alt))
_MORE: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.MetaModifier


def release_named(name: str) -> Release:
    """Return the keys of that name; those that it is without a choice if there are none."""
    return next((one for one in Release if one.value == name), Release.LEFT)
