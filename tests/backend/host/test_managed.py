import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.errors import HostAway
from backend.history.keeper import History
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, eventloop
from backend.hypervisor.events import Event, Lifecycle
from backend.inventory import Inventory
from backend.journal.keeper import Journal
from backend.model import Accelerator, Domain, DomainState, Host, HostState, Ref
from backend.specs import HostSpec


@pytest.fixture
async def host(uri: str) -> AsyncIterator[ManagedHost]:
    eventloop.run_in_thread()
    journal = Journal(None)
    spec = HostSpec("t", "Test", uri)
    history = History()
    host = ManagedHost(spec, Inventory(), lambda _samples: None, journal, history)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(host.run())
        yield host
        running.cancel()
    host.close()
    journal.close()
    history.close()


async def connected(host: ManagedHost) -> None:
    await host.inventory.until(
        host.ref,
        lambda r: isinstance(r, Host) and r.state is HostState.CONNECTED,
        deadline_s=10,
    )


async def test_before_it_is_connected_nothing_is_asked_of_it(host: ManagedHost, vm: Ref) -> None:
    with pytest.raises(HostAway):
        await host.act(commands.suspend, vm)
    with pytest.raises(HostAway):
        await host.ask(lambda connect: connect.getType())
    with pytest.raises(HostAway):
        await host.read_now(vm)


async def test_what_is_told_is_done_and_read_again(host: ManagedHost, vm: Ref) -> None:
    await connected(host)
    await host.act(commands.suspend, vm)
    await host.inventory.until(
        vm, lambda r: isinstance(r, Domain) and r.state is DomainState.PAUSED, deadline_s=5
    )


async def test_its_events_can_be_heard(host: ManagedHost, vm: Ref) -> None:
    await connected(host)
    heard: list[Event] = []
    arrived = asyncio.Event()

    def hear(event: Event) -> None:
        heard.append(event)
        arrived.set()

    stop = host.on_event(hear)
    await host.act(commands.suspend, vm)
    async with asyncio.timeout(5):
        await arrived.wait()
    stop()
    assert isinstance(heard[0], Lifecycle)
    assert heard[0].ref == vm


async def test_its_accelerator_is_waited_for(host: ManagedHost) -> None:
    await connected(host)
    accelerator: Any = await host.known_accelerator()
    assert accelerator in Accelerator
