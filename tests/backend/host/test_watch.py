"""The watcher on a monitor of our own making: what libvirt would answer, and when it does not."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from typing_extensions import override

from backend.errors import ConnectionLost
from backend.host import turns, watch
from backend.host.bearing import Bearing
from backend.host.guests import Guests
from backend.host.turns import Wanted
from backend.host.watch import Watcher
from backend.hypervisor import figures
from backend.hypervisor.connection import Connection
from backend.inventory import Inventory
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.series import Sample

HOST = Ref("h", Kind.HOST, "h")
A, B = Ref("h", Kind.DOMAIN, "a"), Ref("h", Kind.DOMAIN, "b")


class Monitor(Connection):
    """Answers at once, except for the machines that are stuck."""

    def __init__(self) -> None:
        super().__init__("t", lambda: "", threads=1)
        self.stuck: set[str] = set()
        self.asked: list[tuple[set[str], int]] = []
        self.is_over = threading.Event()

    @override
    async def call(self, function: Callable[[Any], Any], *, deadline_s: float = 5.0) -> Any:
        if not self.stuck:
            return function(self)
        return await self._workers.run(lambda: function(self), deadline_s=0.02)


@pytest.fixture
def monitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Monitor]:
    def read_some(monitor: Monitor, uuids: Any, groups: int) -> dict[str, Any]:
        if monitor.stuck & set(uuids):
            monitor.is_over.wait(20)
        monitor.asked.append((set(uuids), groups))
        told = {"cpu.time": len(monitor.asked) * 10**9}
        return {uuid: (time.monotonic(), told) for uuid in uuids}

    def read_guest(_connect: Any, ref: Ref) -> Guest:
        return Guest(ref, does_agent_answer=True)

    monkeypatch.setattr(figures, "read_some", read_some)
    monkeypatch.setattr(figures, "wait_for_answer", lambda c, uuid: read_some(c, [uuid], 0))

    async def read_host(_bearing: Bearing, _wanted: Wanted) -> Sample | None:
        return None

    monkeypatch.setattr(Bearing, "read", read_host)
    monkeypatch.setattr(figures, "read_guest", read_guest)
    monkeypatch.setattr(figures, "read_inside", lambda _connect, _uuid: {})
    monkeypatch.setattr(turns, "WATCHED_S", 0.01)
    made = Monitor()
    yield made
    made.is_over.set()
    made.close()


@pytest.fixture
async def rig(
    monitor: Monitor,
) -> AsyncIterator[tuple[Watcher, Inventory, list[Sample], list[Ref]]]:
    inventory, samples, marked = Inventory(), list[Sample](), list[Ref]()
    for ref in (A, B):
        inventory.put(Domain(ref, ref.key, DomainState.RUNNING))
    guests = Guests(monitor, marked.append)
    watcher = Watcher("h", inventory, monitor, guests, samples.extend)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(watcher.run())
        yield watcher, inventory, samples, marked
        running.cancel()


async def settle() -> None:
    await asyncio.sleep(0.2)


async def test_nobody_looks_and_nothing_is_asked(rig: Any, monitor: Monitor) -> None:
    await settle()
    assert monitor.asked == []


async def test_a_host_is_read_cheaply_for_all_its_machines(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, _, samples, _ = rig
    monkeypatch.setattr(turns, "IN_TURN", 1)
    watcher.watch(HOST)
    await settle()
    assert {sample.ref for sample in samples} == {A, B}
    assert {groups for _, groups in monitor.asked} == {figures.LISTED, figures.FULL}
    in_turn = [uuids for uuids, groups in monitor.asked if groups == figures.FULL]
    assert in_turn[:3] == [{"a"}, {"b"}, {"a"}]


async def test_disks_are_read_of_a_few_machines_in_turn(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, inventory, *_ = rig
    monkeypatch.setattr(turns, "IN_TURN", 2)
    for name in "cde":
        inventory.put(Domain(Ref("h", Kind.DOMAIN, name), name, DomainState.RUNNING))
    watcher.watch(HOST)
    await settle()
    read = [uuids for uuids, groups in monitor.asked if groups & figures.BLOCK]
    assert read[:4] == [{"a", "b"}, {"c", "d"}, {"e", "a"}, {"b", "c"}]
    both = [uuids for uuids, _ in monitor.asked[:2]]
    assert both[0] | both[1] == set("abcde")
    assert not both[0] & both[1]


async def test_a_call_is_for_so_many_as_its_deadline_is_for(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, inventory, samples, _ = rig
    monkeypatch.setattr(watch, "_CHEAP_TOGETHER", 2)
    monkeypatch.setattr(turns, "IN_TURN", 1)
    for name in "cde":
        inventory.put(Domain(Ref("h", Kind.DOMAIN, name), name, DomainState.RUNNING))
    watcher.watch(HOST)
    await settle()
    asked = [uuids for uuids, groups in monitor.asked[:3] if groups == figures.LISTED]
    assert asked == [{"b", "c"}, {"d", "e"}]
    assert {sample.ref.key for sample in samples} == set("abcde")


async def test_a_single_machine_is_read_fully_with_its_guest(rig: Any, monitor: Monitor) -> None:
    watcher, inventory, samples, _ = rig
    watcher.watch(A)
    await settle()
    assert {sample.ref for sample in samples} == {A}
    assert monitor.asked[0] == ({"a"}, figures.FULL)
    assert inventory.find(A.of(Kind.GUEST), Guest)


async def test_when_the_last_one_looks_away_asking_ends(rig: Any, monitor: Monitor) -> None:
    watcher, *_ = rig
    watcher.watch(HOST)
    watcher.watch(HOST)
    await settle()
    watcher.unwatch(HOST)
    await settle()
    count = len(monitor.asked)
    await settle()
    assert len(monitor.asked) > count
    watcher.unwatch(HOST)
    await settle()
    count = len(monitor.asked)
    await settle()
    assert len(monitor.asked) == count


async def test_a_stuck_machine_is_set_apart_and_the_others_go_on(
    rig: Any, monitor: Monitor
) -> None:
    watcher, _, samples, marked = rig
    monitor.stuck = {"a"}
    watcher.watch(HOST)
    await settle()
    assert watcher._guests.is_stuck(A)
    assert not watcher._guests.is_stuck(B)
    assert A in marked
    assert monitor.asked[-1][0] == {"b"}
    assert B in {sample.ref for sample in samples}


async def test_for_the_history_all_are_read_fully_and_who_looks_does_not_wait(
    rig: Any, monitor: Monitor
) -> None:
    watcher, inventory, samples, _ = rig
    watcher.keep()
    await settle()
    assert monitor.asked == [({"a", "b"}, figures.FULL)], "and not again for ten seconds"
    assert inventory.find(A.of(Kind.GUEST), Guest) is None
    watcher.watch(A)
    await settle()
    assert monitor.asked[1] == ({"a"}, figures.FULL)
    assert {sample.ref for sample in samples[2:]} == {A}


async def test_who_is_looked_at_comes_first(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, *_ = rig
    monkeypatch.setattr(watch, "_TOGETHER", 1)
    watcher.watch(HOST)
    watcher.watch(B)
    await settle()
    assert [uuids for uuids, _ in monitor.asked[:2]] == [{"b"}, {"a"}]


def test_a_slow_host_is_left_in_peace_for_as_long_as_it_took() -> None:
    assert watch.pause_s(1.0, 0.2, 0) == pytest.approx(0.8)
    assert watch.pause_s(1.0, 2.5, 0) == 2.5
    assert watch.pause_s(10.0, 2.5, 0) == 7.5
    assert [watch.pause_s(1.0, 0.0, failed) for failed in (1, 3, 9)] == [2.0, 8.0, 30.0]
    assert watch.pause_s(1.0, 0.0, 2000) == 30.0, "of a host that fails all night"


async def test_the_host_itself_is_told_and_its_failure_costs_the_machines_nothing(
    rig: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, _, samples, _ = rig
    readings: list[Sample | None] = [Sample(HOST, 1.0)]

    async def read_host(_bearing: Bearing, _wanted: Wanted) -> Sample | None:
        if not readings:
            raise ConnectionLost
        return readings.pop()

    monkeypatch.setattr(Bearing, "read", read_host)
    watcher.watch(HOST)
    await settle()
    assert HOST in {sample.ref for sample in samples}
    count = len(samples)
    await asyncio.sleep(0.3)
    assert len(samples) > count


async def _looked_at(watcher: Watcher, held_up_s: float) -> list[tuple[set[str], float]]:
    """Return what was told at a look, whose host's own figures come so late, and when."""
    told: list[tuple[set[str], float]] = []
    began = asyncio.get_running_loop().time()

    def tell(samples: tuple[Sample, ...]) -> None:
        told.append((keys(samples), asyncio.get_running_loop().time() - began))

    async def read_host(_wanted: Wanted) -> Sample:
        await asyncio.sleep(held_up_s)
        return Sample(HOST, 1.0)

    watcher._tell = tell
    watcher._bearing.read = read_host  # type: ignore[method-assign, assignment]
    watcher._watched[HOST] += 1
    await watcher._tick()
    return told


def keys(samples: tuple[Sample, ...]) -> set[str]:
    return {sample.ref.key for sample in samples}


async def test_what_is_read_at_one_look_is_told_at_once(rig: Any, monitor: Monitor) -> None:
    watcher, *_ = rig
    ((told, _when),) = await _looked_at(watcher, 0.0)
    assert told == {"h", "a", "b"}


@pytest.mark.parametrize("few", [1, watch._FEW])
async def test_nobody_waits_for_one_who_is_slow(
    few: int, rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, *_ = rig
    monkeypatch.setattr(watch, "_FEW", few)
    told = await _looked_at(watcher, 3 * watch._GATHERED_S)
    assert [who for who, _when in told] == [{"a", "b"}, {"h"}]


async def test_a_few_machines_are_asked_by_one_call(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, *_ = rig
    monkeypatch.setattr(turns, "IN_TURN", 1)
    calls: list[object] = []
    call = monitor.call

    async def counted(function: Callable[[Any], Any], *, deadline_s: float = 5.0) -> Any:
        calls.append(function)
        return await call(function, deadline_s=deadline_s)

    monkeypatch.setattr(monitor, "call", counted)
    await _looked_at(watcher, 0.0)
    assert len(calls) == 1
    assert [groups for _, groups in monitor.asked] == [figures.FULL, figures.LISTED]
    monkeypatch.setattr(watch, "_FEW", 1)
    await _looked_at(watcher, 0.0)
    assert len(calls) == 3


async def test_who_held_it_up_makes_nobody_wait_once_more(
    rig: Any, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, *_ = rig
    paused: list[float] = []

    def pause_s(_interval_s: float, took_s: float, _failed: int) -> float:
        paused.append(took_s)
        return 0.01

    monkeypatch.setattr(watch, "pause_s", pause_s)
    monitor.stuck = {"a"}
    watcher.watch(HOST)
    async with asyncio.timeout(10):
        while len(paused) < 3:
            await asyncio.sleep(0.01)
    assert paused[0] == 0.0
    assert all(took_s > 0 for took_s in paused[1:])
