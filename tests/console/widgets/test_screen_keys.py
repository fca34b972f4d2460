"""Keys are scan codes where the window system tells them, and nothing is held for ever."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from backend.display import input as keys
from backend.display.input import Key
from console.widgets.screen_keys import HeldKeys, number_of

_K = Qt.Key
NONE, SHIFT, KEYPAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


def event(key: int, modifiers: Qt.KeyboardModifier = NONE, code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, 0, 0, "")


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_a_scan_code_counts_whatever_the_layout_makes_of_it(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    # The key right of Tab writes A in France; its scan code is 16, and 24 on X11.
    assert number_of(event(_K.Key_A, code=24)) == 0x10
    assert number_of(event(_K.Key_Up, code=111)) == keys.UP
    assert number_of(event(_K.Key_A)) == 0x1E, "an event that a program made has none"


@pytest.mark.parametrize(
    ("key", "modifiers", "number"),
    [
        (_K.Key_A, NONE, 0x1E),
        (_K.Key_1, NONE, 0x02),
        (_K.Key_Exclam, SHIFT, 0x02),
        (_K.Key_1, KEYPAD, 0x4F),
        (_K.Key_Plus, SHIFT, 0x0D),
        (_K.Key_Plus, KEYPAD, 0x4E),
        (_K.Key_Return, NONE, keys.ENTER),
        (_K.Key_Enter, KEYPAD, 0x9C),
        (_K.Key_Backtab, SHIFT, keys.TAB),
        (_K.Key_F5, NONE, 0x3F),
        (_K.Key_F12, NONE, keys.F12),
        (_K.Key_Space, NONE, keys.SPACE),
        (_K.Key_AltGr, NONE, keys.ALT_RIGHT),
        (_K.Key_Launch0, NONE, None),
    ],
)
def test_elsewhere_it_is_the_name_on_a_us_keyboard(
    key: int, modifiers: Qt.KeyboardModifier, number: int | None
) -> None:
    assert number_of(event(key, modifiers)) == number


def test_what_is_held_is_let_go_once() -> None:
    held = HeldKeys()
    held.press(1)
    assert held.press(1) == (Key(1, is_down=True),), "a key that repeats goes down again"
    held.press(2)
    assert held.release(1) == (Key(1, is_down=False),)
    assert held.release(1) == held.release(77) == ()
    assert held.release_all() == (Key(2, is_down=False),)
    assert held.release_all() == ()


def test_a_modifier_that_went_up_elsewhere_is_let_go() -> None:
    held = HeldKeys()
    for number in (keys.ALT, keys.SHIFT, keys.ALT_RIGHT, 0x1E):
        held.press(number)
    assert held.release_stale(SHIFT) == (Key(keys.ALT, is_down=False),)
    assert held.release_stale(SHIFT) == ()
