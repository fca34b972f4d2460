"""What a person does at a screen, as values; no toolkit's codes go beyond the widget.

Keys are QEMU's key numbers ("qnum"): the scan code of set 1, with 0x80 added for those that the
keyboard sends after 0xe0. The table is keycodemapdb's.
"""

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Final


class Button(IntEnum):
    """A pointer's buttons, by QEMU's numbers."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2
    SIDE = 5
    EXTRA = 6


class Leds(IntFlag):
    """The lamps of a keyboard, as the guest sets them."""

    SCROLL = 1
    NUM = 2
    CAPS = 4


@dataclass(frozen=True, slots=True)
class Key:
    """A key goes down or up."""

    number: int
    is_down: bool


@dataclass(frozen=True, slots=True)
class PointerTo:
    """The pointer is at this pixel."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PointerBy:
    """The pointer was moved by so much, down and right being positive."""

    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class Press:
    """A button of the pointer goes down or up."""

    button: Button
    is_down: bool


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel was turned by so many notches, down and right being positive."""

    right: int
    down: int


Event = Key | PointerTo | PointerBy | Press | Wheel

# Linux key codes 1 to 88 are scan codes of set 1 already, but for these.
_EXTENDED: Final = {
    85: 0x76, 89: 0x73, 90: 0x78, 91: 0x77, 92: 0x79, 93: 0x70, 94: 0x7B, 95: 0x5C, 96: 0x9C,
    97: 0x9D, 98: 0xB5, 99: 0x54, 100: 0xB8, 101: 0x5B, 102: 0xC7, 103: 0xC8, 104: 0xC9, 105: 0xCB,
    106: 0xCD, 107: 0xCF, 108: 0xD0, 109: 0xD1, 110: 0xD2, 111: 0xD3, 112: 0xEF, 113: 0xA0,
    114: 0xAE, 115: 0xB0, 116: 0xDE, 117: 0x59, 118: 0xCE, 119: 0xC6, 120: 0x8B, 121: 0x7E,
    122: 0xF2, 123: 0xF1, 124: 0x7D, 125: 0xDB, 126: 0xDC, 127: 0xDD, 128: 0xE8, 129: 0x85,
    130: 0x86, 131: 0x87, 132: 0x8C, 133: 0xF8, 134: 0x64, 135: 0x65, 136: 0xC1, 137: 0xBC,
    138: 0xF5, 139: 0x9E, 140: 0xA1, 142: 0xDF, 143: 0xE3, 155: 0xEC, 156: 0xE6, 158: 0xEA,
    159: 0xE9, 163: 0x99, 164: 0xA2, 165: 0x90, 166: 0xA4, 172: 0xB2, 173: 0xE7, 183: 0x5D,
    184: 0x5E, 185: 0x5F, 217: 0xE5, 226: 0xED,
}  # fmt: skip


def qnum_of_linux(code: int) -> int | None:
    """Return QEMU's number of a Linux key code (X11 and Wayland: that less 8); None if unknown."""
    if code in _EXTENDED:
        return _EXTENDED[code]
    return code if 1 <= code <= 88 and code != 84 else None


CTRL, SHIFT, ALT, META = 0x1D, 0x2A, 0x38, 0xDB
CTRL_RIGHT, SHIFT_RIGHT, ALT_RIGHT, META_RIGHT = 0x9D, 0x36, 0xB8, 0xDC
MODIFIERS: Final = frozenset(
    {CTRL, SHIFT, ALT, META, CTRL_RIGHT, SHIFT_RIGHT, ALT_RIGHT, META_RIGHT}
)
DELETE, TAB, ESCAPE, BACKSPACE, ENTER, PRINT, SPACE = 0xD3, 0x0F, 0x01, 0x0E, 0x1C, 0x54, 0x39
F1, F4 = 0x3B, 0x3E
"""F1 to F10 follow each other."""
F11, F12 = 0x57, 0x58
UP, LEFT, RIGHT, DOWN = 0xC8, 0xCB, 0xCD, 0xD0
HOME, END, PAGE_UP, PAGE_DOWN, INSERT = 0xC7, 0xCF, 0xC9, 0xD1, 0xD2
CAPS_LOCK, NUM_LOCK, SCROLL_LOCK, PAUSE, MENU = 0x3A, 0x45, 0x46, 0xC6, 0xDD


def chord(*numbers: int) -> tuple[Key, ...]:
    """Return the keys pressed one after the other and let go in the opposite order."""
    down = tuple(Key(number, is_down=True) for number in numbers)
    return (*down, *(Key(number, is_down=False) for number in reversed(numbers)))
