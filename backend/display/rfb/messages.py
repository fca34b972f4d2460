"""What a client says: the format, what it can read, what it wants, and what is done at the screen.

RFC 6143, 7.5; QEMU's extensions: https://www.qemu.org/docs/master/interop/vnc-ledstate-pseudo-
encoding.html and rfbproto, "QEMU Client Message".
"""

import struct
from enum import Enum, IntEnum
from typing import Final

from backend.display.input import (
    SHIFT,
    SHIFT_RIGHT,
    Button,
    Event,
    Key,
    PointerBy,
    PointerTo,
    Press,
    Wheel,
)
from backend.display.rfb.keysyms import keysym_of
from backend.display.surface import Rect


class Encoding(IntEnum):
    """How a rectangle is written, or what else it stands for."""

    RAW = 0
    COPY_RECT = 1
    HEXTILE = 5
    ZLIB = 6
    TIGHT = 7
    ZRLE = 16
    DESKTOP_SIZE = -223
    LAST_RECT = -224
    CURSOR = -239
    POINTER_CHANGE = -257
    EXTENDED_KEY = -258
    LED_STATE = -261
    EXTENDED_DESKTOP_SIZE = -308
    CURSOR_WITH_ALPHA = -314


class Link(Enum):
    """The way to the server, which decides how pictures are written."""

    LOCAL = "local"
    NETWORK = "network"
    SLOW = "slow"


_PSEUDO: Final = tuple(encoding for encoding in Encoding if encoding < 0)
_COMPRESSION: Final = -256
_QUALITY: Final = -32
# QEMU takes the first that it can, and ZLIB only where no ZRLE is listed.
_ENCODINGS: Final[dict[Link, tuple[int, ...]]] = {
    Link.LOCAL: (Encoding.RAW, Encoding.COPY_RECT),
    Link.NETWORK: (
        Encoding.ZLIB, Encoding.COPY_RECT, Encoding.HEXTILE, Encoding.RAW, _COMPRESSION + 1
    ),
    Link.SLOW: (
        Encoding.TIGHT, Encoding.COPY_RECT, Encoding.HEXTILE, Encoding.RAW, _COMPRESSION + 6,
        _QUALITY + 7,
    ),
}  # fmt: skip
# 32 bits, of them 24 of colour, little endian: blue, green, red, nothing.
_FORMAT: Final = struct.pack(">4xBBBBHHHBBB3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
_WHEEL_UP, _WHEEL_DOWN, _WHEEL_LEFT, _WHEEL_RIGHT = 3, 4, 5, 6
_BITS: Final = {Button.LEFT: 0, Button.MIDDLE: 1, Button.RIGHT: 2, Button.SIDE: 7, Button.EXTRA: 8}
_NOTCHES_MOST = 32
_RELATIVE_ZERO = 0x7FFF


def dump_setup(encodings: tuple[int, ...]) -> bytes:
    """Say how pixels are to be written, and what can be read."""
    return _FORMAT + dump_encodings(encodings)


def dump_encodings(encodings: tuple[int, ...]) -> bytes:
    """Say what can be read, the best first."""
    every = (*encodings, *_PSEUDO)
    return struct.pack(f">BxH{len(every)}i", 2, len(every), *every)


def encodings_for(link: Link) -> tuple[int, ...]:
    """Return what suits a link, the best first."""
    return _ENCODINGS[link]


def dump_request(rect: Rect, *, is_incremental: bool) -> bytes:
    """Ask for what has changed in `rect`, or for all of it."""
    return struct.pack(">BBHHHH", 3, is_incremental, rect.x, rect.y, rect.width, rect.height)


def dump_size(width: int, height: int, screen: int) -> bytes:
    """Ask for one screen of another size; `screen` is its id."""
    return struct.pack(">BxHHBxIHHHHI", 251, width, height, 1, screen, 0, 0, width, height, 0)


class Hands:
    """Writes down what is done at the screen, and remembers what is held."""

    def __init__(self) -> None:
        self.is_absolute = True
        self.takes_scan_codes = False
        self._shifts: set[int] = set()
        self._mask = 0
        self._x = self._y = 0

    def dump(self, event: Event) -> bytes:
        """Return the messages for an event; none for one that this server has no word for."""
        match event:
            case Key():
                return self._dump_key(event)
            case PointerTo(x, y):
                self._x, self._y = max(0, x), max(0, y)
                return self._dump_pointer() if self.is_absolute else b""
            case PointerBy(dx, dy):
                return b"" if self.is_absolute else self._dump_motion(dx, dy)
            case Press(button, is_down):
                bit = 1 << _BITS[button]
                self._mask = self._mask | bit if is_down else self._mask & ~bit
                return self._dump_pointer()
            case Wheel(right, down):
                return self._dump_wheel(right, down)

    def _dump_key(self, key: Key) -> bytes:
        if key.number in (SHIFT, SHIFT_RIGHT):
            (self._shifts.add if key.is_down else self._shifts.discard)(key.number)
        sym = keysym_of(key.number, is_shifted=bool(self._shifts))
        if self.takes_scan_codes:
            return struct.pack(">BBHII", 255, 0, key.is_down, sym, key.number)
        return struct.pack(">BBxxI", 4, key.is_down, sym) if sym else b""

    def _dump_wheel(self, right: int, down: int) -> bytes:
        result = b""
        for count, less, more in (
            (down, _WHEEL_UP, _WHEEL_DOWN),
            (right, _WHEEL_LEFT, _WHEEL_RIGHT),
        ):
            bit = 1 << (more if count > 0 else less)
            notch = self._dump_pointer(bit) + self._dump_pointer()
            result += notch * min(abs(count), _NOTCHES_MOST)
        return result

    def _dump_pointer(self, wheel: int = 0) -> bytes:
        x, y = (self._x, self._y) if self.is_absolute else (_RELATIVE_ZERO, _RELATIVE_ZERO)
        return struct.pack(">BBHH", 5, (self._mask | wheel) & 0xFF, x & 0xFFFF, y & 0xFFFF)

    def _dump_motion(self, dx: int, dy: int) -> bytes:
        x, y = (max(0, min(0xFFFF, _RELATIVE_ZERO + delta)) for delta in (dx, dy))
        return struct.pack(">BBHH", 5, self._mask & 0xFF, x, y)
