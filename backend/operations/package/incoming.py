"""Import: a machine from a package, ours or OVF's, with disks of its own on a host."""

import contextlib
from dataclasses import replace
from pathlib import Path

from backend import jobs
from backend.errors import DiskFull
from backend.host.managed import ManagedHost
from backend.hypervisor import firmware_memory
from backend.model import Ref
from backend.operations import defining, images, volumes
from backend.operations.domain import start
from backend.operations.images import UPLOAD_DEADLINE_S
from backend.operations.package import arrival, files, manifest, own
from backend.operations.package.arrival import ImportPlan, ImportSpec, Outlook
from backend.operations.package.freight import Meter
from backend.operations.package.own import OwnPackage
from backend.operations.takeback import quietly, undone_on_failure
from backend.packages import PackageDamaged
from backend.specs import SourceKind, Then

_DEADLINE_S = 60.0


async def look(host: ManagedHost, _ref: Ref, path: Path) -> Outlook:
    """Return what is in the package that `path` lists, and what the host has for it.

    Raises PackageMissing, PackageBroken, PackageTooNew, PackageDamaged, PackageUnfit, and what
    `definition.fault` tells.
    """
    await host.read_storage_now()
    package = await _read(host, path)
    return arrival.outlook(host, package.contents)


async def plan(host: ManagedHost, _ref: Ref, spec: ImportSpec) -> ImportPlan:
    """Return what `bring_in` would make, and make nothing. Raises as it does."""
    await host.read_storage_now()
    return await arrival.plan(host, spec, await _read(host, spec.path))


async def bring_in(host: ManagedHost, _ref: Ref, spec: ImportSpec) -> Ref:
    """The machine of a package is there, with its disks; return its reference.

    Raises as `look`, NameInvalid, NameTaken, UuidTaken, NetworkMissing, PoolMissing, DiskFull,
    an image's errors, DescriptionRefused, StartFailed. Nothing is left behind then, nor after a
    cancel.
    """
    jobs.report(stage="preparing", is_cancellable=True)
    await host.read_storage_now()
    package = await _read(host, spec.path)
    planned = await arrival.plan(host, spec, package)
    _require_room(planned)
    await _verify(host, package)
    async with undone_on_failure() as undo:
        for volume in planned.volumes:
            await volumes.make(host, planned.pool, await _checked(host, volume), undo)
        if planned.memory:
            await _write_memory(host, *planned.memory, undo)
        made = await defining.add(host, planned.uuid, spec.name, planned.description, undo)
        if spec.then is Then.START:
            jobs.report(stage="starting", is_cancellable=True)
            await start(host, made)
        await host.read_storage_now()
    return made


async def _read(host: ManagedHost, path: Path) -> OwnPackage:
    def read() -> OwnPackage:
        return own.read(path / manifest.FILE if path.is_dir() else path)

    return await host.run_locally(read, deadline_s=_DEADLINE_S)


def _require_room(planned: ImportPlan) -> None:
    """Raise DiskFull before the first byte, as far as one can know."""
    sizes = [volume.image.path.stat().st_size for volume in planned.volumes if volume.image]
    pool = planned.pool
    if sum(sizes) > pool.available_bytes:
        raise DiskFull(path=pool.path, needed_bytes=sum(sizes), free_bytes=pool.available_bytes)


async def _verify(host: ManagedHost, package: OwnPackage) -> None:
    meter = Meter(sum(file.size_bytes for file in package.manifest.files))
    for file in package.manifest.files:
        path = package.folder / file.name
        with meter.part("checking", file.size_bytes) as told:
            await host.run_locally(
                lambda: files.verify(path, "sha256", file.sha256, told),  # noqa: B023
                deadline_s=UPLOAD_DEADLINE_S,
            )


async def _checked(host: ManagedHost, volume: volumes.PlannedVolume) -> volumes.PlannedVolume:
    """Return the volume by what its image is. Raises what `images.check` does, PackageDamaged."""
    image = volume.image
    if image is None or volume.format == "raw":
        return volume
    found = await images.check(host, image.path, SourceKind.DISK_IMAGE)
    if found.format != image.format or found.virtual_size_bytes != image.virtual_size_bytes:
        raise PackageDamaged(name=image.path.name)
    return replace(volume, image=found)


async def _write_memory(
    host: ManagedHost, source: Path, target: str, undo: contextlib.AsyncExitStack
) -> None:
    content = await host.run_locally(
        lambda: files.content(source, firmware_memory.SIZE_MAXIMUM), deadline_s=_DEADLINE_S
    )
    undo.push_async_callback(quietly, host, lambda c: firmware_memory.delete(c, target))
    await host.tell(lambda connect: firmware_memory.write(connect, target, content))
