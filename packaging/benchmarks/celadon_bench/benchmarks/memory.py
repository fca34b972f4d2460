"""The memory that the program takes with its list shown."""

from typing import Final

from celadon_bench.beside.compared import rows
from celadon_bench.beside.visits import Part, Told, want
from celadon_bench.rows import Row

want(Part.MEMORY)
GOALS: Final = {"1,000 machines": 0.8, "10 real guests": 1.5}
_MIB: Final = 1 << 20


def measure() -> tuple[Row, ...]:
    """Return what was measured beside virt-manager."""
    return tuple(rows("memory with the list shown", "MiB", _memory, GOALS))


def _memory(told: Told) -> float | None:
    return told.memory_bytes / _MIB
