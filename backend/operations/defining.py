"""A machine that is defined as part of something larger, and goes again with it."""

import contextlib

from backend import jobs
from backend.errors import DescriptionRefused, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Domain, Kind, Ref
from backend.operations.domain import EFFECT_DEADLINE_S, check_name
from backend.operations.takeback import quietly


async def add(
    host: ManagedHost, key: str, name: str, description: str, undo: contextlib.AsyncExitStack
) -> Ref:
    """The machine with this UUID is there, as described; return its reference.

    It goes again where `undo` runs. Raises NameTaken, DescriptionRefused.
    """
    made = Ref(host.spec.id, Kind.DOMAIN, key)
    jobs.report(stage="defining")
    await check_name(host, name)  # its disks took long enough for somebody else
    # Before the call: one that nobody waits for any more may still be obeyed.
    undo.push_async_callback(quietly, host, lambda connect: commands.withdraw(connect, key))
    try:
        await host.tell(lambda connect: commands.define(connect, description))
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error
    await host.read_now(made)
    await host.inventory.until(
        made, lambda record: isinstance(record, Domain), deadline_s=EFFECT_DEADLINE_S
    )
    return made
