"""A machine that is defined as part of something larger, and goes again with it."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from backend import jobs
from backend.errors import DescriptionRefused, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Domain, Kind, Ref
from backend.operations.domain import EFFECT_DEADLINE_S, check_name
from backend.operations.takeback import making
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
    with _as_refusal():
        await making(
            host,
            lambda connect: commands.define(connect, description),
            lambda connect: commands.withdraw(connect, key),
            undo,
        )
    return await _seen(host, Ref(host.spec.id, Kind.DOMAIN, key))


async def define(
    host: ManagedHost,
    ref: Ref,
    description: str,
    undo: contextlib.AsyncExitStack,
    unmake: Callable[[Any], object],
) -> Ref:
    """The machine `ref` is there as described; return it. Raises DescriptionRefused.

    Where `undo` runs it is unmade, if it is still as it was left here: whoever changed or started
    it meanwhile keeps it, and so does who had it before, if it was refused. Of a call that was cut
    off nobody knows whether it was obeyed, and what is there then is left.
    """
    left: list[str] = []

    def make(connect: Any) -> None:
        commands.define(connect, description)
        left.append(commands.describe(connect, ref.key))

    def take_back(connect: Any) -> None:
        if left == [commands.describe(connect, ref.key)]:
            unmake(connect)

    with _as_refusal():
        await making(host, make, take_back, undo)
    return await _seen(host, ref)


@contextlib.contextmanager
def _as_refusal() -> Iterator[None]:
    try:
        yield
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error


async def _seen(host: ManagedHost, ref: Ref) -> Ref:
    await host.read_now(ref)
    await host.inventory.until(
        ref, lambda record: isinstance(record, Domain), deadline_s=EFFECT_DEADLINE_S
    )
    return ref


async def require_free(host: ManagedHost, key: str) -> None:
    """Raise UuidTaken if a machine has that UUID."""
    if user := await host.ask(lambda connect: commands.name_of(connect, key)):
        raise UuidTaken(name=user, uuid=key)
