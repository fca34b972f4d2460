"""What was measured of a viewer, and the rows that become of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from celadon_bench.rows import Row, percentile

OURS = "Celadon"


@dataclass(frozen=True, slots=True)
class Painted:
    """What a viewer painted in a time, and the processor time that it used for it."""

    seconds: float
    used_s: float
    updates: int
    pixels: int
    received_bytes: int

    def __add__(self, other: "Painted") -> "Painted":
        return Painted(
            self.seconds + other.seconds,
            self.used_s + other.used_s,
            self.updates + other.updates,
            self.pixels + other.pixels,
            self.received_bytes + other.received_bytes,
        )

    @property
    def cost_ms(self) -> float:
        """Processor time in ms for a megapixel."""
        return self.used_s * 1e9 / self.pixels if self.pixels else 0.0

    @property
    def rate(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds


def best(costs: Mapping[str, float]) -> str:
    """Return who of the peers has the least; "" if there is none."""
    peers = {name: cost for name, cost in costs.items() if name != OURS and cost > 0}
    return min(peers, key=peers.__getitem__, default="")


def beside(
    name: str, unit: str, figures: Mapping[str, float], goal: float | None = None
) -> Iterator[Row]:
    """Yield ours beside each peer, if there are ours; the goal stands beside the best of them."""
    if OURS not in figures:
        return
    ours = figures[OURS]
    peers = [peer for peer in figures if peer != OURS]
    first = best(figures)
    if not peers:
        yield Row(name, unit, ours, goal=goal)
    for peer in sorted(peers, key=lambda peer: peer != first):
        yield Row(name, unit, ours, figures[peer], peer, goal if peer == first else None)


def painted_rows(
    name: str, painted: Mapping[str, Painted], goal: float | None = None
) -> Iterator[Row]:
    """Yield what a megapixel costs, with that goal, and how many frames there were."""
    costs = {viewer: one.cost_ms for viewer, one in painted.items()}
    yield from beside(f"{name}, CPU per megapixel", "ms", costs, goal)
    for row in beside(f"{name}, frames", "1/s", {v: one.rate for v, one in painted.items()}):
        yield Row(row.name, row.unit, row.ours, row.peer, row.peer_name, more_is_better=True)


def took_rows(
    name: str, took: Mapping[str, Sequence[float]], goal: float | None = None
) -> Iterator[Row]:
    """Yield the median of times in ms, with that goal, and what 95 of 100 stay below."""
    seen = {viewer: times for viewer, times in took.items() if times}
    yield from beside(
        f"{name}, median", "ms", {v: percentile(times, 0.5) for v, times in seen.items()}, goal
    )
    yield from beside(
        f"{name}, p95", "ms", {v: percentile(times, 0.95) for v, times in seen.items()}
    )
