"""Whether the computer's clock can be believed where something old is to be forgotten. Blocking.

A clock that was set wrong leaps years ahead, and by it all that was ever kept is old. So it is
believed only once it has gone on from there for a while. Who was away for some weeks is no clock
that leapt: programs that are opened every other day would keep for ever what is old.
"""

import sqlite3
from typing import Final

LEAP_S: Final = 31 * 86_400.0
TRIED_S: Final = 3 * 86_400.0
"""So long it has to go on after a leap, in steps that are none."""


def is_believed(file: sqlite3.Connection, now: float, newest: float | None) -> bool:
    """Return whether what is old at `now` is to be forgotten; the file remembers the last `now`.

    `newest` is the moment of the newest that is kept, None where nothing is. Away for longer than
    a month looks like a leap too, and then all is kept for some days more.
    """
    file.execute("CREATE TABLE IF NOT EXISTS clock (seen REAL NOT NULL, passed REAL NOT NULL)")
    found = file.execute("SELECT seen, passed FROM clock").fetchone()
    seen, passed = found or (now if newest is None else newest, TRIED_S)
    step = now - seen
    passed = 0.0 if step > LEAP_S else min(TRIED_S, passed + max(0.0, step))
    file.execute("DELETE FROM clock")
    file.execute("INSERT INTO clock VALUES (?, ?)", (now, passed))
    return bool(passed >= TRIED_S)
