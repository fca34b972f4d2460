"""The tail of the history becomes blocks, and longer stretches with it. Blocking.

Each step is one transaction: whoever is killed leaves the tail, and the next one goes on with it.
"""

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.history import blocks, tail
from backend.history.rollup import SLOTS, Level
from backend.keeping.file import at_once

if TYPE_CHECKING:
    from backend.history.blocks import Block

LONGER: Final = (Level.MINUTES, Level.HOURS)
"""What is made of ten seconds."""
_BY_STEP: Final = {level.step_s: level for level in Level}


@dataclass(frozen=True, slots=True)
class Piece:
    """What of the tail becomes blocks at once: of a thing, of a level, from `begin` on."""

    thing: int
    level: Level
    begin: int


def due(file: sqlite3.Connection, now: float) -> list[Piece]:
    """Return what of the tail makes whole blocks by now."""
    found = file.execute("SELECT DISTINCT thing, step FROM tail").fetchall()
    pieces: list[Piece] = []
    for thing, step in found:
        if level := _BY_STEP.get(step):
            span_s = step * SLOTS
            whole = int(now - 2 * step) // span_s * span_s
            begins = file.execute(
                "SELECT DISTINCT at / ?1 * ?1 FROM tail WHERE thing = ?2 AND step = ?3 AND at < ?4",
                (span_s, thing, step, whole),
            )
            pieces += [Piece(thing, level, begin) for (begin,) in begins]
    return pieces


def settle(file: sqlite3.Connection, piece: Piece) -> None:
    """Have a piece of the tail in blocks and in longer stretches; all of it or nothing."""
    step_s = piece.level.step_s
    where = "WHERE thing = ? AND step = ? AND at >= ? AND at < ?"
    place = (piece.thing, step_s, piece.begin, piece.begin + step_s * SLOTS)
    with at_once(file):
        rows = file.execute(f"SELECT at, told FROM tail {where}", place)  # noqa: S608
        for series, block in tail.turn(rows, piece.begin, step_s).items():
            _merge(file, series, piece.level, piece.begin, block)
            if piece.level is Level.TENS:
                for longer in LONGER:
                    lengthen(file, series, longer, piece.begin, block)
        file.execute(f"DELETE FROM tail {where}", place)  # noqa: S608


def lengthen(
    file: sqlite3.Connection, series: int, longer: Level, begin: int, block: "Block"
) -> None:
    """Have a block of ten seconds, which begins at `begin`, in longer stretches too."""
    folded = blocks.fold(block, longer.step_s // Level.TENS.step_s)
    span_s = longer.step_s * SLOTS
    base = begin // span_s * span_s
    whole, first = blocks.empty(), (begin - base) // longer.step_s
    whole[:, first : first + folded.shape[1]] = folded
    _merge(file, series, longer, base, whole)


def _merge(file: sqlite3.Connection, series: int, level: Level, begin: int, block: "Block") -> None:
    """Write a block over the one that is there, where it has something to tell."""
    place = (series, level.step_s, begin)
    found = file.execute(
        "SELECT rowid, told FROM block WHERE series = ? AND step = ? AND at = ?", place
    ).fetchone()
    if found is None:
        file.execute("INSERT INTO block VALUES (?, ?, ?, ?)", (*place, blocks.pack(block)))
        return
    rowid, told = found
    both = blocks.pack(blocks.over(block, _unpacked(told)))
    file.execute("UPDATE block SET told = ? WHERE rowid = ?", (both, rowid))


def _unpacked(told: bytes) -> "Block":
    try:
        return blocks.unpack(told)
    except blocks.UnreadableBlock:
        return blocks.empty()
