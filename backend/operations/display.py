"""Verbs on a machine's screen."""

from backend.display.channel import FramebufferChannel, Transport
from backend.display.rfb.channel import RfbChannel
from backend.display.rfb.messages import Link
from backend.errors import DisplayMissing, WrongState
from backend.host.managed import ManagedHost
from backend.hypervisor import screens
from backend.model import Ref
from backend.operations.domain import known

OPEN_DEADLINE_S = 10.0


async def open_display(
    host: ManagedHost, ref: Ref, transport: Transport = Transport.BEST
) -> FramebufferChannel:
    """Return a channel to the machine's screen, beside all others that are open.

    Whoever gets it closes it; one that is forgotten closes itself. By `DBUS` the screen is taken
    from whatever other program has it, whose channel ends with DisplayTaken. Raises WrongState for
    a machine that is off, DisplayMissing where it has no such display, DisplayUnreachable.
    """
    domain = known(host, ref)
    if not domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    if transport is Transport.DBUS:
        raise DisplayMissing(name=domain.name)
    way = await host.guests.ask(
        ref, lambda c: screens.open_vnc(c, ref.key), deadline_s=OPEN_DEADLINE_S
    )
    link = Link.LOCAL if way.is_local else Link.NETWORK
    return RfbChannel(way.sock, transport=way.transport, link=link, password=way.password)
