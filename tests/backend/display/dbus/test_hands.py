"""What is done, as calls."""

import pytest

from backend.display.dbus.hands import Action, actions
from backend.display.input import Button, Event, Key, PointerBy, PointerTo, Press, Wheel

KEYBOARD, MOUSE = "org.qemu.Display1.Keyboard", "org.qemu.Display1.Mouse"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Key(0xC8, is_down=True), [(KEYBOARD, "Press", "u", (0xC8,))]),
        (Key(1, is_down=False), [(KEYBOARD, "Release", "u", (1,))]),
        (Press(Button.RIGHT, is_down=True), [(MOUSE, "Press", "u", (2,))]),
        (PointerTo(3, 4), [(MOUSE, "SetAbsPosition", "uu", (3, 4))]),
        (PointerTo(-3, 999), [(MOUSE, "SetAbsPosition", "uu", (0, 479))]),
        (PointerBy(-3, 4), [(MOUSE, "RelMotion", "ii", (-3, 4))]),
        (Wheel(0, -1), [(MOUSE, "Press", "u", (3,)), (MOUSE, "Release", "u", (3,))]),
        (Wheel(1, 1), [(MOUSE, word, "u", (b,)) for b in (4, 8) for word in ("Press", "Release")]),
    ],
)
def test_each(event: Event, expected: list[Action]) -> None:
    assert actions(event, (640, 480)) == expected


def test_a_wheel_that_spins_is_not_turned_for_ever() -> None:
    assert len(actions(Wheel(0, 10**9), (1, 1))) == 64
