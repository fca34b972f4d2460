"""The history stays in its bound: what is too old goes, and of too much the oldest. Blocking."""

import sqlite3
from typing import Final

from backend.history.rollup import SLOTS, Level
from backend.keeping import clock
from backend.keeping.file import at_once, used_bytes

_FULL: Final = 0.9
"""Of the bound. What is left is for what is written until this is looked at again."""
_AT_ONCE: Final = 0.1
"""Of a file that is too full so much of what it has most of goes at once."""


def prune(file: sqlite3.Connection, now: float, bound_bytes: int) -> None:
    """Forget what is too old; then the oldest of what there is most of, while there is too much.

    Series of which nothing is left go with it. What a clock makes old that leapt ahead is kept.
    """
    with at_once(file):
        if clock.is_believed(file, now, _newest(file)):
            for level in Level:
                _forget(file, level, int(now) - level.kept_s - level.step_s * SLOTS)
        _forget_names(file)
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


def _newest(file: sqlite3.Connection) -> float | None:
    """Return when the last stretch began of which something is kept."""
    question = (
        "SELECT max(newest) FROM (SELECT max(at) AS newest FROM tail"
        " UNION ALL SELECT max(at) FROM block)"
    )
    (found,) = file.execute(question).fetchone()
    return None if found is None else float(found)


def _forget_names(file: sqlite3.Connection) -> None:
    """Forget series without blocks of things without a tail, and things without series.

    What is still in the tail of a thing may be of any of its series.
    """
    file.execute(
        "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM block WHERE series = series.id)"
        " AND NOT EXISTS (SELECT 1 FROM tail WHERE tail.thing = series.thing)"
    )
    file.execute(
        "DELETE FROM thing WHERE NOT EXISTS (SELECT 1 FROM series WHERE series.thing = thing.id)"
        " AND NOT EXISTS (SELECT 1 FROM tail WHERE tail.thing = thing.id)"
    )


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
