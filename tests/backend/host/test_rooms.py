import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from backend.errors import HostNotAnswering
from backend.host import rooms
from backend.host.guests import Guests
from backend.host.rooms import Rooms
from backend.host.turns import Wanted
from backend.hypervisor import room
from backend.hypervisor.room import Room
from backend.inventory import Inventory
from backend.measures import Measure
from backend.model import Kind, Ref, StoragePool
from backend.series import Sample

POOL = StoragePool(
    Ref("h", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True, path="/images",
    capacity_bytes=1000, allocation_bytes=10, available_bytes=990,
)  # fmt: skip
WATCHED, KEPT = Wanted(singles=frozenset({"p"})), Wanted(is_kept=True)
LISTED = Wanted(is_host_watched=True)


class Server:
    """Where pools lie, and what is said of them."""

    def __init__(self) -> None:
        self.room: Room | None = Room(900, 50)
        self.asked: list[str] = []
        self.is_dead = False
        self.samples: list[Sample] = []
        self.inventory = Inventory()

    async def ask(self, ref: Ref, question: Callable[[Any], Any], *, deadline_s: float) -> Any:
        if self.is_dead:
            raise HostNotAnswering(seconds=round(deadline_s))
        return question(self)

    def read(self, _connect: object, path: str) -> Room | None:
        self.asked.append(path)
        return self.room


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(room, "read", server.read)
    server.inventory.put(POOL)
    return server


@pytest.fixture
async def one(server: Server) -> AsyncIterator[Rooms]:
    one = Rooms(server.inventory, cast("Guests", server), server.samples.extend)
    one.true(POOL)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(one.run())
        yield one
        running.cancel()


async def look(one: Rooms, pool: StoragePool, wanted: Wanted) -> None:
    one.look([pool], wanted)
    await asyncio.sleep(0.02)


async def test_what_the_kernel_says_is_told_and_stands_in_the_record(
    one: Rooms, server: Server
) -> None:
    await look(one, POOL, KEPT)
    (sample,) = server.samples
    assert sample.ref == POOL.ref
    assert sample.figures == {
        (Measure.POOL_USED, ""): 900.0, (Measure.POOL_FREE, ""): 50.0,
        (Measure.POOL_SIZE, ""): 950.0,
    }  # fmt: skip
    found = server.inventory.find(POOL.ref, StoragePool)
    assert found == replace(POOL, capacity_bytes=950, allocation_bytes=900, available_bytes=50)
    assert one.true(POOL) == found, "libvirt's own figures are older"


async def test_it_is_read_once_a_minute_and_more_often_while_somebody_looks(
    one: Rooms, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look(one, POOL, Wanted())
    assert server.asked == []
    await look(one, POOL, KEPT)
    await look(one, POOL, KEPT)
    await look(one, POOL, WATCHED)
    assert len(server.asked) == 1
    monkeypatch.setattr(rooms, "WATCHED_S", 0.0)
    await look(one, POOL, KEPT)
    assert len(server.asked) == 1
    await look(one, POOL, WATCHED)
    await look(one, POOL, LISTED)
    assert len(server.asked) == 2
    monkeypatch.setattr(rooms, "LISTED_S", 0.0)
    await look(one, POOL, LISTED)
    assert len(server.asked) == 3


async def test_it_is_read_anew_when_libvirt_says_that_something_was_made_there(
    one: Rooms, server: Server
) -> None:
    await look(one, POOL, KEPT)
    one.true(POOL)
    await look(one, POOL, KEPT)
    assert len(server.asked) == 1
    after = replace(POOL, available_bytes=2000)
    assert one.true(after) == after, "what was read does not know of the disk that was deleted"
    await asyncio.sleep(0.02)
    assert len(server.asked) == 2, "at once"
    assert one.true(after).available_bytes == 50
    assert one.true(replace(after, is_active=False)).available_bytes == 2000
    await asyncio.sleep(0.02)
    assert len(server.asked) == 2


@pytest.mark.parametrize("pool", [replace(POOL, is_active=False), replace(POOL, type="logical")])
async def test_of_one_that_is_no_folder_or_not_there_nothing_is_asked(
    one: Rooms, server: Server, pool: StoragePool
) -> None:
    await look(one, pool, KEPT)
    assert (server.asked, server.samples) == ([], [])


async def test_where_nobody_can_tell_what_libvirt_says_stays(one: Rooms, server: Server) -> None:
    server.room = None
    await look(one, POOL, KEPT)
    server.room, server.is_dead = Room(1, 1), True
    await look(one, replace(POOL, path="/other"), WATCHED)
    assert server.samples == []
    assert one.true(POOL) == POOL


async def test_what_was_read_long_ago_is_not_believed(
    one: Rooms, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look(one, POOL, KEPT)
    monkeypatch.setattr(rooms, "_OLD_S", 0.0)
    assert one.true(POOL) == POOL


async def test_where_nobody_can_tell_who_looks_does_not_have_it_asked_each_time(
    one: Rooms, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dead file server of another computer is asked by a process there, which hangs."""
    monkeypatch.setattr(rooms, "WATCHED_S", 0.0)
    server.room = None
    for _each in range(3):
        await look(one, POOL, WATCHED)
    assert len(server.asked) == 1
    one.true(replace(POOL, available_bytes=1))
    await asyncio.sleep(0.02)
    assert len(server.asked) == 2, "something happened there"


async def test_one_that_was_deleted_is_forgotten(one: Rooms) -> None:
    await look(one, POOL, KEPT)
    assert one.true(POOL) != POOL
    one.look([], KEPT)
    assert one.true(POOL) == POOL, "another one, that has its name"
    assert {len(kept) for kept in (one._told, one._known)} == {1, 0}


@pytest.mark.parametrize("there", [[], [replace(POOL, path="/other")]])
async def test_of_one_that_is_deleted_while_it_is_read_nothing_is_told(
    one: Rooms, server: Server, monkeypatch: pytest.MonkeyPatch, there: list[StoragePool]
) -> None:
    def read(_connect: object, _path: str) -> Room:
        server.inventory.replace("h", Kind.STORAGE_POOL, there)
        return Room(900, 50)

    monkeypatch.setattr(room, "read", read)
    await look(one, POOL, KEPT)
    assert server.samples == []
    assert list(server.inventory.all(StoragePool, "h")) == there
