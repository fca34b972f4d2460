"""The history stays in its bound: what is too old goes, and of too much the oldest. Blocking."""

import sqlite3
from typing import Final

from backend.history.blocks import SLOTS
from backend.history.rollup import Level
from backend.keeping.file import at_once, used_bytes

_FULL: Final = 0.9
"""Of the bound. What is left is for what is written until this is looked at again."""
_AT_ONCE: Final = 0.1
"""Of a file that is too full so much of what it has most of goes at once."""


def prune(file: sqlite3.Connection, now: float, bound_bytes: int) -> None:
    """Forget what is too old; then the oldest of what there is most of, while there is too much."""
    with at_once(file):
        for level in Level:
            _forget(file, level, int(now) - level.kept_s - level.step_s * SLOTS)
    while used_bytes(file) > _FULL * bound_bytes:
        with at_once(file):
            if not _forget_most(file):
                return


def _forget(file: sqlite3.Connection, level: Level, before: int) -> int:
    """Forget blocks of a level that begin before that, and what of the tail never became one."""
    file.execute("DELETE FROM tail WHERE step = ? AND at < ?", (level.step_s, before))
    return file.execute(
        "DELETE FROM block WHERE step = ? AND at < ?", (level.step_s, before)
    ).rowcount


def _forget_most(file: sqlite3.Connection) -> bool:
    counts = dict(file.execute("SELECT step, count(*) FROM block GROUP BY step").fetchall())
    if not counts:
        return False
    # Blocks are of much the same size, and to weigh each of them would be to read them all.
    level = max(Level, key=lambda one: counts.get(one.step_s, 0))
    share = max(1, int(counts[level.step_s] * _AT_ONCE))
    question = "SELECT at FROM block WHERE step = ? ORDER BY at LIMIT 1 OFFSET ?"
    (before,) = file.execute(question, (level.step_s, share - 1)).fetchone()
    return _forget(file, level, before + 1) > 0
