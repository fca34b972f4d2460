"""How long it takes from the start of the program until its list of machines stands there."""

from typing import Final

from celadon_bench.beside.compared import rows
from celadon_bench.beside.visits import Told
from celadon_bench.rows import Row, percentile

GOALS: Final = {"1 machine": 0.8, "100 machines": 0.8, "1,000 machines": 0.15}


def measure() -> tuple[Row, ...]:
    """Return what was measured beside virt-manager."""
    return tuple(rows("start to list filled, median", "ms", _filled, GOALS))


def _filled(told: Told) -> float | None:
    return percentile(told.filled_ms, 0.5)
