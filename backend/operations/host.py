"""Verbs on a host as a whole."""

from backend.errors import ProblemError
from backend.host.managed import ManagedHost
from backend.model import Host, HostState, Record, Ref

RECONNECT_DEADLINE_S = 150.0


async def reconnect(host: ManagedHost, ref: Ref) -> None:
    """The host is connected. Raises what keeps it away, once it was tried."""
    if host.record.state is HostState.CONNECTED:
        return
    was_tried = host.record.state is HostState.CONNECTING

    def is_decided(record: Record | None) -> bool:
        nonlocal was_tried
        state = record.state if isinstance(record, Host) else HostState.AWAY
        was_tried |= state is HostState.CONNECTING
        return state is HostState.CONNECTED or (was_tried and state is HostState.AWAY)

    host.reconnect()
    after = await host.inventory.until(ref, is_decided, deadline_s=RECONNECT_DEADLINE_S)
    if isinstance(after, Host) and after.state is HostState.AWAY and after.problem:
        raise ProblemError(after.problem)


async def refresh(host: ManagedHost, _ref: Ref) -> None:
    """The inventory shows all that the host has at this moment."""
    await host.refresh_all()
