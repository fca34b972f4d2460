"""How long something is waited for: a second counts by how much of it a process gets.

A guest that others leave a tenth of a processor takes ten times as long, and is not late.
"""

import os
import time
from pathlib import Path

_LOAD = Path("/proc/loadavg")


class Patience:
    """So many seconds of a computer that has nothing else to do; asked again and again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._left_s = seconds
        self._asked_at = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether enough was waited, by the load since it was asked last."""
        now = time.monotonic()
        self._left_s -= (now - self._asked_at) * share()
        self._asked_at = now
        return self._left_s < 0


def share() -> float:
    """Return how much of a processor each has that wants one now: at most one."""
    running = int(_LOAD.read_text().split()[3].partition("/")[0])
    return min(1.0, len(os.sched_getaffinity(0)) / max(1, running))
