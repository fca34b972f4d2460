import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from backend.alerts import keeper as module
from backend.alerts.keeper import AlertKeeper
from backend.inventory import Inventory
from backend.journal.entry import Entry, What
from backend.journal.keeper import Journal
from backend.measures import Measure, Unit
from backend.model import Alerts, Domain, DomainState, Host, HostState, Kind, Ref, StoragePool
from backend.series import Sample
from backend.thresholds import Rules, Silence, Threshold
from tests.fakes.machines import domain

HOST = Ref("t", Kind.HOST, "t")
CPU = Threshold("cpu", Measure.CPU, 0.9, Unit.SHARE, duration_s=1.0)


class Room:
    """A keeper of alerts on an inventory that a test fills."""

    def __init__(self) -> None:
        self.journal = Journal(None)
        self.inventory = Inventory()
        self.keeper = AlertKeeper(self.inventory, self.journal)
        self.inventory.subscribe(self.keeper.on_change)
        self.keeper.use(Rules((CPU,)))
        self.inventory.put(Host(HOST, "Test", "test:///x", HostState.CONNECTED))
        made = domain("web-01", DomainState.RUNNING)
        self.vm: Domain = replace(made, ref=Ref("t", Kind.DOMAIN, made.ref.key))
        self.inventory.put(self.vm)

    def read(self, cpu: float, begin: float = 0.0, count: int = 2) -> None:
        for at in range(count):
            figures = {(Measure.CPU, ""): cpu}
            self.keeper.see([Sample(self.vm.ref, begin + at, figures, when=time.time())])

    def alerts(self) -> Alerts | None:
        return self.inventory.find(self.vm.ref.of(Kind.ALERTS), Alerts)

    async def told(self) -> list[Entry]:
        page = await asyncio.wrap_future(self.journal.read(HOST))
        return list(reversed(page.entries))


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    yield room
    room.keeper.close()
    room.journal.close()


async def test_an_alert_is_a_record_while_it_lasts_and_two_entries(room: Room) -> None:
    room.read(0.95)
    found = room.alerts()
    assert found
    assert found.subject == room.vm.ref
    assert [alert.threshold for alert in found.alerts] == [CPU]
    room.read(0.1, begin=10.0)
    assert room.alerts() is None
    raised, ended = await room.told()
    assert (raised.subject, raised.name) == (room.vm.ref, "web-01")
    assert (raised.facts[0].what, ended.facts[0].what) == (What.ALERT_RAISED, What.ALERT_ENDED)
    assert ended.facts[0]["ending"] == "calm"


async def test_a_machine_that_is_off_has_no_alert(room: Room) -> None:
    room.read(0.95)
    room.inventory.put(replace(room.vm, state=DomainState.OFF))
    await asyncio.sleep(0)
    assert room.alerts() is None
    assert [entry.facts[0].what for entry in await room.told()][-1] == What.ALERT_ENDED


async def test_a_storage_pool_that_is_stopped_has_none_either(room: Room) -> None:
    ref = Ref("t", Kind.STORAGE_POOL, "p")
    pool = StoragePool(ref, "images", "dir", is_active=True)
    room.inventory.put(pool)
    room.keeper.use(Rules((replace(CPU, measure=Measure.POOL_USED),)))
    for at in range(2):
        told = {(Measure.POOL_USED, ""): 95.0, (Measure.POOL_SIZE, ""): 100.0}
        room.keeper.see([Sample(ref, float(at), told, when=time.time())])
    assert room.inventory.find(ref.of(Kind.ALERTS), Alerts)
    room.inventory.put(replace(pool, allocation_bytes=1))
    await asyncio.sleep(0)
    assert room.inventory.find(ref.of(Kind.ALERTS), Alerts)
    room.inventory.put(replace(pool, is_active=False))
    await asyncio.sleep(0)
    assert not room.inventory.find(ref.of(Kind.ALERTS), Alerts)
    raised, ended = await room.told()
    assert (raised.subject, raised.name) == (ref, "images")
    assert ended.facts[0]["ending"] == "off"


async def test_a_server_that_is_forgotten_ends_nothing_and_leaves_nothing(room: Room) -> None:
    room.read(0.95)
    room.inventory.drop_host("t")
    await asyncio.sleep(0)
    assert room.inventory.everything() == ()
    assert [entry.facts[0].what for entry in await room.told()] == [What.ALERT_RAISED]


async def test_a_server_that_is_away_leaves_it_not_known(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    room.read(0.95, begin=time.monotonic() - 100.0)  # that long ago: nothing came since
    async with asyncio.timeout(5):
        while (found := room.alerts()) is None or found.alerts[0].is_known:
            await asyncio.sleep(0.01)
    assert [entry.facts[0].what for entry in await room.told()] == [What.ALERT_RAISED]


async def test_a_silence_is_told_with_the_alert(room: Room) -> None:
    room.read(0.95)
    until = time.time() + 3600
    room.keeper.use(Rules((CPU,), (Silence("cpu", room.vm.ref, "", until),)))
    found = room.alerts()
    assert found
    assert found.alerts[0].silent_until == until
