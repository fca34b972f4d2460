"""Verbs on a machine's screen."""

from backend.display.channel import FramebufferChannel, Transport
from backend.errors import BackendError, DisplayMissing, Problem, WrongState
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.operations.dbus import open_dbus, what_is_missing
from backend.operations.domain import known
from backend.operations.placement import is_on_this_computer
from backend.operations.vnc import open_vnc

_DBUS, _VNC = "dbus", "vnc"


async def open_display(
    host: ManagedHost, ref: Ref, transport: Transport = Transport.BEST, *, may_ask: bool = True
) -> FramebufferChannel:
    """Return a channel to the machine's screen, beside all others that are open.

    Whoever gets it closes it; one that is forgotten closes itself. By `DBUS` the screen is taken
    from whatever other program has it, whose channel ends with DisplayTaken. Raises WrongState for
    a machine that is off, DisplayMissing where it has no such display, DisplayUnreachable;
    DisplayDeclined if it asked something that nobody said, and DisplayAsks at once unless the user
    may be asked.
    """
    domain = known(host, ref)
    if not domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    graphics = domain.live.graphics if domain.live else ()
    is_here = is_on_this_computer(host)
    can_dbus = is_here and _DBUS in graphics
    if transport is Transport.DBUS and not can_dbus:
        raise DisplayMissing(name=domain.name)
    remark: Problem | None = None
    if transport is not Transport.VNC and can_dbus:
        try:
            return await open_dbus(host, domain)
        except BackendError as error:
            if transport is Transport.DBUS or _VNC not in graphics:
                raise
            remark = error.problem
    elif is_here and not can_dbus and _VNC in graphics:
        remark = await what_is_missing(host)
    return await open_vnc(host, domain, remark, may_ask=may_ask)
