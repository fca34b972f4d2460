"""The way to a machine's screen by VNC: connect, be let in, ask the user where that is needed."""

import asyncio
import contextlib
import importlib
import sys
from typing import TYPE_CHECKING

from backend.display.channel import ChannelState
from backend.display.failures import DisplayAsks, DisplayDeclined
from backend.display.rfb.access import Access
from backend.display.rfb.messages import Link
from backend.display.rfb.trust import Trust
from backend.errors import Problem, PromptDeclined
from backend.host.managed import ManagedHost
from backend.hypervisor import screens
from backend.model import Domain, PromptKind

if TYPE_CHECKING:
    from backend.display.rfb.channel import RfbChannel

OPEN_DEADLINE_S = 10.0
_CHANNEL = "backend.display.rfb.channel"


async def open_vnc(
    host: ManagedHost, domain: Domain, remark: Problem | None = None, *, may_ask: bool = True
) -> "RfbChannel":
    """Return a channel to the machine's VNC server that was let in, or was refused for good.

    `remark` is what the channel says of why it is VNC.
    Raises DisplayMissing, DisplayUnreachable; DisplayDeclined if the user was to say something and
    did not, DisplayAsks if nobody may be asked.
    """
    async with host.displays.door(domain.ref, domain.name, may_ask=may_ask) as door:
        while True:
            channel = await _connect(host, domain, door.access, remark)
            try:
                await _until_decided(channel)
                if channel.standing.state is ChannelState.LIVE:
                    door.worked()
                    return channel
                if not await door.answer():
                    return channel  # it says itself why it ended
            except PromptDeclined:
                channel.close()
                kind = DisplayDeclined if may_ask else DisplayAsks
                raise kind(name=domain.name) from None
            except BaseException:
                channel.close()
                raise
            channel.close()


async def _connect(
    host: ManagedHost, domain: Domain, access: Access, remark: Problem | None
) -> "RfbChannel":
    ref = domain.ref
    way, channel_type = await asyncio.gather(
        host.guests.ask(ref, lambda c: screens.open_vnc(c, ref.key), deadline_s=OPEN_DEADLINE_S),
        _channel_type(),
    )
    if way.password:
        access.suggest(PromptKind.DISPLAY_PASSWORD, way.password)
    access.begin()
    access.host, access.is_private, access.trust = way.host, way.is_private, Trust(way.certificates)
    link = Link.LOCAL if way.is_local else Link.NETWORK
    return channel_type(way.sock, transport=way.transport, link=link, access=access, remark=remark)


async def _channel_type() -> "type[RfbChannel]":
    """Return it; with the first all that it needs is loaded, numpy above all, beside the loop."""
    found: type[RfbChannel] | None = getattr(sys.modules.get(_CHANNEL), "RfbChannel", None)
    if found is None:
        found = await asyncio.to_thread(_load)
    return found


def _load() -> "type[RfbChannel]":
    found: type[RfbChannel] = importlib.import_module(_CHANNEL).RfbChannel
    return found


async def _until_decided(channel: "RfbChannel") -> None:
    """Return once it is live or has ended; it gives up by itself."""
    loop, decided = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(decided.set)

    channel.listen(wake)
    await decided.wait()
