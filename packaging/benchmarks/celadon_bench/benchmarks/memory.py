"""The memory that the program takes with its list shown.

A second after the list stood there, with a CPU graph in each row, none selected and the pointer
elsewhere; what holds for it, and later, is told beside, without a goal. Both windows have one size,
and the peer has opened no machine either. Figures are true on a computer where nothing else runs: a
library that others have loaded too is counted in parts, and whoever runs Qt makes ours look small.
"""

from typing import Final

from celadon_bench.beside.compared import rows
from celadon_bench.beside.visits import Part, Told, want
from celadon_bench.rows import Row

want(Part.MEMORY)
GOALS: Final = {"1,000 machines": 0.8, "10 real guests": 1.5}
_MIB: Final = 1 << 20


def measure() -> tuple[Row, ...]:
    """Return what was measured beside virt-manager."""
    return (
        *rows("memory with the list shown", "MiB", lambda told: told.memory_bytes / _MIB, GOALS),
        *rows("of it its own", "MiB", lambda told: told.own_bytes / _MIB, {}),
        *rows("memory after idling", "MiB", _later, {}),
    )


def _later(told: Told) -> float | None:
    # With the list alone idling is not waited for.
    return told.idled_bytes / _MIB or None
