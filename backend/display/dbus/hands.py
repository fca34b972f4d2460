"""What a person does at a screen, as calls of QEMU's keyboard and pointer."""

from typing import Final

from backend.display.input import Event, Key, PointerBy, PointerTo, Press, Wheel

Action = tuple[str, str, str, tuple[int, ...]]
"""Interface, method, signature and arguments."""

_KEYBOARD: Final = "org.qemu.Display1.Keyboard"
_MOUSE: Final = "org.qemu.Display1.Mouse"
_UP, _DOWN, _LEFT, _RIGHT = 3, 4, 7, 8
_NOTCHES_MOST: Final = 32


def actions(event: Event, size: tuple[int, int]) -> list[Action]:
    """Return the calls for this; a place beyond a screen of that size is its edge.

    QEMU refuses a place beyond the screen, and answers a move of the other kind by an error.
    """
    match event:
        case Key(number, is_down):
            return [(_KEYBOARD, _word(is_down=is_down), "u", (number,))]
        case Press(button, is_down):
            return [(_MOUSE, _word(is_down=is_down), "u", (int(button),))]
        case PointerTo(x, y):
            place = tuple(max(0, min(at, side - 1)) for at, side in zip((x, y), size, strict=True))
            return [(_MOUSE, "SetAbsPosition", "uu", place)]
        case PointerBy(dx, dy):
            return [(_MOUSE, "RelMotion", "ii", (dx, dy))]
        case Wheel(right, down):
            return _turn(down, _UP, _DOWN) + _turn(right, _LEFT, _RIGHT)


def _word(*, is_down: bool) -> str:
    return "Press" if is_down else "Release"


def _turn(notches: int, back: int, forth: int) -> list[Action]:
    button = forth if notches > 0 else back
    count = min(abs(notches), _NOTCHES_MOST)
    return [(_MOUSE, word, "u", (button,)) for _ in range(count) for word in ("Press", "Release")]
