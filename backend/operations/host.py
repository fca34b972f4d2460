"""Verbs on a host as a whole."""

from backend.host.managed import ManagedHost
from backend.model import Host, HostState, Ref

RECONNECT_DEADLINE_S = 60.0


async def reconnect(host: ManagedHost, ref: Ref) -> None:
    """The host is connected. Raises what keeps it away, once it was tried."""
    host.reconnect()
    await host.inventory.until(
        ref,
        lambda r: isinstance(r, Host) and r.state is HostState.CONNECTED,
        deadline_s=RECONNECT_DEADLINE_S,
    )


async def refresh(host: ManagedHost, _ref: Ref) -> None:
    """The inventory shows all that the host has at this moment."""
    await host.refresh_all()
