"""Import: a machine from a package, ours or OVF's, with disks of its own on a host."""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from backend import jobs
from backend.errors import BackendError, DiskFull, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import firmware_memory
from backend.model import Ref
from backend.operations import defining, images, volumes
from backend.operations.domain import start
from backend.operations.images import UPLOAD_DEADLINE_S
from backend.operations.package import (
    adoption,
    archive,
    arrival,
    files,
    finding,
    freight,
    withdrawal,
)
from backend.operations.package.archive import Member
from backend.operations.package.arrival import ImportPlan, ImportSpec, Outlook
from backend.operations.package.contents import Contents
from backend.operations.package.finding import Package
from backend.operations.package.foreign import ForeignPackage
from backend.operations.package.freight import Meter
from backend.operations.takeback import making, undone_on_failure
from backend.packages import PackageDamaged
from backend.specs import SourceKind, Then

_DEADLINE_S = 60.0


async def look(host: ManagedHost, _ref: Ref, path: Path) -> Outlook:
    """Return what is in the package at `path`, and what the host has for it.

    That is a folder of ours or its list, an OVF or an OVA file. Raises PackageMissing,
    PackageBroken, PackageTooNew, PackageDamaged, PackageUnfit, and what `definition.fault` tells.
    """
    await host.read_storage_now()
    package = await _read(host, path)
    return arrival.outlook(host, package.contents)


async def plan(host: ManagedHost, _ref: Ref, spec: ImportSpec) -> ImportPlan:
    """Return what `bring_in` would make, and make nothing. Raises as it does."""
    await host.read_storage_now()
    package = await _read(host, spec.path)
    return await _plan(host, spec, package, images.image_workshop() / "unpacked")


async def doubts(host: ManagedHost, _ref: Ref, spec: ImportSpec) -> tuple[Problem, ...]:
    """Return what the host would object to in what `bring_in` would define; make nothing.

    Raises as `plan`.
    """
    return await arrival.doubts(host, await plan(host, _ref, spec))


async def bring_in(host: ManagedHost, _ref: Ref, spec: ImportSpec) -> Ref:
    """The machine of a package is there, with its disks; return its reference.

    Raises as `look`, NameInvalid, NameTaken, UuidTaken, NetworkMissing, PoolMissing, DiskFull,
    an image's errors, DescriptionRefused, StartFailed. Nothing is left behind then, nor after a
    cancel.
    """
    jobs.report(stage="preparing", is_cancellable=True)
    await host.read_storage_now()
    package = await _read(host, spec.path)
    async with _unpacked(host, package) as folder, undone_on_failure() as undo:
        planned = await _plan(host, spec, package, folder)
        await _verify(host, package, folder)
        checked = [await _checked(host, volume, package) for volume in planned.volumes]
        await _require_room(host, planned)
        for volume in checked:
            await volumes.make(host, planned.pool, volume, undo)
        if planned.memory:
            await _write_memory(host, *planned.memory, undo)
        made = await defining.add(host, planned.uuid, spec.name, planned.description, undo)
        if spec.then is Then.START:
            jobs.report(stage="starting", is_cancellable=True)
            await start(host, made)
        await host.read_storage_now()
        if spec.then is not Then.START:
            await _can_be_undone(host, made, planned)
    return made


async def _can_be_undone(host: ManagedHost, made: Ref, planned: ImportPlan) -> None:
    paths = tuple(str(Path(planned.pool.path) / volume.name) for volume in planned.volumes)
    with contextlib.suppress(BackendError):  # it is there all the same
        jobs.can_be_undone(withdrawal.take_back, await withdrawal.as_left(host, made, paths))


async def _read(host: ManagedHost, path: Path) -> Package:
    return await host.run_locally(lambda: finding.read(path), deadline_s=_DEADLINE_S)


async def _plan(host: ManagedHost, spec: ImportSpec, package: Package, folder: Path) -> ImportPlan:
    if isinstance(package, ForeignPackage):
        return await adoption.plan(host, spec, package, folder)
    return await arrival.plan(host, spec, package)


@asynccontextmanager
async def _unpacked(host: ManagedHost, package: Package) -> AsyncIterator[Path]:
    """Give the folder with the files of a package; what an archive holds is there meanwhile."""
    if not isinstance(package, ForeignPackage) or package.members is None:
        yield package.folder
        return
    place = await host.run_locally(_new_place, deadline_s=_DEADLINE_S)
    try:
        await _unpack(host, package.contents, package.members, place)
        yield place
    finally:
        await freight.remove(host, place)


def _new_place() -> Path:
    return Path(tempfile.mkdtemp(prefix="celadon-import-", dir=images.image_workshop()))


async def _unpack(
    host: ManagedHost, contents: Contents, members: Mapping[str, Member], place: Path
) -> None:
    wanted = {disk.name: members[disk.name] for disk in contents.disks if disk.name}
    total = sum(member.size_bytes for member in wanted.values())
    free = shutil.disk_usage(place).free
    if free < total:
        raise DiskFull(path=str(place), needed_bytes=total, free_bytes=free)
    meter = Meter(total)
    for name, member in wanted.items():
        with meter.part("unpacking", member.size_bytes) as told:
            unpack = partial(archive.unpack, contents.path, member, place / name, told)
            await host.run_locally(unpack, deadline_s=UPLOAD_DEADLINE_S)


async def _require_room(host: ManagedHost, planned: ImportPlan) -> None:
    """Raise DiskFull before the first byte, as far as one can know."""

    def needed() -> int:
        paths = [volume.image.path for volume in planned.volumes if volume.image]
        return sum(files.size(path) for path in paths)

    size, pool = await host.run_locally(needed, deadline_s=_DEADLINE_S), planned.pool
    if size > pool.available_bytes:
        raise DiskFull(path=pool.path, needed_bytes=size, free_bytes=pool.available_bytes)


async def _verify(host: ManagedHost, package: Package, folder: Path) -> None:
    """Raise PackageDamaged if a file is not what it was; what has no checksum is believed."""
    sizes = {disk.name: disk.file_bytes for disk in package.contents.disks}
    meter = Meter(sum(sizes.values()))
    for one in package.sums:
        with meter.part("checking", sizes.get(one.name, 0)) as told:
            verify = partial(files.verify, folder / one.name, one.algorithm, one.digest, told)
            await host.run_locally(verify, deadline_s=UPLOAD_DEADLINE_S)


async def _checked(
    host: ManagedHost, volume: volumes.PlannedVolume, package: Package
) -> volumes.PlannedVolume:
    """Return the volume by what its image is. Raises what `images.check` does, PackageDamaged.

    What we have packed is as we have listed it; others write down of a disk what they like.
    """
    image = volume.image
    if image is None or volume.format == "raw":
        return volume
    found = await images.check(host, image.path, SourceKind.DISK_IMAGE)
    if isinstance(package, ForeignPackage):
        return replace(volume, image=found, size_bytes=found.virtual_size_bytes)
    if found.format != image.format or found.virtual_size_bytes != image.virtual_size_bytes:
        raise PackageDamaged(name=image.path.name)
    return replace(volume, image=found)


async def _write_memory(
    host: ManagedHost, source: Path, target: str, undo: contextlib.AsyncExitStack
) -> None:
    content = await host.run_locally(
        lambda: files.content(source, firmware_memory.SIZE_MAXIMUM), deadline_s=_DEADLINE_S
    )
    await making(
        host,
        lambda connect: firmware_memory.write(connect, target, content),
        lambda connect: firmware_memory.delete(connect, target),
        undo,
    )
