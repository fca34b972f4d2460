"""A host's own sample from its counters. Pure, like `stats`."""

from collections.abc import Mapping
from typing import Final

from backend import pressure
from backend.measures import Measure, Place
from backend.model import Ref
from backend.series import NO_FIGURES, Sample

_HELD_S: Final = 30.0
"""So long what was read seldom still is so: three times missed, nobody knows."""
_KIB: Final = 1024
_US: Final = 1e-6
_PAGE_BYTES: Final = 4096
_IDLE: Final = ("idle.ns", "iowait.ns")
_TIMES: Final = ("kernel.ns", "user.ns", "intr.ns", *_IDLE)
_CACHED: Final = ("free", "buffers", "cached")
_RATES: Final[Mapping[str, tuple[Measure, float]]] = {
    "cpu.some": (Measure.PRESSURE_CPU, _US),
    "memory.some": (Measure.PRESSURE_MEMORY, _US),
    "memory.full": (Measure.PRESSURE_MEMORY_FULL, _US),
    "io.some": (Measure.PRESSURE_DISK, _US),
    "io.full": (Measure.PRESSURE_DISK_FULL, _US),
    "swap.in": (Measure.HOST_SWAP_IN, _PAGE_BYTES),
    "swap.out": (Measure.HOST_SWAP_OUT, _PAGE_BYTES),
}

Counters = Mapping[str, int]


class HostMeter:
    """A host's counters, read again and again."""

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._before: Mapping[str, Counters] = {}
        self._waited: tuple[float, Counters] = (0.0, {})
        self._held: Mapping[Place, float] = NO_FIGURES
        self._shared_kib = 0

    def read(
        self, at: float, told: Mapping[str, Counters], waited: Counters, when: float = 0.0
    ) -> Sample:
        """Return the sample at monotonic second `at`, which is `when` in Unix seconds.

        `told` are the figures of each NUMA node, of "" for all; `waited` is what `pressure` reads,
        empty if that was not read now.
        """
        figures: dict[Place, float] = {}
        self._shared_kib = waited.get("shared", self._shared_kib)
        for node, raw in told.items():
            figures |= _processors(node, raw, self._before.get(node, {}))
            figures |= _memory(node, raw, self._shared_kib)
        self._before = told
        if waited:
            self._held = self._pressure(at, waited)
            return Sample(self._ref, at, figures | self._held, when=when)
        if at - self._waited[0] > _HELD_S:
            self._held = NO_FIGURES
        return Sample(self._ref, at, figures, self._held, when)

    def _pressure(self, at: float, waited: Counters) -> dict[Place, float]:
        (before_at, before), self._waited = self._waited, (at, waited)
        since_s = at - before_at
        figures: dict[Place, float] = {}
        for name, (measure, scale) in _RATES.items():
            grown = waited.get(name, 0) - before.get(name, 0)
            if name in waited and name in before and grown >= 0 and since_s > 0:
                rate = grown * scale / since_s
                figures[measure, ""] = min(1.0, rate) if scale == _US else rate
        return figures | _disks(waited)


def _disks(waited: Counters) -> dict[Place, float]:
    figures: dict[Place, float] = {}
    for name, used_kib in waited.items():
        if name.startswith(pressure.USED):
            place = name.removeprefix(pressure.USED)
            size_kib = used_kib + waited.get(pressure.FREE + place, 0)
            figures[Measure.HOST_FILESYSTEM_USED, place] = float(used_kib * _KIB)
            figures[Measure.HOST_FILESYSTEM_SIZE, place] = float(size_kib * _KIB)
    return figures


def _processors(node: str, raw: Counters, before: Counters) -> dict[Place, float]:
    spent = {name: raw[name] - before[name] for name in _TIMES if name in raw and name in before}
    total = sum(spent.values())
    if total <= 0 or min(spent.values()) < 0 or "idle.ns" not in spent:
        return {}
    idle = sum(spent.get(name, 0) for name in _IDLE)
    if node:
        return {(Measure.NODE_CPU, node): 1 - idle / total}
    shares = {(Measure.HOST_CPU, ""): 1 - idle / total}
    if "iowait.ns" in spent:
        shares[Measure.HOST_CPU_WAITING, ""] = spent["iowait.ns"] / total
    return shares


def _memory(node: str, raw: Counters, shared_kib: int) -> dict[Place, float]:
    """Return how much is in use; of the whole host what only caches use is not.

    The kernel counts among its cache what is shared, as a machine's memory with virtiofs is: that
    is not given back.
    """
    if "total" not in raw or "free" not in raw:
        return {}
    size = float(raw["total"]) * _KIB
    shared_kib = min(shared_kib, raw.get("cached", 0))
    used = size - (sum(raw.get(name, 0) for name in _CACHED) - shared_kib) * _KIB
    if node:
        return {(Measure.NODE_MEMORY_SIZE, node): size, (Measure.NODE_MEMORY_USED, node): used}
    return {(Measure.HOST_MEMORY_SIZE, ""): size, (Measure.HOST_MEMORY_USED, ""): used}
