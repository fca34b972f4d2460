from collections.abc import Callable
from typing import Any

import pytest
from typing_extensions import override

from backend.errors import ConnectionLost
from backend.host import bearing
from backend.host.bearing import Bearing
from backend.host.turns import Wanted
from backend.hypervisor import host_figures
from backend.hypervisor.connection import Connection
from backend.measures import Measure

LOOKED_AT, KEPT = Wanted(is_host_watched=True), Wanted(is_kept=True)


class Monitor(Connection):
    def __init__(self) -> None:
        super().__init__("t", lambda: "", threads=1)

    @override
    async def call(self, function: Callable[[Any], Any], *, deadline_s: float = 5.0) -> Any:
        return function(None)


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now + 1e9


class Told:
    """What was asked of the host, and how far away it is."""

    def __init__(self) -> None:
        self.hosts = self.pressures = self.nodes = 0
        self.is_near = self.does_answer = True

    def read_host(self, _connect: Any, _nodes: Any) -> host_figures.HostFigures:
        self.hosts += 1
        return {"": {"user.ns": self.hosts, "idle.ns": self.hosts * 3, "total": 8, "free": 2}}

    def read_pressure(self, _connect: Any) -> str:
        self.pressures += 1
        said = f"/proc/pressure/io:some avg10=0 total={self.pressures * 1_000_000}"
        return said if self.does_answer else ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bearing, "time", clock)
    return clock


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Told:
    told = Told()
    monkeypatch.setattr(host_figures, "read_host", told.read_host)
    monkeypatch.setattr(host_figures, "read_pressure", told.read_pressure)
    monkeypatch.setattr(host_figures, "is_near", lambda _connect: told.is_near)
    monkeypatch.setattr(host_figures, "read_nodes", lambda _connect: {})
    return told


async def test_nobody_wants_it_or_it_is_too_soon(told: Told, clock: Clock) -> None:
    one = Bearing("h", Monitor())
    assert await one.read(Wanted(singles=frozenset("a"))) is None
    assert await one.read(KEPT)
    clock.now += 4
    assert await one.read(KEPT) is None
    assert await one.read(LOOKED_AT)
    assert told.hosts == 2


async def test_it_is_told_by_the_clock_and_with_its_pressure(told: Told, clock: Clock) -> None:
    one = Bearing("h", Monitor())
    await one.read(LOOKED_AT)
    clock.now += 2
    sample = await one.read(LOOKED_AT)
    assert sample
    assert (sample.at, sample.when) == (1002.0, 1002.0 + 1e9)
    assert sample.figure(Measure.HOST_CPU) == 0.25
    assert sample.figure(Measure.PRESSURE_DISK) == 0.5


@pytest.mark.parametrize("does_answer", [True, False])
async def test_a_computer_far_away_is_asked_for_pressure_every_ten_seconds(
    does_answer: bool, told: Told, clock: Clock
) -> None:
    told.is_near, told.does_answer = False, does_answer
    one = Bearing("h", Monitor())
    for _ in range(21):
        await one.read(LOOKED_AT)
        clock.now += 1
    assert (told.hosts, told.pressures) == (21, 3)


async def test_nodes_that_nobody_tells_are_none(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_connect: Any) -> None:
        raise ConnectionLost

    monkeypatch.setattr(host_figures, "read_nodes", lost)
    assert await Bearing("h", Monitor()).read(KEPT)
