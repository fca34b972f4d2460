"""The follower on libvirt's test driver: marks, listings, and what is gone."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.host import follow
from backend.host.follow import Follower
from backend.host.lines import Lines
from backend.hypervisor import eventloop
from backend.inventory import Inventory
from backend.model import Domain, DomainSnapshot, DomainState, Network, Ref, StateReason
from backend.model import StorageVolume as Volume


@pytest.fixture
async def lines(uri: str) -> AsyncIterator[Lines]:
    eventloop.run_in_thread()
    lines = Lines("t", uri, lambda _connect: None)
    yield lines
    lines.close()


@pytest.fixture
def stuck() -> set[Ref]:
    return set()


@pytest.fixture
def inventory() -> Inventory:
    return Inventory()


@pytest.fixture
async def follower(
    lines: Lines, inventory: Inventory, stuck: set[Ref], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Follower]:
    monkeypatch.setattr(follow, "GATHER_S", 0.01)
    monkeypatch.setattr(follow, "LISTING_INTERVAL_S", 0.1)
    follower = Follower("t", inventory, lines.reader, lines.monitor, stuck.__contains__)
    await follower.read_everything()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(follower.run())
        yield follower
        running.cancel()


async def outside(lines: Lines, change: str, *arguments: Any) -> Any:
    """Change the machine as somebody else would; the test driver's events are not listened to."""
    return await lines.actions.call(lambda c: getattr(c.lookupByName("test"), change)(*arguments))


def state_is(state: DomainState) -> Any:
    return lambda record: isinstance(record, Domain) and record.state is state


async def test_everything_is_read_at_first(follower: Follower, inventory: Inventory) -> None:
    assert [d.name for d in inventory.all(Domain)] == ["test"]
    assert [n.name for n in inventory.all(Network)] == ["default"]


async def test_a_mark_has_one_thing_read_again(
    follower: Follower, inventory: Inventory, lines: Lines, vm: Ref
) -> None:
    await outside(lines, "setMetadata", 0, "said outside", None, None, 3)
    follower.mark(vm)
    await inventory.until(
        vm, lambda r: isinstance(r, Domain) and r.notes == "said outside", deadline_s=5
    )


async def test_what_no_event_told_the_listing_finds(
    follower: Follower, inventory: Inventory, lines: Lines, vm: Ref
) -> None:
    await outside(lines, "suspend")
    await inventory.until(vm, state_is(DomainState.PAUSED), deadline_s=5)


async def test_what_is_gone_is_dropped_with_all_that_hung_on_it(
    follower: Follower, inventory: Inventory, lines: Lines, vm: Ref
) -> None:
    await outside(lines, "snapshotCreateXML", "<domainsnapshot><name>s</name></domainsnapshot>")
    await follower.read_domains([vm])
    assert [s.name for s in inventory.all(DomainSnapshot)] == ["s"]
    await outside(lines, "destroy")
    await outside(lines, "undefineFlags", 2)
    await inventory.until(vm, lambda record: record is None, deadline_s=5)
    assert list(inventory.all(DomainSnapshot)) == []


async def test_a_stuck_machine_is_shown_as_such_while_it_runs(
    follower: Follower, inventory: Inventory, stuck: set[Ref], vm: Ref
) -> None:
    stuck.add(vm)
    await follower.read_domains([vm])
    record = inventory.find(vm, Domain)
    assert record
    assert record.reason is StateReason.NOT_ANSWERING
    stuck.clear()
    await follower.read_domains([vm])
    record = inventory.find(vm, Domain)
    assert record
    assert record.reason is StateReason.NORMAL


async def test_storage_is_read_when_asked(
    follower: Follower, inventory: Inventory, lines: Lines
) -> None:
    volume = "<volume><name>a</name><capacity>1024</capacity></volume>"
    await lines.actions.call(
        lambda c: c.storagePoolLookupByName("default-pool").createXML(volume) and None
    )
    await follower.read_storage()
    assert [v.name for v in inventory.all(Volume)] == ["a"]
