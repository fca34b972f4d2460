"""Samples while someone listens: rates from counters.

Pure over the raw figures (virConnectGetAllDomainStats's names) and a clock; `backend.host` reads
them.
"""

from collections.abc import Mapping
from typing import Any

from backend.model import Ref, Sample
from backend.traffic import Traffic

_KIB = 1024
_RUNNING = frozenset({None, 1, 2})
"""virDomainState: running, blocked; None where the host does not tell."""


class Meter:
    """One machine's counters, read again and again; not every reading has all of them."""

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._before: tuple[float, Mapping[str, Any]] | None = None
        self._counted: dict[str, tuple[float, float]] = {}
        self._rates: dict[str, float | None] = {}

    def read(self, at: float, figures: Mapping[str, Any], processors: int) -> Sample:
        """Return the sample at monotonic second `at` of a machine with so many processors.

        The first one has no rates. The rate of a counter that was not read now is that of the last
        time it was.
        """
        if figures.get("state.state") not in _RUNNING:
            # No rate over a time in which it stood still.
            self._before, self._counted, self._rates = None, {}, {}
            return Sample(self._ref, at, memory_assigned_bytes=_kib(figures.get("balloon.current")))
        before, self._before = self._before, (at, figures)
        since = at - before[0] if before else 0.0
        earlier = before[1] if before else {}

        def rate(group: str, name: str) -> float | None:
            counter = f"{group}.{name}"
            now = _sum(figures, group, name)
            if now is not None:
                then = self._counted.get(counter)
                self._rates[counter] = _per_second(then, (at, now))
                self._counted[counter] = (at, now)
            return self._rates.get(counter)

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
            drives=_traffic(figures, earlier, since, "block", ("rd.bytes", "wr.bytes")),
            adapters=_traffic(figures, earlier, since, "net", ("rx.bytes", "tx.bytes")),
        )


def _per_second(then: tuple[float, float] | None, now: tuple[float, float]) -> float | None:
    if then is None or now[0] <= then[0] or now[1] < then[1]:
        return None  # the first reading, or the counters began anew
    return (now[1] - then[1]) / (now[0] - then[0])


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


def _traffic(
    now: Mapping[str, Any],
    then: Mapping[str, Any],
    since_s: float,
    group: str,
    ways: tuple[str, str],
) -> tuple[Traffic, ...]:
    """Return what went through each device that was there both times."""
    before = _counters(then, group, ways)
    found = []
    for device, (came, went) in _counters(now, group, ways).items():
        earlier = before.get(device)
        if earlier and since_s > 0 and came >= earlier[0] and went >= earlier[1]:
            rates = (came - earlier[0]) / since_s, (went - earlier[1]) / since_s
            found.append(Traffic(device, *rates))
    return tuple(found)


def _counters(
    figures: Mapping[str, Any], group: str, ways: tuple[str, str]
) -> dict[str, tuple[int, int]]:
    return {
        str(figures[name]): (
            int(figures.get(f"{group}.{index}.{ways[0]}", 0)),
            int(figures.get(f"{group}.{index}.{ways[1]}", 0)),
        )
        for index in range(int(figures.get(f"{group}.count", 0)))
        if (name := f"{group}.{index}.name") in figures
    }
