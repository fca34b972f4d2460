"""What is done is told in order, and everything is let go in the end."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from backend.display.input import Button, Event, Key, PointerBy, PointerTo, Press, Wheel
from console.widgets.screen_hands import ScreenHands

NONE = Qt.KeyboardModifier.NoModifier


class Guest:
    def __init__(self) -> None:
        self.felt: list[Event] = []
        self.hands = ScreenHands(self.felt.extend)


@pytest.fixture
def guest() -> Guest:
    return Guest()


def key(kind: QEvent.Type, code: Qt.Key, *, repeats: bool = False) -> QKeyEvent:
    return QKeyEvent(kind, code, NONE, "", repeats)


def test_keys_and_those_that_repeat(guest: Guest) -> None:
    down, up = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    guest.hands.press(key(down, Qt.Key.Key_A))
    guest.hands.release(key(up, Qt.Key.Key_A, repeats=True))
    guest.hands.press(key(down, Qt.Key.Key_A, repeats=True))
    guest.hands.release(key(up, Qt.Key.Key_A))
    guest.hands.press(key(down, Qt.Key.Key_Launch0))
    assert guest.felt == [
        Key(0x1E, is_down=True),
        Key(0x1E, is_down=True),
        Key(0x1E, is_down=False),
    ]


def test_a_modifier_whose_end_was_missed_is_let_go_before_the_next_key(guest: Guest) -> None:
    guest.hands.press(key(QEvent.Type.KeyPress, Qt.Key.Key_Alt))
    guest.hands.press(key(QEvent.Type.KeyPress, Qt.Key.Key_A))
    assert guest.felt[1:] == [Key(0x38, is_down=False), Key(0x1E, is_down=True)]


def test_pointer_and_buttons(guest: Guest) -> None:
    guest.hands.move_to(3, 4)
    guest.hands.press_button(Qt.MouseButton.LeftButton)
    guest.hands.press_button(Qt.MouseButton.TaskButton)
    guest.hands.release_button(Qt.MouseButton.RightButton)
    guest.hands.move_by(QPoint(0, 0))
    guest.hands.move_by(QPoint(1, -2))
    guest.hands.release_button(Qt.MouseButton.LeftButton)
    assert guest.felt == [
        PointerTo(3, 4),
        Press(Button.LEFT, is_down=True),
        PointerBy(1, -2),
        Press(Button.LEFT, is_down=False),
    ]


def test_half_a_notch_is_kept_until_it_is_one(guest: Guest) -> None:
    for angle in (QPoint(0, 60), QPoint(0, 60), QPoint(-240, -120), QPoint(0, 30)):
        guest.hands.turn(angle)
    assert guest.felt == [Wheel(0, -1), Wheel(2, 1)]


def test_a_wheel_that_is_turned_back_does_not_owe_the_other_way(guest: Guest) -> None:
    for angle in (QPoint(0, 100), QPoint(0, -120)):
        guest.hands.turn(angle)
    assert guest.felt == [Wheel(0, 1)]


def test_everything_is_let_go(guest: Guest) -> None:
    guest.hands.press(key(QEvent.Type.KeyPress, Qt.Key.Key_Control))
    guest.hands.press_button(Qt.MouseButton.MiddleButton)
    guest.felt.clear()
    guest.hands.let_go()
    guest.hands.let_go()
    assert guest.felt == [Key(0x1D, is_down=False), Press(Button.MIDDLE, is_down=False)]
