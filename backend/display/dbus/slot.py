"""How a reader tells of pictures: slips through a slot, which holds four that nobody took.

What it tells of besides goes by `words`. A slip is taken by whoever paints, in the very thread that
does, and nobody answers it: where the slot is full, the reader waits until it can be written to.
"""

import fcntl
import os
import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

_COUNTS: Final = struct.Struct("<QQII")
_AREA: Final = struct.Struct("<HHHH")
_PAGE: Final = 4096
"""The kernel keeps no less for a pipe (on some machines it keeps more)."""
_SLIP: Final = _PAGE // 4


class Slip(NamedTuple):
    """Parts of a sheet are new: left, top, width and height of each; `sheet` is its number.

    `frames` and `received` count pictures and bytes from the beginning.
    """

    frames: int
    received: int
    sheet: int
    areas: Sequence[tuple[int, int, int, int]]


class Slot:
    """The channel's end; `into` is what the reader is given."""

    def __init__(self) -> None:
        # Ours keeps that other end too: one without it would look as if it could be read for ever.
        self.out, self.into = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        fcntl.fcntl(self.into, fcntl.F_SETPIPE_SZ, _PAGE)

    def take(self) -> list[Slip]:
        """Return the slips that are there, or some of them where they are many."""
        try:
            data = os.read(self.out, _PAGE)
        except BlockingIOError:
            return []
        return [_read(data[at : at + _SLIP]) for at in range(0, len(data), _SLIP)]

    def close(self) -> None:
        """Let go of both ends."""
        os.close(self.out)
        os.close(self.into)


def _read(data: bytes) -> Slip:
    frames, received, sheet, count = _COUNTS.unpack_from(data)
    areas = tuple(_AREA.iter_unpack(data[_COUNTS.size : _COUNTS.size + count * _AREA.size]))
    return Slip(frames, received, sheet, areas)


def put(into: int, slip: Slip) -> None:
    """Tell of a picture. Raises BlockingIOError where there is no room, OSError."""
    data = _COUNTS.pack(slip.frames, slip.received, slip.sheet, len(slip.areas))
    for area in slip.areas:
        data += _AREA.pack(*area)
    os.write(into, data.ljust(_SLIP, b"\0"))
