"""Rows of what visits told: ours, the peer's, and what of the peer's ours is to be."""

from collections.abc import Callable, Iterator, Mapping

from celadon_bench.beside.crowds import CROWDS
from celadon_bench.beside.programs import OURS, VIRT_MANAGER
from celadon_bench.beside.visits import Told, visits
from celadon_bench.rows import Row

Figure = Callable[[Told], float | None]
"""Of a program on a host; None where that was not measured."""


def rows(name: str, unit: str, figure: Figure, goals: Mapping[str, float]) -> Iterator[Row]:
    """Yield a row for each crowd; `goals` are shares of the peer's figure, by the crowd's name."""
    for crowd in CROWDS:
        told = visits(crowd)
        if not told or (ours := figure(told[OURS.name])) is None:
            continue
        peer = figure(told[VIRT_MANAGER.name]) if VIRT_MANAGER.name in told else None
        goal = goals.get(crowd.name)
        yield Row(
            f"{name}, {crowd.name}", unit, ours, peer,
            VIRT_MANAGER.name if peer is not None else "",
            goal * peer if goal is not None and peer is not None else None,
        )  # fmt: skip
