"""Keys of Qt's as QEMU's key numbers, and those that are held.

On X11 and Wayland the number comes from the scan code, so that a key means what it means to the
guest, whatever the layout here. Elsewhere (Qt without a screen, events made by programs) it comes
from the name that Qt gives the key, as it stands on a US keyboard.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from backend.display import input as keys
from backend.display.input import Key, qnum_of_linux
from backend.display.typing import PLAIN, SHIFTED

_SCANNING: Final = frozenset({"xcb", "wayland"})
_X11_FIRST: Final = 8
_K = Qt.Key
_NAMED: Final[dict[int, int]] = {
    _K.Key_Escape: keys.ESCAPE, _K.Key_Tab: keys.TAB, _K.Key_Backtab: keys.TAB,
    _K.Key_Backspace: keys.BACKSPACE, _K.Key_Return: keys.ENTER, _K.Key_Enter: 0x9C,
    _K.Key_Insert: keys.INSERT, _K.Key_Delete: keys.DELETE, _K.Key_Pause: keys.PAUSE,
    _K.Key_Print: keys.PRINT, _K.Key_SysReq: keys.PRINT, _K.Key_Home: keys.HOME,
    _K.Key_End: keys.END, _K.Key_Left: keys.LEFT, _K.Key_Up: keys.UP, _K.Key_Right: keys.RIGHT,
    _K.Key_Down: keys.DOWN, _K.Key_PageUp: keys.PAGE_UP, _K.Key_PageDown: keys.PAGE_DOWN,
    _K.Key_Shift: keys.SHIFT, _K.Key_Control: keys.CTRL, _K.Key_Meta: keys.META,
    _K.Key_Super_L: keys.META, _K.Key_Super_R: keys.META_RIGHT, _K.Key_Alt: keys.ALT,
    _K.Key_AltGr: keys.ALT_RIGHT, _K.Key_CapsLock: keys.CAPS_LOCK, _K.Key_NumLock: keys.NUM_LOCK,
    _K.Key_ScrollLock: keys.SCROLL_LOCK, _K.Key_Menu: keys.MENU, _K.Key_F11: keys.F11,
    _K.Key_F12: keys.F12, _K.Key_VolumeMute: 0xA0, _K.Key_VolumeDown: 0xAE, _K.Key_VolumeUp: 0xB0,
}  # fmt: skip
_NAMED.update({_K.Key_F1 + number: keys.F1 + number for number in range(10)})
# Qt names a key by the capital or the sign that it writes.
for _writes in (PLAIN, SHIFTED):
    _NAMED.update({ord(sign.upper()): number for number, sign in _writes.items()})
_KEYPAD: Final[dict[int, int]] = {
    _K.Key_7: 0x47, _K.Key_8: 0x48, _K.Key_9: 0x49, _K.Key_Minus: 0x4A, _K.Key_4: 0x4B,
    _K.Key_5: 0x4C, _K.Key_6: 0x4D, _K.Key_Plus: 0x4E, _K.Key_1: 0x4F, _K.Key_2: 0x50,
    _K.Key_3: 0x51, _K.Key_0: 0x52, _K.Key_Period: 0x53, _K.Key_Asterisk: 0x37, _K.Key_Slash: 0xB5,
    _K.Key_Enter: 0x9C,
}  # fmt: skip
_BY_MODIFIER: Final = (
    (Qt.KeyboardModifier.ShiftModifier, {keys.SHIFT, keys.SHIFT_RIGHT}),
    (Qt.KeyboardModifier.ControlModifier, {keys.CTRL, keys.CTRL_RIGHT}),
    (Qt.KeyboardModifier.AltModifier, {keys.ALT}),  # the right one may be AltGr, which has no bit
    (Qt.KeyboardModifier.MetaModifier, {keys.META, keys.META_RIGHT}),
)


def number_of(event: QKeyEvent) -> int | None:
    """Return QEMU's number of the key; None for one that it does not have."""
    if QGuiApplication.platformName() in _SCANNING and event.nativeScanCode() > _X11_FIRST:
        return qnum_of_linux(event.nativeScanCode() - _X11_FIRST)
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and event.key() in _KEYPAD:
        return _KEYPAD[event.key()]
    return _NAMED.get(event.key())


class HeldKeys:
    """The keys that the guest has been told are down."""

    def __init__(self) -> None:
        self._held: dict[int, None] = {}

    def press(self, number: int) -> tuple[Key, ...]:
        """Return what the guest is told; a key that repeats goes down again."""
        self._held[number] = None
        return (Key(number, is_down=True),)

    def release(self, number: int) -> tuple[Key, ...]:
        """Return what the guest is told: nothing of a key that it never felt."""
        if number not in self._held:
            return ()
        del self._held[number]
        return (Key(number, is_down=False),)

    def release_all(self) -> tuple[Key, ...]:
        """Return what lets go of everything."""
        held, self._held = self._held, {}
        return tuple(Key(number, is_down=False) for number in held)

    def release_stale(self, now: Qt.KeyboardModifier) -> tuple[Key, ...]:
        """Let go of modifiers that are not held any more: somebody else saw them go up."""
        gone = [
            number
            for modifier, numbers in _BY_MODIFIER
            if not now & modifier
            for number in self._held
            if number in numbers
        ]
        return tuple(event for number in gone for event in self.release(number))
