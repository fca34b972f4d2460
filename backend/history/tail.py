"""A row of the tail: what was read of one thing in one stretch, as bytes. Pure.

Without numpy, which takes 11 MiB and a tenth of a second: a program whose list stands there all day
writes rows, and needs it once an hour.
"""

import contextlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from backend.history import blocks
from backend.history.rollup import SLOTS, Span

if TYPE_CHECKING:
    from backend.history.blocks import Block

_ONE: Final = struct.Struct("<I3f")
"""The number of a series; the least of it, the mean, the most."""


def dump(figures: Mapping[int, Span]) -> bytes:
    """Return the figures, by their series' numbers, as bytes; without what is beyond 32 bits."""
    told: list[bytes] = []
    for series, span in figures.items():
        with contextlib.suppress(OverflowError):
            told.append(_ONE.pack(series, *span))
    return b"".join(told)


def find(told: bytes, series: int) -> Span | None:
    """Return what such a row tells of one series."""
    for number, least, mean, most in _parsed(told):
        if number == series:
            return least, mean, most
    return None


def turn(rows: Iterable[tuple[int, bytes]], begin: int, step_s: int) -> "dict[int, Block]":
    """Return rows (with their moments) as a block for each series, which begins at `begin`."""
    turned: dict[int, Block] = {}
    for at, told in rows:
        slot = (at - begin) // step_s
        if not 0 <= slot < SLOTS:
            continue
        for series, *span in _parsed(told):
            if series not in turned:
                turned[series] = blocks.empty()
            turned[series][:, slot] = span
    return turned


def _parsed(told: bytes) -> Iterator[tuple[int, float, float, float]]:
    return _ONE.iter_unpack(told[: len(told) // _ONE.size * _ONE.size])
