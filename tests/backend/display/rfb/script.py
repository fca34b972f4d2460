"""What a server would send: a greeting, updates, and rectangles in each encoding."""

import struct
import zlib
from collections.abc import Callable, Iterable

import numpy as np

from backend.display.rfb.protocol import RfbProtocol
from backend.display.surface import Pixels

Rectangle = tuple[int, int, int, int, int, bytes]
EVERY = (0, 1, 5, 6, 7, 16)


def greeting(width: int, height: int, name: bytes = b"web-01") -> bytes:
    """Return all that a server without a password says before the first update."""
    head = struct.pack(">HH16xI", width, height, len(name))
    return b"RFB 003.008\n" + b"\1\1" + b"\0\0\0\0" + head + name


def greeted(width: int, height: int) -> RfbProtocol:
    """Return a client that is past the greeting, with nothing to send."""
    protocol = RfbProtocol(EVERY)
    protocol.feed(greeting(width, height))
    protocol.outgoing.clear()
    return protocol


def update(*rectangles: Rectangle, count: int | None = None) -> bytes:
    """Return an update of these (x, y, width, height, encoding, content)."""
    head = struct.pack(">BxH", 0, len(rectangles) if count is None else count)
    return head + b"".join(
        struct.pack(">HHHHi", *numbers) + content for *numbers, content in rectangles
    )


def rectangle(x: int, y: int, pixels: Pixels, encoding: int, content: bytes) -> Rectangle:
    """Return a rectangle of the size of `pixels`."""
    height, width = pixels.shape
    return (x, y, width, height, encoding, content)


def bgr(pixels: Pixels) -> bytes:
    """Return the three bytes of each pixel, blue first."""
    return np.ascontiguousarray(pixels).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def rgb(pixels: Pixels) -> bytes:
    """Return the three bytes of each pixel, red first."""
    return np.ascontiguousarray(pixels).view(np.uint8).reshape(-1, 4)[:, 2::-1].tobytes()


class Deflater:
    """A stream that lasts, flushed after each piece."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj(1)

    def __call__(self, data: bytes) -> bytes:
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)


def compact(length: int) -> bytes:
    """Return Tight's way to write a length."""
    if length < 1 << 7:
        return bytes([length])
    if length < 1 << 14:
        return bytes([length & 127 | 128, length >> 7])
    return bytes([length & 127 | 128, length >> 7 & 127 | 128, length >> 14])


def tiles(pixels: Pixels, side: int, write: Callable[[Pixels], bytes]) -> bytes:
    """Return what `write` makes of each tile, row by row."""
    height, width = pixels.shape
    return b"".join(
        write(np.ascontiguousarray(pixels[y : y + side, x : x + side]))
        for y in range(0, height, side)
        for x in range(0, width, side)
    )


def runs(values: Iterable[int]) -> list[tuple[int, int]]:
    """Return (value, how often) for equal neighbours."""
    found: list[tuple[int, int]] = []
    for value in values:
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1] + 1)
        else:
            found.append((value, 1))
    return found


def run_length(length: int) -> bytes:
    """Return ZRLE's way to write how long a run is."""
    return b"\xff" * ((length - 1) // 255) + bytes([(length - 1) % 255])
