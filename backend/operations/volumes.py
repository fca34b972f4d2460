"""Volumes of a machine that is being made: under which name, and with what in them."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend import defaults, jobs
from backend.errors import (
    BackendError,
    ConnectionLost,
    DiskFull,
    HostNotAnswering,
    HypervisorRefused,
)
from backend.host.managed import ACTION_DEADLINE_S, ManagedHost
from backend.hypervisor import commands
from backend.model import StoragePool
from backend.operations import cloudinit, images
from backend.operations.images import ImageFacts
from backend.operations.takeback import quietly
from backend.refusals import VolumeTaken
from backend.xmldesc import storage

_ROOM_FOR_EMPTY_DISK = 16 * defaults.MIB


@dataclass(frozen=True, slots=True)
class PlannedVolume:
    """A volume to be made: empty, or with what an image holds, at last of `size_bytes`.

    A raw one takes the image as it is; any other is converted. One with a `seed` is the image of a
    CD with these files.
    """

    name: str
    format: str
    size_bytes: int
    image: ImageFacts | None = None
    seed: cloudinit.Files = ()

    @property
    def first_bytes(self) -> int:
        """Its size while it is filled."""
        return self.image.virtual_size_bytes if self.image else self.size_bytes


async def free_name(
    host: ManagedHost, pool: StoragePool, stem: str, ending: str, taken: set[str]
) -> str:
    """Return the first name in a pool that neither a volume nor `taken` has; it is taken then."""
    candidate, number = f"{stem}.{ending}", 1
    while candidate in taken or await host.tell(
        lambda connect, name=candidate: commands.volume_exists(connect, pool.ref.key, name)  # type: ignore[misc]
    ):
        number += 1
        candidate = f"{stem}-{number}.{ending}"
    taken.add(candidate)
    return candidate


async def make(
    host: ManagedHost, pool: StoragePool, volume: PlannedVolume, undo: contextlib.AsyncExitStack
) -> str:
    """The volume is there, filled; return its path. Raises DiskFull, and an image's errors."""
    image = volume.image
    if volume.seed:
        return await _make_seed(host, pool, volume, undo)
    if image is None:
        require_room(pool, _ROOM_FOR_EMPTY_DISK)
        return await _create(host, pool, volume, undo)
    if volume.format == "raw":
        require_room(pool, volume.size_bytes)
        path = await _create(host, pool, volume, undo)
        await _fill(host, pool, image.path, path)
        return path
    async with images.as_qcow2(image) as source:
        require_room(pool, source.stat().st_blocks * 512)  # its holes are none there either
        path = await _create(host, pool, volume, undo)
        await _fill(host, pool, source, path)
    if volume.size_bytes > volume.first_bytes:
        size = volume.size_bytes
        await host.tell(lambda connect: commands.grow_volume(connect, path, size))
    return path


async def _make_seed(
    host: ManagedHost, pool: StoragePool, volume: PlannedVolume, undo: contextlib.AsyncExitStack
) -> str:
    require_room(pool, volume.size_bytes)
    path = await _create(host, pool, volume, undo)
    with tempfile.TemporaryDirectory(prefix="celadon-seed-") as place:
        source = Path(place) / "seed.iso"
        source.write_bytes(cloudinit.image(volume.seed))
        await _fill(host, pool, source, path)
    return path


def require_room(pool: StoragePool, needed_bytes: int) -> None:
    """Raise DiskFull if a pool has less room than that."""
    if pool.available_bytes < needed_bytes:
        raise DiskFull(path=pool.path, needed_bytes=needed_bytes, free_bytes=pool.available_bytes)


async def _create(
    host: ManagedHost, pool: StoragePool, volume: PlannedVolume, undo: contextlib.AsyncExitStack
) -> str:
    jobs.report(stage="preparing", is_cancellable=True)
    description = storage.dump_volume(volume.name, volume.first_bytes, volume.format)
    try:
        return await made(
            host,
            pool,
            volume.name,
            lambda connect: commands.create_volume(connect, pool.ref.key, description),
            undo,
        )
    except HypervisorRefused as error:
        raise _as_disk_full(error, pool, volume.first_bytes) from error


async def made(
    host: ManagedHost,
    pool: StoragePool,
    name: str,
    make: Callable[[Any], str],
    undo: contextlib.AsyncExitStack,
    deadline_s: float = ACTION_DEADLINE_S,
) -> str:
    """The volume that `make` makes is there; return its path. Raises VolumeTaken.

    It goes again where `undo` runs.
    """
    path = str(Path(pool.path) / name)
    was_refused = False

    async def take_back() -> None:
        # One that was refused is not ours: somebody may have been quicker with the same name.
        if was_refused or await quietly(
            host, lambda c: commands.delete_volume_named(c, pool.ref.key, name), busy_s=deadline_s
        ):
            jobs.settled(path)

    undo.push_async_callback(take_back)
    jobs.making(path)
    try:
        return await host.tell(make, deadline_s=deadline_s)
    except BackendError as error:
        # Only of a call that was cut off nobody knows whether it was obeyed.
        was_refused = not isinstance(error, (ConnectionLost, HostNotAnswering))
        if not isinstance(error, HypervisorRefused):
            raise
        if error.arguments.get("code") == commands.VOLUME_EXISTS:
            raise VolumeTaken(name=name, detail=error.detail) from error
        raise


async def _fill(host: ManagedHost, pool: StoragePool, source: Path, path: str) -> None:
    try:
        await images.upload(host, source, path)
    except HypervisorRefused as error:
        raise _as_disk_full(error, pool, source.stat().st_size) from error  # noqa: ASYNC240


def _as_disk_full(error: HypervisorRefused, pool: StoragePool, needed: int) -> BackendError:
    if any(os.strerror(errno.ENOSPC) in line for line in error.detail):
        return DiskFull(path=pool.path, needed_bytes=needed, free_bytes=pool.available_bytes)
    return error
