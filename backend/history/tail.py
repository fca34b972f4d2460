"""A row of the tail: what was read of one thing in one stretch, as bytes. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.history.blocks import SLOTS, Block, empty
from backend.history.rollup import Span

_ONE: Final = np.dtype([("series", "<u4"), ("span", "<f4", 3)])


def dump(figures: Mapping[int, Span]) -> bytes:
    """Return the figures, by their series' numbers, as bytes."""
    return np.array(list(figures.items()), _ONE).tobytes()


def find(told: bytes, series: int) -> Span | None:
    """Return what such a row tells of one series."""
    row = _parsed(told)
    found = np.flatnonzero(row["series"] == series)
    if not found.size:
        return None
    least, mean, most = row["span"][found[0]].tolist()
    return least, mean, most


def turn(rows: Iterable[tuple[int, bytes]], begin: int, step_s: int) -> dict[int, Block]:
    """Return rows (with their moments) as a block for each series, which begins at `begin`."""
    blocks: dict[int, Block] = {}
    for at, told in rows:
        slot = (at - begin) // step_s
        if not 0 <= slot < SLOTS:
            continue
        row = _parsed(told)
        for series, span in zip(row["series"].tolist(), row["span"], strict=True):
            if series not in blocks:
                blocks[series] = empty()
            blocks[series][:, slot] = span
    return blocks


def _parsed(told: bytes) -> NDArray[np.void]:
    return np.frombuffer(told[: len(told) // _ONE.itemsize * _ONE.itemsize], _ONE)
