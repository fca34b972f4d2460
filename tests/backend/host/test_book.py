"""Hosts come and go while the engine runs."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.errors import HostUnknown
from backend.history.keeper import History
from backend.host.book import HostBook
from backend.hypervisor import eventloop
from backend.inventory import Inventory
from backend.journal.keeper import Journal
from backend.journal.scribe import Scribe, ourselves
from backend.model import Domain, Host, HostState, Kind, Ref
from backend.series import Sample
from backend.specs import HostSpec

HOST = Ref("t", Kind.HOST, "t")


class Room:
    """A book of hosts, and what it told."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self.inventory = Inventory()
        self.samples: list[Sample] = []
        self.journal = Journal(None)
        self.history = History()
        scribe = Scribe(self.journal, self.inventory, ourselves())
        self.book = HostBook(tasks, self.inventory, self.samples.extend, scribe, self.history)

    async def until(self, state: HostState | None) -> None:
        await self.inventory.until(
            HOST, lambda r: (r.state if isinstance(r, Host) else None) is state, deadline_s=10
        )


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    eventloop.run_in_thread()
    async with asyncio.TaskGroup() as tasks:
        room = Room(tasks)
        yield room
        room.book.forget("t")
    room.book.close()
    room.journal.close()
    room.history.close()


async def test_a_forgotten_host_leaves_nothing(room: Room, uri: str) -> None:
    room.book.manage(HostSpec("t", "Test", uri))
    await room.until(HostState.CONNECTED)
    room.book.forget("t")
    assert room.inventory.everything() == ()
    with pytest.raises(HostUnknown):
        room.book.find(HOST)
    await asyncio.sleep(0.1)
    assert room.inventory.everything() == ()
    room.book.forget("t")


async def test_a_host_is_replaced_by_one_of_its_id(room: Room, uri: str) -> None:
    room.book.manage(HostSpec("t", "Wrong", "test:///nowhere.xml"))
    await room.until(HostState.AWAY)
    room.book.manage(HostSpec("t", "Right", uri))
    await room.until(HostState.CONNECTED)
    (host,) = room.inventory.all(Host)
    assert host.name == "Right"
    assert [machine.name for machine in room.inventory.all(Domain)] == ["test"]


async def test_who_looks_goes_on_looking_at_the_replacement(room: Room, uri: str) -> None:
    room.book.watch(HOST)
    for name in ("One", "Two"):
        room.book.manage(HostSpec("t", name, uri))
        await room.until(HostState.CONNECTED)
        room.samples.clear()
        async with asyncio.timeout(10):
            while not room.samples:
                await asyncio.sleep(0.05)
    room.book.unwatch(HOST)


async def test_an_unwanted_host_stays_as_it_is(room: Room, uri: str) -> None:
    room.book.manage(HostSpec("t", "Test", uri, is_wanted=False))
    await asyncio.sleep(0.1)
    (host,) = room.inventory.everything()
    assert isinstance(host, Host)
    assert host.state is HostState.DISCONNECTED
    room.book.find(HOST).reconnect()
    await room.until(HostState.CONNECTED)


async def test_another_name_is_no_reason_to_connect_anew(room: Room, uri: str) -> None:
    room.book.manage(HostSpec("t", "Old", uri))
    await room.until(HostState.CONNECTED)
    host = room.book.find(HOST)
    room.book.manage(HostSpec("t", "New", uri, is_wanted=False))
    (record,) = room.inventory.all(Host)
    assert (record.name, record.state) == ("New", HostState.CONNECTED)
    assert room.book.find(HOST) is host


async def test_a_host_says_since_when_it_is_there_or_not(room: Room) -> None:
    room.book.manage(HostSpec("t", "Wrong", "test:///nowhere.xml"))
    (record,) = room.inventory.all(Host)
    assert record.since is not None
    await room.until(HostState.AWAY)
    assert [host.since for host in room.inventory.all(Host)] == [record.since]
    room.book.manage(HostSpec("t", "Right", "test:///default"))
    await room.until(HostState.CONNECTED)
    (there,) = room.inventory.all(Host)
    assert there.since is not None
    assert there.since > record.since


async def test_readings_that_are_wanted_later_are_of_all_hosts(room: Room, uri: str) -> None:
    room.book.manage(HostSpec("t", "Test", uri))
    await room.until(HostState.CONNECTED)
    assert room.samples == []
    room.book.keep_readings()
    async with asyncio.timeout(10):
        while not room.samples:
            await asyncio.sleep(0.02)
