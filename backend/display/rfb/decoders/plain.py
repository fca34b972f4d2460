"""Encodings without state: Raw and Hextile, and ZLIB, which is Raw in a stream."""

import numpy as np

from backend.display.rfb.decoders.streams import PART, Stream
from backend.display.rfb.inbox import POUR_LEAST, Inbox, Steps, wait
from backend.display.surface import BYTES_PER_PIXEL, Pixels
from backend.errors import DisplayBroken

_TILE = 16
_RAW, _BACKGROUND, _FOREGROUND, _PARTS, _COLOURED = 1, 2, 4, 8, 16


def read_raw(inbox: Inbox, target: Pixels) -> Steps:
    """Fill `target` row by row, as many rows at a time as have come."""
    height, width = target.shape
    row_bytes = width * BYTES_PER_PIXEL
    if target.nbytes >= POUR_LEAST and target.flags.c_contiguous:
        yield from inbox.pour(target.data.cast("B"))
        return
    row = 0
    while row < height:
        yield from wait(inbox, row_bytes)
        rows = min(inbox.ready // row_bytes, height - row)
        part = np.frombuffer(inbox.block, np.uint32, rows * width, inbox.at)
        target[row : row + rows] = part.reshape(rows, width)
        inbox.at += rows * row_bytes
        row += rows


class Zlib:
    """Raw pixels in one zlib stream (QEMU, libvncserver)."""

    def __init__(self) -> None:
        self._stream = Stream()

    def read(self, inbox: Inbox, target: Pixels) -> Steps:
        """Fill `target`."""
        yield from wait(inbox, 4)
        length = int.from_bytes(inbox.take(4))
        rows = _Rows(target)
        yield from self._stream.pour(inbox, length, target.size * BYTES_PER_PIXEL, rows.put)
        rows.end()

    def here(self, block: bytearray, at: int, end: int, size: int) -> tuple[bytes, int, int]:
        """Return a rectangle's `size` bytes, where in them it begins, and where it ends in `block`.

        That is beyond `end` where not all of it has come, or it is a large one; then nothing was
        read.
        """
        after = at + 4 + int.from_bytes(block[at : at + 4])
        if not 0 < size <= PART or at + 4 > end or after > end:
            return b"", 0, end + 1
        data = self._stream.inflate(block[at + 4 : after], size)
        if len(data) != size:
            raise _too_little(len(data), size)
        return data, 0, after


class _Rows:
    """Fills a rectangle with bytes that come in parts."""

    def __init__(self, target: Pixels) -> None:
        self._target = target
        self._row = 0
        self._rest = b""

    def put(self, part: bytes) -> None:
        """Have these next."""
        data = self._rest + part if self._rest else part
        width = self._target.shape[1]
        rows = len(data) // (width * BYTES_PER_PIXEL)
        whole = np.frombuffer(data, np.uint32, rows * width)
        self._target[self._row : self._row + rows] = whole.reshape(rows, width)
        self._row += rows
        self._rest = data[rows * width * BYTES_PER_PIXEL :]

    def end(self) -> None:
        """Raise DisplayBroken if that was not all."""
        height, width = self._target.shape
        if self._row < height:
            row_bytes = width * BYTES_PER_PIXEL
            raise _too_little(self._row * row_bytes + len(self._rest), height * row_bytes)


def _too_little(length: int, size: int) -> DisplayBroken:
    return DisplayBroken(detail=(f"{length} of {size} bytes of a rectangle",))


def read_hextile(inbox: Inbox, target: Pixels) -> Steps:
    """Fill `target` tile by tile (RFC 6143, 7.7.4)."""
    height, width = target.shape
    colours = [0, 0]
    for y in range(0, height, _TILE):
        for x in range(0, width, _TILE):
            tile = target[y : y + _TILE, x : x + _TILE]
            yield from wait(inbox, 1)
            kind = inbox.take(1)[0]
            if kind & _RAW:
                yield from read_raw(inbox, tile)
            else:
                yield from _read_tile(inbox, tile, kind, colours)


def _read_tile(inbox: Inbox, tile: Pixels, kind: int, colours: list[int]) -> Steps:
    for number, bit in enumerate((_BACKGROUND, _FOREGROUND)):
        if kind & bit:
            yield from wait(inbox, BYTES_PER_PIXEL)
            colours[number] = int.from_bytes(inbox.take(BYTES_PER_PIXEL), "little")
    tile[:] = colours[0]
    if not kind & _PARTS:
        return
    yield from wait(inbox, 1)
    count = inbox.take(1)[0]
    size = 6 if kind & _COLOURED else 2
    yield from wait(inbox, count * size)
    data = inbox.take(count * size)
    for at in range(0, len(data), size):
        place, extent = data[at + size - 2], data[at + size - 1]
        colour = int.from_bytes(data[at : at + 4], "little") if size == 6 else colours[1]
        x, y = place >> 4, place & 15
        tile[y : y + (extent & 15) + 1, x : x + (extent >> 4) + 1] = colour
