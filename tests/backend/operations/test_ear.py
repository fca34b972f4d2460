import asyncio

from backend.hypervisor.events import DeviceAdded, DeviceRemoved, Event
from backend.model import Kind, Ref
from backend.operations import ear
from tests.fakes.plugged import REF, PluggedHost


def is_removed(event: Event) -> bool:
    return isinstance(event, DeviceRemoved)


async def test_what_came_before_it_was_waited_for_is_heard() -> None:
    host = PluggedHost()
    with ear.opened(host.managed, REF) as heard:
        host.machine.tell(DeviceRemoved(Ref("h", Kind.DOMAIN, "other"), "a"))
        host.machine.tell(DeviceRemoved(REF, "a"))
        event = await heard.until(is_removed, lambda: False, deadline_s=0)
    assert event == DeviceRemoved(REF, "a")


async def test_who_waits_is_told_when_it_comes_and_not_for_ever() -> None:
    host = PluggedHost()
    with ear.opened(host.managed, REF) as heard:
        asyncio.get_running_loop().call_soon(host.machine.tell, DeviceAdded(REF, "a"))
        asyncio.get_running_loop().call_soon(host.machine.tell, DeviceRemoved(REF, "a"))
        assert await heard.until(is_removed, lambda: False, deadline_s=5)
    with ear.opened(host.managed, REF) as heard:
        assert await heard.until(is_removed, lambda: False, deadline_s=0.01) is None


async def test_a_machine_that_stops_ends_the_wait() -> None:
    host = PluggedHost()

    def stop() -> None:
        host.machine.live = None
        host.read()

    with ear.opened(host.managed, REF) as heard:
        asyncio.get_running_loop().call_soon(stop)
        ended = lambda: host.machine.live is None  # noqa: E731
        assert await heard.until(is_removed, ended, deadline_s=5) is None
