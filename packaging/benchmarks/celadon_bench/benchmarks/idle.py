"""What the program uses of a processor while its list is shown and nobody does anything.

Both show the list with a CPU graph in each row, read anew each second (the peer is told to: by
itself it asks every three), in windows of one size, no row selected, no details open, the pointer
elsewhere. Ours keeps its history meanwhile, which the peer has not. Counted is the processor time
of the program and all that comes from it, not what it has the hypervisor do.
"""

from typing import Final

from celadon_bench.beside.compared import rows
from celadon_bench.beside.visits import Part, Told, want
from celadon_bench.rows import Row

want(Part.IDLE)
GOALS: Final = {"1,000 machines": 0.05, "10 real guests": 1.0}


def measure() -> tuple[Row, ...]:
    """Return what was measured beside virt-manager."""
    return (
        *rows("CPU while idle", "%", lambda told: told.idle_share * 100, GOALS),
        *rows("wakings while idle", "1/s", _wakings, {}),
    )


def _wakings(told: Told) -> float | None:
    return told.idle_wakings_s
