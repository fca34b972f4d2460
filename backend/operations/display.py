"""Verbs on a machine's screen."""

from backend.display.channel import FramebufferChannel, Transport
from backend.errors import DisplayMissing, WrongState
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.operations.domain import known
from backend.operations.vnc import open_vnc


async def open_display(
    host: ManagedHost, ref: Ref, transport: Transport = Transport.BEST
) -> FramebufferChannel:
    """Return a channel to the machine's screen, beside all others that are open.

    Whoever gets it closes it; one that is forgotten closes itself. By `DBUS` the screen is taken
    from whatever other program has it, whose channel ends with DisplayTaken. Raises WrongState for
    a machine that is off, DisplayMissing where it has no such display, DisplayUnreachable;
    PromptDeclined if its display asked something that nobody said.
    """
    domain = known(host, ref)
    if not domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    if transport is Transport.DBUS:
        raise DisplayMissing(name=domain.name)
    return await open_vnc(host, domain)
