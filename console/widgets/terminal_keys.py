"""Keys as a guest reads them on its serial port: what xterm sends, and the Linux console reads."""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_K = Qt.Key
_M = Qt.KeyboardModifier
# By the letter that ends the sequence, or by the number before "~".
_LETTERS: Final = {
    _K.Key_Up: "A", _K.Key_Down: "B", _K.Key_Right: "C", _K.Key_Left: "D",
    _K.Key_Home: "H", _K.Key_End: "F",
}  # fmt: skip
_FUNCTIONS: Final = {_K.Key_F1: "P", _K.Key_F2: "Q", _K.Key_F3: "R", _K.Key_F4: "S"}
_NUMBERS: Final = {
    _K.Key_Insert: 2, _K.Key_Delete: 3, _K.Key_PageUp: 5, _K.Key_PageDown: 6,
    _K.Key_F5: 15, _K.Key_F6: 17, _K.Key_F7: 18, _K.Key_F8: 19, _K.Key_F9: 20, _K.Key_F10: 21,
    _K.Key_F11: 23, _K.Key_F12: 24,
}  # fmt: skip
_PLAIN: Final = {
    _K.Key_Return: b"\r", _K.Key_Enter: b"\r", _K.Key_Tab: b"\t", _K.Key_Backtab: b"\x1b[Z",
    _K.Key_Backspace: b"\x7f", _K.Key_Escape: b"\x1b",
}  # fmt: skip
# With Ctrl; letters are by their place in the alphabet.
_CONTROLS: Final = {
    _K.Key_Space: 0, _K.Key_At: 0, _K.Key_2: 0, _K.Key_BracketLeft: 27, _K.Key_3: 27,
    _K.Key_Backslash: 28, _K.Key_4: 28, _K.Key_BracketRight: 29, _K.Key_5: 29,
    _K.Key_AsciiCircum: 30, _K.Key_6: 30, _K.Key_Underscore: 31, _K.Key_Slash: 31, _K.Key_7: 31,
    _K.Key_8: 127, _K.Key_Backspace: 8,
}  # fmt: skip
# What a guest could take for commands of its keyboard rather than for text.
_UNSAID: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def bytes_of(event: QKeyEvent, *, application_keys: bool = False) -> bytes:
    """Return what the guest reads; nothing for a key that says nothing, as Shift alone."""
    key, held = event.key(), event.modifiers()
    if (code := _special(key, held, application_keys=application_keys)) is not None:
        return code
    alt = b"\x1b" if held & _M.AltModifier else b""
    if held & _M.ControlModifier and not held & _M.MetaModifier:
        control = key - _K.Key_A + 1 if _K.Key_A <= key <= _K.Key_Z else _control(key)
        if control is not None:
            return alt + bytes((control,))
    if key in _PLAIN:
        return alt + _PLAIN[_K(key)]
    text = event.text()
    if not text or not text.isprintable():
        return b""
    # AltGr writes signs, and some systems tell it as Ctrl+Alt.
    return (alt if text.isascii() else b"") + text.encode()


def pasted(text: str, *, is_told: bool) -> bytes:
    """Return text from a clipboard as a guest reads it; `is_told`: it wants to know that it is."""
    lines = _UNSAID.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    typed = lines.replace("\n", "\r").encode()
    return b"\x1b[200~" + typed + b"\x1b[201~" if is_told else typed


def _special(key: int, held: Qt.KeyboardModifier, *, application_keys: bool) -> bytes | None:
    number = 1 + sum(
        value
        for modifier, value in ((_M.ShiftModifier, 1), (_M.AltModifier, 2), (_M.ControlModifier, 4))
        if held & modifier
    )
    if key in _NUMBERS:
        middle = f";{number}" if number > 1 else ""
        return f"\x1b[{_NUMBERS[_K(key)]}{middle}~".encode()
    letter = _LETTERS.get(_K(key)) or _FUNCTIONS.get(_K(key)) if key in _KNOWN else None
    if letter is None:
        return None
    if number > 1:
        return f"\x1b[1;{number}{letter}".encode()
    is_short = key in _FUNCTIONS or application_keys
    return f"\x1b{'O' if is_short else '['}{letter}".encode()


def _control(key: int) -> int | None:
    return _CONTROLS[_K(key)] if key in _CONTROLS else None


_KNOWN: Final = _LETTERS.keys() | _FUNCTIONS.keys()
