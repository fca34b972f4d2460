"""The picture of a pointer: with a mask of bits (RFC 6143, 7.8.1), or with alpha (rfbproto)."""

from collections.abc import Generator

import numpy as np
import numpy.typing as npt

from backend.display.rfb.decoders.plain import read_raw
from backend.display.rfb.inbox import Inbox, wait
from backend.display.rfb.messages import Encoding
from backend.display.surface import BYTES_PER_PIXEL, Cursor, Pixels, Rect
from backend.errors import DisplayBroken

_SIDE_MOST = 1024


def read_cursor(inbox: Inbox, rect: Rect) -> Generator[int, None, Cursor]:
    """Return a cursor of which each pixel is there or is not; `rect` has its hot spot and size."""
    pixels = yield from _read_pixels(inbox, rect)
    row_bytes = (rect.width + 7) // 8
    yield from wait(inbox, row_bytes * rect.height)
    bits = np.frombuffer(inbox.take(row_bytes * rect.height), np.uint8)
    mask = np.unpackbits(bits.reshape(rect.height, row_bytes), axis=1, count=rect.width)
    return _cursor(rect, np.where(mask, pixels | 0xFF000000, 0).astype(np.uint32))


def read_cursor_with_alpha(inbox: Inbox, rect: Rect) -> Generator[int, None, Cursor]:
    """Return a cursor of which each pixel says how much of it is there."""
    yield from wait(inbox, 4)
    encoding = int.from_bytes(inbox.take(4), signed=True)
    if encoding != Encoding.RAW:
        raise DisplayBroken(detail=(f"a cursor in an encoding of {encoding}",))
    pixels = yield from _read_pixels(inbox, rect)
    return _cursor(rect, _straight(pixels.view(np.uint8).reshape(*pixels.shape, BYTES_PER_PIXEL)))


def _read_pixels(inbox: Inbox, rect: Rect) -> Generator[int, None, Pixels]:
    if max(rect.width, rect.height) > _SIDE_MOST:
        raise DisplayBroken(detail=(f"a cursor of {rect.width} x {rect.height} pixels",))
    pixels = np.empty((rect.height, rect.width), np.uint32)
    if pixels.size:
        yield from read_raw(inbox, pixels)
    return pixels


def _straight(parts: npt.NDArray[np.uint8]) -> Pixels:
    """Return colours as they are; they come multiplied by their alpha, but not of every QEMU.

    Before version 10 it sends what the guest gave it. Colours beyond their alpha tell that.
    """
    alpha = parts[..., 3:].astype(np.uint16)
    colours = parts[..., :3]
    if parts.size and not (colours > alpha).any():
        parts[..., :3] = (colours * np.uint16(255) + alpha // 2) // np.maximum(alpha, 1)
    return np.ascontiguousarray(parts).view(np.uint32).reshape(parts.shape[:2])


def _cursor(rect: Rect, pixels: Pixels) -> Cursor:
    return Cursor(rect.width, rect.height, rect.x, rect.y, pixels.tobytes())
