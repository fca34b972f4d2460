"""ZRLE (RFC 6143, 7.7.6): tiles of 64 x 64 in one zlib stream, each in the way that suits it."""

import numpy as np
import numpy.typing as npt

from backend.display.rfb.decoders.streams import Stream
from backend.display.rfb.inbox import Inbox, Steps, wait
from backend.display.surface import BYTES_PER_PIXEL, Pixels
from backend.errors import DisplayBroken

_TILE = 64
_RAW, _SOLID, _PACKED_MOST, _RUNS, _PALETTE_RUNS = 0, 1, 16, 128, 130
# A tile is at its largest as runs of one pixel each (3 + 1 bytes), or with a palette of 127.
_TILE_HEAD, _PIXEL_MOST = 1 + 127 * 3, 4
Octets = npt.NDArray[np.uint8]


class Zrle:
    """One stream that lasts as long as its connection."""

    def __init__(self) -> None:
        self._stream = Stream()

    def read(self, inbox: Inbox, target: Pixels) -> Steps:
        """Fill `target`."""
        yield from wait(inbox, 4)
        length = int.from_bytes(inbox.take(4))
        height, width = target.shape
        tiles = -(-height // _TILE) * -(-width // _TILE)
        most = tiles * _TILE_HEAD + target.size * _PIXEL_MOST
        data = yield from self._stream.read(inbox, length, most)
        try:
            _Tiles(data).fill(target)
        except (IndexError, ValueError) as error:
            raise DisplayBroken(detail=(f"ZRLE: {error}",)) from error


class _Tiles:
    """Inflated data, read from the front. IndexError and ValueError where it makes no sense."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self._octets: Octets = np.frombuffer(data, np.uint8)
        self._at = 0

    def fill(self, target: Pixels) -> None:
        height, width = target.shape
        for y in range(0, height, _TILE):
            for x in range(0, width, _TILE):
                self._fill_tile(target[y : y + _TILE, x : x + _TILE])

    def _fill_tile(self, tile: Pixels) -> None:
        kind = self._data[self._at]
        self._at += 1
        if kind == _RAW:
            tile[:] = self._colours(tile.size).reshape(tile.shape)
        elif kind == _SOLID:
            tile[:] = self._colours(1)[0]
        elif kind <= _PACKED_MOST:
            tile[:] = self._packed(tile.shape, self._colours(kind))
        elif kind == _RUNS:
            tile[:] = self._runs(tile.size).reshape(tile.shape)
        elif kind >= _PALETTE_RUNS:
            palette = self._colours(kind - _RUNS)
            tile[:] = self._palette_runs(tile.size, palette).reshape(tile.shape)
        else:
            raise ValueError(f"a tile of kind {kind}")

    def _take(self, count: int) -> Octets:
        start = self._at
        self._at += count
        return self._octets[start : self._at]

    def _colours(self, count: int) -> Pixels:
        """Read pixels of three bytes: blue, green and red."""
        whole = np.zeros((count, BYTES_PER_PIXEL), np.uint8)
        whole[:, :3] = self._take(count * 3).reshape(count, 3)
        return whole.view(np.uint32)[:, 0]

    def _packed(self, shape: tuple[int, ...], palette: Pixels) -> Pixels:
        height, width = shape
        bits = 1 if len(palette) == 2 else 2 if len(palette) <= 4 else 4
        row_bytes = (width * bits + 7) // 8
        rows = self._take(row_bytes * height).reshape(height, row_bytes)
        shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
        indices = (rows[:, :, None] >> shifts) & ((1 << bits) - 1)
        found: Pixels = palette[indices.reshape(height, -1)[:, :width]]
        return found

    def _runs(self, size: int) -> Pixels:
        data, at, left = self._data, self._at, size
        colours, lengths = [], []
        while left > 0:
            colours.append(data[at] | data[at + 1] << 8 | data[at + 2] << 16)
            at += 3
            length = 1
            while data[at] == 255:
                length += 255
                at += 1
            length += data[at]
            at += 1
            lengths.append(length)
            left -= length
        self._at = at
        return _repeated(np.array(colours, np.uint32), lengths, left)

    def _palette_runs(self, size: int, palette: Pixels) -> Pixels:
        data, at, left = self._data, self._at, size
        indices, lengths = [], []
        while left > 0:
            index = data[at]
            at += 1
            length = 1
            if index & 128:
                while data[at] == 255:
                    length += 255
                    at += 1
                length += data[at]
                at += 1
            indices.append(index & 127)
            lengths.append(length)
            left -= length
        self._at = at
        return _repeated(palette[indices], lengths, left)


def _repeated(colours: Pixels, lengths: list[int], left: int) -> Pixels:
    if left < 0:
        raise ValueError("a run beyond its tile")
    return np.repeat(colours, lengths)
