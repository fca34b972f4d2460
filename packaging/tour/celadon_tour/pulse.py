"""The guest's heartbeat while something was done to it, as the window tells it."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_TOLD = re.compile(r"longest gap ([\d.,]+) ms while \w+, ([\d.,]+) ms before")


@dataclass(frozen=True, slots=True)
class Gaps:
    """The longest gap between two beats of the guest left alone, and of the guest meanwhile."""

    idle_gap_ms: float
    hot_add_gap_ms: float

    @property
    def ratio(self) -> float:
        """How many times longer the second is."""
        return round(self.hot_add_gap_ms / self.idle_gap_ms, 2)


def gaps(told: str) -> Gaps | None:
    """Return what the window says in words; None if it says that nothing was measured."""
    found = _TOLD.search(told)
    if found is None:
        return None
    since, before = (float(re.sub(r"\D", "", number)) for number in found.groups())
    return Gaps(before, since) if before else None


def median(all_of_them: Sequence[Gaps]) -> dict[str, float]:
    """Return the medians: of one, it itself. There has to be one."""
    return {
        "idle_gap_ms": statistics.median(one.idle_gap_ms for one in all_of_them),
        "hot_add_gap_ms": statistics.median(one.hot_add_gap_ms for one in all_of_them),
        "ratio": round(statistics.median(one.ratio for one in all_of_them), 2),
    }
