"""Many stretches of one series as few bytes, and back. Pure.

A block is SLOTS stretches in a row: the least of each, then the means, then the most, as floats of
32 bits, NaN where nothing was read. Of each the last bits are rounded away (a 4000th of the value),
and bytes of the same rank stand together: so zlib has something to find.
"""

import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.history.rollup import SLOTS

_ROUNDED_BITS: Final = 12
_HALF: Final = np.uint32(1 << (_ROUNDED_BITS - 1))
_MASK: Final = np.uint32(2**32 - 2**_ROUNDED_BITS)
_EFFORT: Final = 3

Block = NDArray[np.float32]
"""Of shape (3, SLOTS): least, mean, most."""


class UnreadableBlock(ValueError):
    """These bytes are no block."""


def empty() -> Block:
    """Return a block in which nothing was read."""
    return np.full((3, SLOTS), np.nan, np.float32)


def pack(block: Block) -> bytes:
    """Return the block in few bytes."""
    bits = block.view(np.uint32)
    rounded = np.where(np.isnan(block), bits, (bits + _HALF) & _MASK)
    planes = rounded.astype("<u4").reshape(-1, 1).view(np.uint8).T
    return zlib.compress(np.ascontiguousarray(planes).tobytes(), _EFFORT)


def unpack(data: bytes) -> Block:
    """Return the block that was packed. Raises UnreadableBlock."""
    try:
        planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(4, 3 * SLOTS)
    except (zlib.error, ValueError) as error:
        raise UnreadableBlock(str(error)) from error
    return np.ascontiguousarray(planes.T).view("<f4").reshape(3, SLOTS).astype(np.float32)


def fold(block: Block, times: int) -> Block:
    """Return each so many stretches as one: an array of shape (3, SLOTS / times)."""
    parts = block.reshape(3, -1, times)
    known = ~np.isnan(parts[1])
    count = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        least = np.where(known, parts[0], np.inf).min(axis=1)
        most = np.where(known, parts[2], -np.inf).max(axis=1)
        mean = np.where(known, parts[1], 0.0).sum(axis=1, dtype=np.float64) / count
    folded = np.stack([least, mean, most]).astype(np.float32)
    folded[:, count == 0] = np.nan
    return folded


def known(block: Block) -> list[int]:
    """Return the slots in which something was read."""
    return [int(slot) for slot in np.flatnonzero(~np.isnan(block[1]))]


def over(block: Block, before: Block) -> Block:
    """Return a block over another: where it tells nothing, what was before."""
    return np.where(np.isnan(block), before, block)
