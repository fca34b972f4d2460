"""Making machines. What a failed or cancelled attempt made is taken back, in reverse order."""

from pathlib import Path

from backend import jobs
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Ref
from backend.operations import defining, images, new_storage, placement, planning, volumes
from backend.operations.domain import check_name, start
from backend.operations.images import ImageFacts
from backend.operations.planning import MachinePlan
from backend.operations.takeback import undone_on_failure
from backend.specs import BootFile, MachineSpec, NewDomain, Placing, SourceKind, Then
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
        return await placement.look_in_place(host, path)
    if kind is SourceKind.DVD_IMAGE and (there := placement.only_there(host, path)):
        return ImageFacts(path, "raw", there.capacity_bytes)
    return await images.check(host, path, kind)


async def check_boot_file(host: ManagedHost, _ref: Ref, path: Path, part: BootFile) -> ImageFacts:
    """Return what a kernel or an initial RAM disk at `path` is. Raises why it cannot be used."""
    if there := placement.only_there(host, path):
        return ImageFacts(path, "raw", there.capacity_bytes)
    check = images.check_kernel if part is BootFile.KERNEL else images.check_ram_disk
    return await check(host, path)


async def plan(host: ManagedHost, _ref: Ref, spec: MachineSpec) -> MachinePlan:
    """Return what `create` would make, and make nothing. Raises as it does."""
    await check_name(host, planning.name_of(spec))
    return await planning.plan(host, spec)


async def create(host: ManagedHost, ref: Ref, spec: MachineSpec) -> Ref:
    """The machine is there, off, with its disks; return its reference.

    Raises NameInvalid, NameTaken, an image's errors, PoolMissing, DiskFull, NetworkMissing,
    SampleGuestMissing, NotSupported, UefiMissing, SecureBootMissing, DescriptionRefused. Nothing
    is left behind then, nor after a cancel.
    """
    (made,) = await create_all(host, ref, (spec,))
    return made


async def plan_all(
    host: ManagedHost, _ref: Ref, specs: tuple[MachineSpec, ...], then: Then = Then.STAY_OFF
) -> tuple[MachinePlan, ...]:
    """Return what `create_all` would make, and make nothing. Raises as it does."""
    del then
    new_storage.require_disks_of_their_own(specs)
    await host.read_storage_now()  # how much is free somewhere is not told, it is asked
    taken: set[str] = set()
    planned = []
    for spec in specs:
        await check_name(host, planning.name_of(spec))
        planned.append(await planning.plan(host, spec, taken))
    return tuple(planned)


async def create_all(
    host: ManagedHost, ref: Ref, specs: tuple[MachineSpec, ...], then: Then = Then.STAY_OFF
) -> tuple[Ref, ...]:
    """All of these machines are there, and run if they are to; return their references.

    What is loaded for an installation alone is loaded if they are started. Raises as `create`, and
    StartFailed. Nothing of any of them is left behind then, nor after a cancel.
    """
    jobs.report(stage="preparing", is_cancellable=True)
    planned = await plan_all(host, ref, specs, then)
    made = []
    async with undone_on_failure() as undo:
        for one in planned:
            if pool := one.pool:
                for volume in one.volumes:
                    await volumes.make(host, pool, volume, undo)
            about = one.domain
            made.append(await defining.add(host, about.uuid, about.name, one.description, undo))
        if then is Then.START:
            for one, machine in zip(planned, made, strict=True):
                await _start(host, machine, one.domain)
        await host.read_storage_now()
    return tuple(made)


async def _start(host: ManagedHost, ref: Ref, domain: NewDomain) -> None:
    jobs.report(stage="starting", is_cancellable=True)
    await start(host, ref)
    if not domain.is_restarted:
        # What it runs with stays as it is: only its next start is without the kernel.
        text = await host.ask(lambda connect: commands.describe(connect, domain.uuid))
        lasting = newdomain.installed(text)
        await host.tell(lambda connect: commands.define(connect, lasting))
        await host.read_now(ref)
