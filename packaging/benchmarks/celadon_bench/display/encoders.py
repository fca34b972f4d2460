"""Pictures as a VNC server writes them: raw, ZLIB, ZRLE and Tight, to be sent again and again.

Compressed data is closed by a full flush, so that no piece refers to one before: whatever order
pieces are sent in, only the first of a stream needs the stream's head, which `Streams` puts there.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from celadon_bench.display.pictures import Picture

_STREAM_HEAD: Final = b"\x78\x01"
_ZRLE_TILE, _TIGHT_TILE, _FEW = 64, 256, 12


class Coding(IntEnum):
    """An encoding, by its number in RFB."""

    RAW = 0
    ZLIB = 6
    TIGHT = 7
    ZRLE = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle: what stands before its data, and these; deflated if `stream` is a number."""

    head: bytes
    body: bytes
    stream: int | None = None
    is_compact: bool = False


class Streams:
    """The streams of one connection: which of them have begun."""

    def __init__(self) -> None:
        self._begun: set[int] = set()

    def write(self, piece: Piece) -> tuple[bytes, bytes]:
        """Return the bytes of a piece as they are to be sent next, in two parts."""
        if piece.stream is None:
            return piece.head, piece.body
        body = piece.body
        if piece.stream not in self._begun:
            self._begun.add(piece.stream)
            body = _STREAM_HEAD + body
        length = _compact(len(body)) if piece.is_compact else struct.pack(">I", len(body))
        return piece.head + length, body


def encode(coding: Coding, picture: Picture, x: int, y: int) -> tuple[Piece, ...]:
    """Return the rectangles that a picture becomes whose corner is at `x`, `y` of the screen."""
    side = _TIGHT_TILE if coding is Coding.TIGHT else max(picture.shape)
    return tuple(
        _ENCODERS[coding](_head(part, x + left, y + top, coding), part)
        for left, top, part in _tiles(picture, side)
    )


def _head(part: Picture, x: int, y: int, coding: Coding) -> bytes:
    return struct.pack(">HHHHi", x, y, part.shape[1], part.shape[0], coding)


def _tiles(picture: Picture, side: int) -> Iterator[tuple[int, int, Picture]]:
    for top in range(0, picture.shape[0], side):
        for left in range(0, picture.shape[1], side):
            yield left, top, picture[top : top + side, left : left + side]


def _raw(head: bytes, part: Picture) -> Piece:
    return Piece(head, part.tobytes())


def _zlib(head: bytes, part: Picture) -> Piece:
    return Piece(head, _deflated(part.tobytes()), stream=0)


def _tight(head: bytes, part: Picture) -> Piece:
    colours, indices = np.unique(part, return_inverse=True)
    indices = indices.reshape(part.shape).astype(np.uint8)
    if len(colours) == 1:
        return Piece(head, b"\x80" + _red_green_blue(colours))
    if len(colours) > 256:
        return Piece(head + b"\x00", _deflated(_red_green_blue(part)), 0, is_compact=True)
    stream = 1 if len(colours) == 2 else 2
    data = (np.packbits(indices, axis=1) if stream == 1 else indices).tobytes()
    palette = bytes((1, len(colours) - 1)) + _red_green_blue(colours)
    head += bytes(((stream | 4) << 4,)) + palette
    if len(data) < _FEW:
        return Piece(head, data)
    return Piece(head, _deflated(data), stream, is_compact=True)


def _zrle(head: bytes, part: Picture) -> Piece:
    tiles = b"".join(_zrle_tile(tile) for _x, _y, tile in _tiles(part, _ZRLE_TILE))
    return Piece(head, _deflated(tiles), stream=0)


def _zrle_tile(tile: Picture) -> bytes:
    """Return a tile in whichever way is the shortest, as servers do."""
    colours, indices = np.unique(tile, return_inverse=True)
    indices = indices.reshape(tile.shape)
    if len(colours) == 1:
        return b"\x01" + _blue_green_red(colours)
    ways = [b"\x00" + _blue_green_red(tile), _runs(tile)]
    if len(colours) <= 127:
        ways.append(_palette_runs(colours, indices.ravel()))
    if len(colours) <= 16:
        ways.append(_packed(colours, indices))
    return min(ways, key=len)


def _packed(colours: Picture, indices: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> bytes:
    bits = 1 if len(colours) == 2 else 2 if len(colours) <= 4 else 4
    each = 8 // bits
    width = -(-indices.shape[1] // each) * each
    padded = np.zeros((indices.shape[0], width), np.uint8)
    padded[:, : indices.shape[1]] = indices
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    rows = np.bitwise_or.reduce(padded.reshape(len(padded), -1, each) << shifts, axis=2)
    head: bytes = bytes((len(colours),)) + _blue_green_red(colours)
    return head + bytes(rows.astype(np.uint8))


def _run_lengths(
    flat: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]",
) -> tuple[list[int], list[int]]:
    """Return where runs begin, and how long they are."""
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    return starts.tolist(), np.diff(np.append(starts, len(flat))).tolist()


def _length(length: int) -> bytes:
    return b"\xff" * ((length - 1) // 255) + bytes(((length - 1) % 255,))


def _runs(tile: Picture) -> bytes:
    flat = tile.ravel()
    starts, lengths = _run_lengths(flat)
    if len(starts) * 4 > flat.size * 3:
        return b"\x80" + bytes(flat.size * 4)  # longer than raw anyway: never chosen
    octets = _blue_green_red(flat[starts])
    parts = [octets[3 * at : 3 * at + 3] + _length(length) for at, length in enumerate(lengths)]
    return b"\x80" + b"".join(parts)


def _palette_runs(
    colours: Picture, flat: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]"
) -> bytes:
    starts, lengths = _run_lengths(flat)
    found = flat[starts].tolist()
    parts = [
        bytes((index,)) if length == 1 else bytes((index | 128,)) + _length(length)
        for index, length in zip(found, lengths, strict=True)
    ]
    return bytes((128 + len(colours),)) + _blue_green_red(colours) + b"".join(parts)


def _blue_green_red(pixels: Picture) -> bytes:
    return np.ascontiguousarray(pixels).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def _red_green_blue(pixels: Picture) -> bytes:
    return np.ascontiguousarray(pixels).view(np.uint8).reshape(-1, 4)[:, 2::-1].tobytes()


def _deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush(zlib.Z_FULL_FLUSH)


def _compact(length: int) -> bytes:
    if length < 1 << 7:
        return bytes((length,))
    if length < 1 << 14:
        return bytes((length & 127 | 128, length >> 7))
    return bytes((length & 127 | 128, length >> 7 & 127 | 128, length >> 14))


_ENCODERS: Final[dict[Coding, Callable[[bytes, Picture], Piece]]] = {
    Coding.RAW: _raw,
    Coding.ZLIB: _zlib,
    Coding.TIGHT: _tight,
    Coding.ZRLE: _zrle,
}
