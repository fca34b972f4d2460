"""The follower on libvirt's test driver: marks, listings, and what is gone."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from backend.host import follow
from backend.host.follow import Follower
from backend.host.guests import Guests
from backend.host.lines import Lines
from backend.hypervisor import eventloop, reader
from backend.inventory import Inventory
from backend.model import Domain, DomainSnapshot, DomainState, Kind, Network, Ref, StateReason
from backend.model import StorageVolume as Volume

MENTION = reader.Mention(
    DomainState.OFF,
    StateReason.NORMAL,
    is_active=False,
    is_persistent=True,
    is_autostart=False,
    has_saved_state=False,
)


@pytest.fixture
async def lines(uri: str) -> AsyncIterator[Lines]:
    eventloop.run_in_thread()
    lines = Lines("t", uri, lambda _connect, _counts: ())
    yield lines
    lines.close()


@pytest.fixture
def inventory() -> Inventory:
    return Inventory()


@pytest.fixture
def guests(lines: Lines) -> Guests:
    return Guests(lines.monitor, lambda _ref: None)


@pytest.fixture
async def follower(
    lines: Lines, inventory: Inventory, guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Follower]:
    monkeypatch.setattr(follow, "GATHER_S", 0.01)
    monkeypatch.setattr(follow, "LISTING_INTERVAL_S", 0.1)
    follower = Follower(
        "t", inventory, lines.reader, lines.monitor, guests, lambda _mark, _text: None
    )
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


async def test_that_a_machine_is_paused_is_shown_before_all_of_it_is_read(
    follower: Follower,
    inventory: Inventory,
    lines: Lines,
    vm: Ref,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(follow, "GATHER_S", 60)
    await outside(lines, "suspend")
    follower.mark(vm)
    await inventory.until(vm, state_is(DomainState.PAUSED), deadline_s=5)


async def test_a_listing_of_many_is_not_glanced_at(
    inventory: Inventory, lines: Lines, guests: Guests, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower("t", inventory, lines.reader, lines.monitor, guests, lambda _m, _t: None)
    await follower.read_everything()
    running = inventory.find(vm, Domain)
    assert running
    refs = [Ref("t", Kind.DOMAIN, f"{number}") for number in range(50)]
    for ref in refs:
        inventory.put(replace(running, ref=ref))
    asked: list[int] = []

    def read_states(_connect: object, uuids: list[str]) -> dict[str, Any]:
        asked.append(len(uuids))
        return {}

    monkeypatch.setattr(reader, "read_states", read_states)
    for ref in refs:
        follower.mark(ref)
    await follower._glance()
    assert asked == [], "over a link of 100 ms it took longer than the connection has"
    follower._stale = set(refs[:2])
    await follower._glance()
    assert asked == [2]


async def test_the_first_screenful_is_read_and_drawn_before_the_rest(
    inventory: Inventory, lines: Lines, guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower("t", inventory, lines.reader, lines.monitor, guests, lambda _m, _t: None)
    keys = [f"{number}" for number in range(120)]
    read: list[list[str]] = []
    was_free: list[bool] = []

    async def read_batch(batch: list[Ref], roll: reader.Roll) -> None:
        assert list(roll) == keys
        read.append([ref.key for ref in batch])

    async def listed() -> reader.Roll:
        assert follower._one_at_a_time.locked(), "or it is older than what others read meanwhile"
        return dict.fromkeys(keys, MENTION)

    async def look(_delay_s: float) -> None:
        was_free.append(len(read) == 1 and not follower._one_at_a_time.locked())

    monkeypatch.setattr(follower, "_read_batch", read_batch)
    monkeypatch.setattr(follower, "_list", listed)
    monkeypatch.setattr("backend.host.follow.asyncio.sleep", look)
    await follower.read_everything()
    assert [len(batch) for batch in read] == [20, 50, 50]
    assert [key for batch in read for key in batch] == keys
    assert was_free == [True], "who is looked at meanwhile is read at once"
    keys[20:] = []
    await follower.read_everything()
    assert len(read) == 4
    assert len(was_free) == 1


async def test_of_many_only_the_description_is_asked_of_each(
    inventory: Inventory, lines: Lines, guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    mention = reader._mention

    def ask(domain: Any) -> reader.Mention:
        asked.append(domain.name())
        return mention(domain)

    monkeypatch.setattr(reader, "_mention", ask)
    follower = Follower("t", inventory, lines.reader, lines.monitor, guests, lambda _m, _t: None)
    await follower.read_everything()
    (known,) = inventory.all(Domain)
    others = [Ref("t", Kind.DOMAIN, f"00000000-0000-4000-8000-{n:012}") for n in range(30)]
    await follower.read_domains([known.ref, *others])
    assert asked == []
    assert list(inventory.all(Domain)) == [known]
    await follower.read_domains([known.ref])
    assert asked == ["test"], "of one alone no host is asked for all"


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


async def test_a_stuck_machine_is_shown_as_such_and_is_not_asked(
    follower: Follower, inventory: Inventory, guests: Guests, lines: Lines, vm: Ref
) -> None:
    guests._stuck[vm] = 0.0
    await outside(lines, "setMetadata", 0, "said outside", None, None, 3)
    await follower.read_domains([vm])
    record = inventory.find(vm, Domain)
    assert record
    assert (record.reason, record.notes) == (StateReason.NOT_ANSWERING, "")
    guests._stuck.clear()
    await follower.read_domains([vm])
    record = inventory.find(vm, Domain)
    assert record
    assert (record.reason, record.notes) == (StateReason.NORMAL, "said outside")


async def test_one_machine_that_hangs_costs_the_others_only_a_moment(
    follower: Follower,
    inventory: Inventory,
    guests: Guests,
    vm: Ref,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release, read = threading.Event(), reader.read_domain
    other = Ref(vm.host, vm.kind, "00000000-0000-4000-8000-000000000000")

    def hang(connect: Any, ref: Ref, *others: Any) -> Any:
        if ref == vm:
            release.wait(20)
        return read(connect, ref, *others)

    monkeypatch.setattr(reader, "read_domain", hang)
    monkeypatch.setattr(follow, "_BATCH_DEADLINE_S", 0.1)
    monkeypatch.setattr(follow, "_ALONE_DEADLINE_S", 0.1)
    inventory.put(Domain(other, "gone meanwhile", DomainState.OFF))
    await follower.read_domains([vm, other])
    assert inventory.find(other, Domain) is None
    record = inventory.find(vm, Domain)
    assert record
    assert record.reason is StateReason.NOT_ANSWERING
    release.set()
    while guests.is_stuck(vm):
        await asyncio.sleep(0.01)


async def test_storage_is_read_when_asked(
    follower: Follower, inventory: Inventory, lines: Lines
) -> None:
    volume = "<volume><name>a</name><capacity>1024</capacity></volume>"
    await lines.actions.call(
        lambda c: c.storagePoolLookupByName("default-pool").createXML(volume) and None
    )
    await follower.read_storage()
    assert [v.name for v in inventory.all(Volume)] == ["a"]
