"""Making machines. What a failed or cancelled attempt made is taken back, in reverse order."""

import contextlib
from pathlib import Path

from backend import jobs
from backend.errors import DescriptionRefused, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Domain, Kind, Ref
from backend.operations import images, planning, volumes
from backend.operations.domain import EFFECT_DEADLINE_S, check_name
from backend.operations.images import ImageFacts
from backend.operations.planning import MachinePlan
from backend.operations.takeback import quietly, undone_on_failure
from backend.specs import MachineSpec, NewDomain, Placing, SourceKind
from backend.xmldesc import newdomain


async def check_image(
    host: ManagedHost,
    _ref: Ref,
    path: Path,
    kind: SourceKind,
    placing: Placing = Placing.COPY,
) -> ImageFacts:
    """Return what the image at `path` is, as it would be used. Raises why it cannot be."""
    if placing is Placing.IN_PLACE:
        return await planning.look_in_place(host, path)
    return await images.check(host, path, kind)


async def plan(host: ManagedHost, _ref: Ref, spec: MachineSpec) -> MachinePlan:
    """Return what `create` would make, and make nothing. Raises as it does."""
    await check_name(host, spec.name)
    return await planning.plan(host, spec)


async def create(host: ManagedHost, ref: Ref, spec: MachineSpec) -> Ref:
    """The machine is there, off, with its disks; return its reference.

    Raises NameInvalid, NameTaken, an image's errors, PoolMissing, DiskFull, NetworkMissing,
    SampleGuestMissing, NotSupported, DescriptionRefused. Nothing is left behind then, nor after
    a cancel.
    """
    jobs.report(stage="preparing")
    planned = await plan(host, ref, spec)
    async with undone_on_failure() as undo:
        if pool := planned.pool:
            for volume in planned.volumes:
                await volumes.make(host, pool, volume, undo)
            await check_name(host, spec.name)  # to fill them takes long enough for somebody else
        made = await _define(host, ref, planned.domain, undo)
    await host.read_storage_now()
    return made


async def _define(
    host: ManagedHost, ref: Ref, domain: NewDomain, undo: contextlib.AsyncExitStack
) -> Ref:
    made = Ref(ref.host, Kind.DOMAIN, domain.uuid)
    jobs.report(stage="defining")
    # Before the call: one that nobody waits for any more may still be obeyed.
    undo.push_async_callback(quietly, host, lambda c: commands.undefine(c, domain.uuid))
    try:
        await host.tell(lambda connect: commands.define(connect, newdomain.dump(domain)))
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error
    await host.read_now(made)
    await host.inventory.until(
        made, lambda record: isinstance(record, Domain), deadline_s=EFFECT_DEADLINE_S
    )
    return made
