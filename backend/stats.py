"""Samples while someone listens: rates from counters.

Pure over the raw figures (virConnectGetAllDomainStats's names) and a clock; `backend.host` reads
them.
"""

from collections.abc import Mapping
from typing import Any

from backend.model import Ref, Sample

_KIB = 1024


class Meter:
    """One machine's counters, read again and again."""

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._before: tuple[float, Mapping[str, Any]] | None = None

    def read(self, at: float, figures: Mapping[str, Any], processors: int) -> Sample:
        """Return the sample at monotonic second `at` of a machine with so many processors.

        The first one has no rates.
        """
        before, self._before = self._before, (at, figures)
        since = at - before[0] if before else 0.0
        earlier = before[1] if before else {}

        def rate(group: str, name: str) -> float | None:
            now, then = _sum(figures, group, name), _sum(earlier, group, name)
            if now is None or then is None or since <= 0 or now < then:
                return None  # the first reading, or the counters began anew
            return (now - then) / since

        return Sample(
            ref=self._ref,
            at=at,
            cpu=_cpu(figures, earlier, since * processors),
            memory_used_bytes=_memory_used(figures),
            memory_assigned_bytes=_kib(figures.get("balloon.current")),
            disk_read_bytes_s=rate("block", "rd.bytes"),
            disk_write_bytes_s=rate("block", "wr.bytes"),
            network_in_bytes_s=rate("net", "rx.bytes"),
            network_out_bytes_s=rate("net", "tx.bytes"),
        )


def _cpu(now: Mapping[str, Any], then: Mapping[str, Any], possible_s: float) -> float | None:
    if "cpu.time" not in now or "cpu.time" not in then or possible_s <= 0:
        return None
    used_ns = now["cpu.time"] - then["cpu.time"]
    if used_ns < 0:
        return None
    return float(min(1.0, used_ns / (possible_s * 1e9)))


def _memory_used(figures: Mapping[str, Any]) -> int | None:
    # What the guest says it uses, if its balloon driver tells.
    available, unused = figures.get("balloon.available"), figures.get("balloon.usable")
    if available is None or unused is None:
        return None
    return int((available - unused) * _KIB)


def _kib(figure: Any) -> int | None:
    return None if figure is None else int(figure) * _KIB


def _sum(figures: Mapping[str, Any], group: str, name: str) -> float | None:
    count = figures.get(f"{group}.count")
    if count is None:
        return None
    return float(sum(figures.get(f"{group}.{index}.{name}", 0) for index in range(count)))
