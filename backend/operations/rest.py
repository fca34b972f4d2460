"""Machines at rest: what is copied of one that runs is worth nothing."""

from backend.errors import WrongState
from backend.host.managed import ManagedHost
from backend.model import Domain, Ref
from backend.operations.domain import known
from backend.refusals import HasSavedState


async def unchanging(host: ManagedHost, ref: Ref) -> Domain:
    """Return the machine, whose disks nobody writes to. Raises WrongState, HasSavedState, Gone."""
    await host.read_now(ref)
    domain = known(host, ref)
    if domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    if domain.has_saved_state:
        raise HasSavedState(name=domain.name)
    return domain
