"""The way to a machine's screen by QEMU's D-Bus display, which one program has at a time."""

import asyncio
import contextlib
import time
from concurrent import futures
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary, WeakValueDictionary

from backend.display.channel import ChannelState
from backend.display.dbus.channel import Carrier, DbusChannel, IsRunning
from backend.display.failures import DisplayModuleMissing
from backend.errors import BackendError, DisplayEnded, DisplayStalled, Problem, ProblemError
from backend.host.managed import ManagedHost
from backend.hypervisor import dbus_display, screens
from backend.hypervisor.dbus_display import Presence
from backend.model import Domain, Ref

OPEN_DEADLINE_S = 10.0
_SETTLING_S: Final = 0.3
"""So long at least has libvirt to notice that a QEMU ended whose sockets are closed."""

_ARCHITECTURE: Final = "x86_64"
_LOOK_DEADLINE_S = 20.0
_IS_DEBIAN = Path("/etc/debian_version").exists()
_PACKAGE: Final = "qemu-system-modules-opengl" if _IS_DEBIAN else "qemu-ui-dbus"

# QEMU has one client at a time, whatever host of ours the machine is found under.
_carriers: WeakValueDictionary[tuple[str, str], Carrier] = WeakValueDictionary()


_presences: WeakKeyDictionary[ManagedHost, Presence] = WeakKeyDictionary()


async def can_be_given(host: ManagedHost) -> bool:
    """Return whether a new machine there can be given a D-Bus display, and then still starts."""
    return await _look(host) is Presence.THERE


async def what_is_missing(host: ManagedHost) -> Problem | None:
    """Return what would have to be installed there for machines to have a D-Bus display.

    It is found out once, and again whenever a machine is made.
    """
    found = _presences.get(host) or await _look(host)
    if found is not Presence.NOT_INSTALLED:
        return None
    return DisplayModuleMissing(package=_PACKAGE).problem


async def _look(host: ManagedHost) -> Presence:
    try:
        found = await host.ask(
            lambda connect: dbus_display.find(connect, _ARCHITECTURE), deadline_s=_LOOK_DEADLINE_S
        )
    except BackendError:
        # No machine goes without a screen, nor is not made, because that is not known.
        found = Presence.UNANSWERED
    if found is not Presence.UNANSWERED:
        _presences[host] = found
    return found


async def open_dbus(host: ManagedHost, domain: Domain) -> DbusChannel:
    """Return a view of the machine's D-Bus display once it has a picture. Raises why it has none.

    All views in this program share what carries it: they would take it from each other.
    """
    ref, key = domain.ref, (host.record.uri, domain.ref.key)
    carrier = _carriers.get(key)
    is_new = carrier is None or carrier.is_over
    if carrier is None or is_new:
        carrier = _carriers[key] = Carrier()
    channel = carrier.view()
    try:
        if is_new:
            way = await host.guests.ask(
                ref, lambda c: screens.open_dbus(c, ref.key), deadline_s=OPEN_DEADLINE_S
            )
            carrier.begin(way.sock, _watch(host, ref, way.run))
        await _settle(channel)
    except BaseException:
        if is_new:
            carrier.close()
        channel.close()
        raise
    if is_new:
        host.carriers.keep(carrier)
    return channel


async def _settle(channel: DbusChannel) -> None:
    """Return once there is a picture. Raises why there is none."""
    loop, woken = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(woken.set)

    channel.listen(wake)
    if channel.standing.state is ChannelState.CONNECTING:
        try:
            await asyncio.wait_for(woken.wait(), OPEN_DEADLINE_S)
        except TimeoutError as error:
            raise DisplayStalled(seconds=round(OPEN_DEADLINE_S)) from error
    if channel.standing.state is ChannelState.ENDED:
        raise ProblemError(channel.standing.reason or DisplayEnded().problem)


def _watch(host: ManagedHost, ref: Ref, run: int) -> IsRunning:
    """Return what asks, on a thread that may wait, whether the machine is still in that run."""
    loop = asyncio.get_running_loop()

    def is_running() -> bool:
        time.sleep(_SETTLING_S)
        asking = host.guests.ask(
            ref, lambda c: screens.run_of(c, ref.key), deadline_s=OPEN_DEADLINE_S
        )
        try:
            asked = asyncio.run_coroutine_threadsafe(asking, loop)
            return asked.result(OPEN_DEADLINE_S + 1) == run
        except RuntimeError:
            asking.close()  # the engine has stopped meanwhile
        except (BackendError, TimeoutError, futures.CancelledError):
            pass
        return False

    return is_running
