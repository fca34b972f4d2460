import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from console.widgets.terminal_keys import bytes_of, pasted

K, M = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, CTRL, ALT = M.NoModifier, M.ShiftModifier, M.ControlModifier, M.AltModifier


def key(number: int, held: Qt.KeyboardModifier = NONE, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, number, held, text)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (key(K.Key_A, NONE, "a"), b"a"),
        (key(K.Key_Odiaeresis, NONE, "ö"), "ö".encode()),
        (key(K.Key_At, CTRL | ALT, "@"), b"\x1b\x00"),
        (key(K.Key_Return, NONE, "\r"), b"\r"),
        (key(K.Key_Enter, M.KeypadModifier, "\r"), b"\r"),
        (key(K.Key_Tab, NONE, "\t"), b"\t"),
        (key(K.Key_Backtab, SHIFT), b"\x1b[Z"),
        (key(K.Key_Backspace, NONE, "\b"), b"\x7f"),
        (key(K.Key_Backspace, CTRL, "\x7f"), b"\x08"),
        (key(K.Key_Escape, NONE, "\x1b"), b"\x1b"),
        (key(K.Key_C, CTRL, "\x03"), b"\x03"),
        (key(K.Key_Space, CTRL, " "), b"\x00"),
        (key(K.Key_BracketRight, CTRL, "\x1d"), b"\x1d"),
        (key(K.Key_Backslash, CTRL, "\x1c"), b"\x1c"),
        (key(K.Key_B, ALT, "b"), b"\x1bb"),
        (key(K.Key_C, CTRL | ALT, "\x03"), b"\x1b\x03"),
        (key(K.Key_Up), b"\x1b[A"),
        (key(K.Key_Left, CTRL), b"\x1b[1;5D"),
        (key(K.Key_Home), b"\x1b[H"),
        (key(K.Key_Delete, NONE, "\x7f"), b"\x1b[3~"),
        (key(K.Key_PageDown, SHIFT), b"\x1b[6;2~"),
        (key(K.Key_F1), b"\x1bOP"),
        (key(K.Key_F4, SHIFT), b"\x1b[1;2S"),
        (key(K.Key_F5), b"\x1b[15~"),
        (key(K.Key_F12), b"\x1b[24~"),
        (key(K.Key_Shift, SHIFT), b""),
        (key(K.Key_Control, CTRL), b""),
        (key(K.Key_Alt, ALT), b""),
        (key(K.Key_VolumeUp), b""),
    ],
)
def test_each_key_is_what_xterm_says(event: QKeyEvent, told: bytes) -> None:
    assert bytes_of(event) == told


def test_arrows_have_another_form_for_programs_that_ask() -> None:
    assert bytes_of(key(K.Key_Up), application_keys=True) == b"\x1bOA"
    assert bytes_of(key(K.Key_Up, CTRL), application_keys=True) == b"\x1b[1;5A"


def test_pasted_text_is_typed_and_commands_nothing() -> None:
    text = "ls\r\ncat\x1b[201~;rm\x03\tx\u009b"
    assert pasted(text, is_told=False) == b"ls\rcat[201~;rm\tx"
    assert pasted("a\nb", is_told=True) == b"\x1b[200~a\rb\x1b[201~"
