"""Export: a machine with its disks into a folder of this computer."""

import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from backend import jobs
from backend.errors import DiskFull, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, firmware_memory
from backend.model import Ref
from backend.operations.images import UPLOAD_DEADLINE_S
from backend.operations.package import freight, leftovers, manifest, origins
from backend.operations.package.freight import Meter
from backend.operations.package.leftovers import Leftover, Workshop
from backend.operations.package.manifest import Manifest, PackedFile, Role
from backend.operations.package.origins import Origin
from backend.operations.rest import unchanging
from backend.packages import FolderUnfit, MachineChanged, PackageThere
from backend.xmldesc import moved

DESCRIPTION: Final = "machine.xml"
_DEADLINE_S: Final = 20.0


class Media(Enum):
    """What becomes of the images in a machine's DVD and floppy drives."""

    LEFT_OUT = "left_out"
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What a package will hold, and what it will not. `path` is its folder, which is not there yet.

    `memory` is where the machine's firmware has its own, "" if it has none. `room_bytes` is what is
    needed at most on the way, `free_bytes` what there is. `leftovers` lie there from exports that
    were cut off.
    """

    path: Path
    description: str
    origins: tuple[Origin, ...]
    memory: str
    left_out: tuple[Problem, ...]
    room_bytes: int
    free_bytes: int
    leftovers: tuple[Leftover, ...] = ()


async def plan(
    host: ManagedHost, ref: Ref, folder: Path, media: Media = Media.LEFT_OUT
) -> ExportPlan:
    """Return what `export` would make, and make nothing. Raises as it does."""
    domain = await unchanging(host, ref)
    await host.read_storage_now()
    secret = await host.ask(lambda connect: commands.describe(connect, ref.key))
    public = await host.ask(lambda connect: commands.describe_next_start(connect, ref.key))
    has, with_media = moved.belongings(public), media is Media.INCLUDED
    found = await origins.find(host, domain, has, with_media=with_media)
    memory = await host.tell(lambda connect: firmware_memory.find(connect, public))
    left_out = origins.left_out(
        host, domain, has, has_password=secret != public, with_media=with_media
    )
    # What is put together needs its parts beside it for a while.
    beside = max((one.size_bytes for one in found if one.is_converted), default=0)
    room = sum(one.size_bytes for one in found) + beside
    path = folder / domain.name
    free = await host.run_locally(lambda: _free_for(path), deadline_s=_DEADLINE_S)
    old = await host.run_locally(lambda: leftovers.find(folder), deadline_s=_DEADLINE_S)
    return ExportPlan(path, public, found, memory, tuple(left_out), room, free, old)


async def discard(host: ManagedHost, _ref: Ref, path: Path) -> None:
    """What an export that was cut off left at `path` is gone. Raises FolderUnfit."""
    await host.run_locally(lambda: leftovers.discard(path), deadline_s=UPLOAD_DEADLINE_S)


async def export(host: ManagedHost, ref: Ref, folder: Path, media: Media = Media.LEFT_OUT) -> Path:
    """The machine, which is off, is in a new folder below `folder`; return that.

    Raises WrongState, HasSavedState, DiskNotInPool, FolderUnfit, PackageThere, DiskFull,
    MachineChanged, an image's errors. Nothing is left behind then, nor after a cancel.
    """
    jobs.report(stage="preparing", is_cancellable=True)
    planned = await plan(host, ref, folder, media)
    if planned.free_bytes < planned.room_bytes:
        raise DiskFull(
            path=str(folder), needed_bytes=planned.room_bytes, free_bytes=planned.free_bytes
        )
    # Each byte is written once and read once, for its checksum.
    meter = Meter(2 * sum(one.size_bytes for one in planned.origins))
    async with _new_folder(host, planned.path) as place:
        for origin in planned.origins:
            await freight.bring(host, origin, place / origin.name, meter)
            await unchanging(host, ref)  # what was copied while it ran is worth nothing
        extra = await _memory_of(host, planned, place)
        await _require_same(host, ref, planned)
        domain = await unchanging(host, ref)
        await _write(host, place / DESCRIPTION, planned.description.encode())
        description = Origin(DESCRIPTION, Role.DESCRIPTION, ())
        files = [
            await _sealed(host, place, one, meter)
            for one in (description, *planned.origins, *extra)
        ]
        made = Manifest(domain.name, ref.key, time.time(), tuple(files), planned.left_out)
        await _write(host, place / manifest.FILE, manifest.dump(made).encode())
    return planned.path


async def _memory_of(host: ManagedHost, planned: ExportPlan, place: Path) -> tuple[Origin, ...]:
    if not planned.memory:
        return ()
    content = await host.tell(lambda connect: firmware_memory.read(connect, planned.memory))
    await _write(host, place / "nvram.fd", content)
    return (Origin("nvram.fd", Role.MEMORY, ()),)


async def _write(host: ManagedHost, path: Path, content: bytes) -> None:
    await host.run_locally(lambda: freight.write(path, content), deadline_s=_DEADLINE_S)


async def _require_same(host: ManagedHost, ref: Ref, planned: ExportPlan) -> None:
    now = await host.ask(lambda connect: commands.describe_next_start(connect, ref.key))
    if now != planned.description:
        raise MachineChanged(name=planned.path.name)


async def _sealed(host: ManagedHost, place: Path, origin: Origin, meter: Meter) -> PackedFile:
    path = place / origin.name
    with meter.part("checking", origin.size_bytes) as told:
        size, digest = await host.run_locally(
            lambda: freight.seal(path, told), deadline_s=UPLOAD_DEADLINE_S
        )
    kind = "qcow2" if origin.role is Role.DISK else ""
    return PackedFile(
        origin.name, origin.role, size, digest, origin.target, kind, origin.capacity_bytes
    )


def _free_for(path: Path) -> int:
    """Return the room for a package. Raises FolderUnfit, PackageThere."""
    folder = path.parent
    if os.path.lexists(path):
        raise PackageThere(path=str(path))
    try:
        # The only way to know is to try: rights are not all that can be in the way.
        with tempfile.TemporaryDirectory(prefix=".celadon-", dir=folder):
            return shutil.disk_usage(folder).free
    except OSError as error:
        raise FolderUnfit(path=str(folder), detail=(error.strerror or str(error),)) from error


@asynccontextmanager
async def _new_folder(host: ManagedHost, path: Path) -> AsyncIterator[Path]:
    """Give a folder to be filled, which is at `path` after that, whole, or gone."""
    workshop = await host.run_locally(lambda: Workshop(path), deadline_s=_DEADLINE_S)
    place = workshop.place
    jobs.making(str(place))
    try:
        yield place
        jobs.report(stage="finishing")  # from here on it is too late to stop: it would be there
        await host.run_locally(lambda: _put_in_place(place, path), deadline_s=_DEADLINE_S)
    except BaseException:
        await freight.remove(host, place)
        raise
    finally:
        workshop.close()
        jobs.settled(str(place))


def _put_in_place(place: Path, path: Path) -> None:
    if os.path.lexists(path):
        raise PackageThere(path=str(path))
    try:
        place.rename(path)
        parent = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(parent)
        os.close(parent)
    except OSError as error:
        raise freight.unfit(error, path.parent) from error
