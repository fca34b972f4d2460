"""A host's life where there is nothing to find, and where something comes up later."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NoReturn

import libvirt
import pytest

from backend.errors import HostNotAnswering, HypervisorRefused
from backend.host import life
from backend.host.credentials import Credentials
from backend.host.life import Life
from backend.hypervisor import eventloop, events
from backend.inventory import Inventory
from backend.model import Domain, Host, HostState
from backend.specs import HostSpec


@pytest.fixture
def inventory() -> Inventory:
    eventloop.run_in_thread()
    return Inventory()


@pytest.fixture(autouse=True)
def _short_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life, "_BACK_OFF_S", (0.05,))


async def living(inventory: Inventory, uri: str) -> AsyncIterator[Life]:
    one = Life(
        HostSpec("t", "Test", uri), inventory, lambda _samples: None, lambda _mark, _text: None
    )
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(one.run())
        yield one
        running.cancel()
    one.lines.close()


def host(inventory: Inventory) -> Host:
    return next(inventory.all(Host))


async def until(inventory: Inventory, state: HostState, *, tries: int = 0) -> None:
    """Return once the host has that state, and was told to be away that often."""
    aways = 0

    def count(record: object) -> bool:
        nonlocal aways
        if not isinstance(record, Host):
            return False
        aways += record.state is HostState.AWAY
        return record.state is state and aways >= tries

    await inventory.until(host(inventory).ref, count, deadline_s=10)


async def test_a_dead_host_is_said_and_tried_again_and_again(
    inventory: Inventory, tmp_path: Path
) -> None:
    async for one in living(inventory, f"qemu+unix:///system?socket={tmp_path}/none"):
        await until(inventory, HostState.AWAY, tries=2)
        known = host(inventory)
        assert known.problem
        assert known.problem.message_id == "LibvirtMissingHere"
        assert known.retry_at
        assert one.record is known


async def test_asked_to_it_tries_at_once(
    inventory: Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "_BACK_OFF_S", (60.0,))
    async for one in living(inventory, f"test://{tmp_path}/node.xml"):
        await until(inventory, HostState.AWAY)
        (tmp_path / "node.xml").write_text("<node/>")
        one.wish.want()
        await until(inventory, HostState.CONNECTED)
        assert host(inventory).problem is None


async def test_connected_it_shows_what_the_host_has(inventory: Inventory, uri: str) -> None:
    async for _one in living(inventory, uri):
        await until(inventory, HostState.CONNECTED)
        assert [machine.name for machine in inventory.all(Domain)] == ["test"]
        assert host(inventory).libvirt_version


async def test_lost_it_keeps_its_machines_and_comes_back(inventory: Inventory, uri: str) -> None:
    async for one in living(inventory, uri):
        await until(inventory, HostState.CONNECTED)
        before = [machine.ref for machine in inventory.all(Domain)]
        one._lost.set()
        await until(inventory, HostState.AWAY)
        assert [machine.ref for machine in inventory.all(Domain)] == before
        await until(inventory, HostState.CONNECTED)
        assert [machine.ref for machine in inventory.all(Domain)] == before


async def test_a_fault_of_ours_is_said_and_is_not_the_end(
    inventory: Inventory,
    uri: str,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: object,
) -> None:
    expected_log("host t")  # type: ignore[operator]
    faults = [ZeroDivisionError(), HypervisorRefused(code=1)]
    async for one in living(inventory, uri):
        monkeypatch.setattr(one.follower, "read_everything", _stumbling(one, faults))
        await until(inventory, HostState.AWAY)
        problem = host(inventory).problem
        assert problem
        assert problem.message_id == "Unexpected"
        await until(inventory, HostState.CONNECTED)


async def test_a_fault_of_what_goes_on_beside_is_not_the_end_either(
    inventory: Inventory, uri: str, monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    expected_log("host t")  # type: ignore[operator]
    faults, run, is_on = [ZeroDivisionError()], Credentials.run, asyncio.Event()

    async def stumble(self: Credentials) -> NoReturn:
        if faults:
            raise faults.pop()
        is_on.set()
        await run(self)

    monkeypatch.setattr(Credentials, "run", stumble)
    async for _one in living(inventory, uri):
        await until(inventory, HostState.CONNECTED)
        await is_on.wait()


def _stumbling(one: Life, faults: list[Exception]) -> Callable[[], Awaitable[None]]:
    read = one.follower.read_everything

    async def stumble() -> None:
        if faults:
            raise faults.pop(0)
        await read()

    return stumble


async def test_a_connection_that_hangs_tells_nothing_beside_the_new_one(
    inventory: Inventory,
) -> None:
    goes_on, heard = threading.Event(), asyncio.Queue[events.Event]()
    async for one in living(inventory, "test:///default"):
        await until(inventory, HostState.CONNECTED)
        one.event_listeners.append(heard.put_nowait)
        with pytest.raises(HostNotAnswering):
            await one.lines.reader.call(lambda _connect: goes_on.wait(20), deadline_s=0.05)
        await one.lines.reader.open()

        def pause(connect: libvirt.virConnect) -> None:
            machine = connect.lookupByName("test")
            machine.suspend()
            machine.resume()

        await one.lines.actions.call(pause)
        told = [await asyncio.wait_for(heard.get(), 10) for _ in range(2)]
        kinds = [event.event for event in told if isinstance(event, events.Lifecycle)]
        assert kinds == [libvirt.VIR_DOMAIN_EVENT_SUSPENDED, libvirt.VIR_DOMAIN_EVENT_RESUMED]
        goes_on.set()
