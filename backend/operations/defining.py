"""A machine that is defined as part of something larger, and goes again with it."""

import contextlib

from backend import jobs
from backend.errors import DescriptionRefused, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Domain, Kind, Ref
from backend.operations.domain import EFFECT_DEADLINE_S, check_name
from backend.operations.takeback import quietly
from backend.refusals import UuidTaken


async def add(
    host: ManagedHost, key: str, name: str, description: str, undo: contextlib.AsyncExitStack
) -> Ref:
    """The machine with this UUID is there, as described; return its reference.

    It goes again where `undo` runs. Raises NameTaken, UuidTaken, DescriptionRefused.
    """
    jobs.report(stage="defining")
    # Its disks took long enough for somebody else.
    await check_name(host, name)
    await require_free(host, key)
    was_refused = False

    async def take_back() -> None:
        if not was_refused:  # who has its UUID then is somebody else's
            await quietly(host, lambda connect: commands.withdraw(connect, key))

    # Before the call: one that nobody waits for any more may still be obeyed.
    undo.push_async_callback(take_back)
    try:
        return await define(host, Ref(host.spec.id, Kind.DOMAIN, key), description)
    except DescriptionRefused:
        was_refused = True
        raise


async def define(host: ManagedHost, ref: Ref, description: str) -> Ref:
    """The machine `ref` is there as described; return it. Raises DescriptionRefused."""
    try:
        await host.tell(lambda connect: commands.define(connect, description))
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error
    await host.read_now(ref)
    await host.inventory.until(
        ref, lambda record: isinstance(record, Domain), deadline_s=EFFECT_DEADLINE_S
    )
    return ref


async def require_free(host: ManagedHost, key: str) -> None:
    """Raise UuidTaken if a machine has that UUID."""
    if user := await host.ask(lambda connect: commands.name_of(connect, key)):
        raise UuidTaken(name=user, uuid=key)
