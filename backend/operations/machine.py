"""Making machines. What a failed or cancelled attempt made is taken back, in reverse order."""

import asyncio
import contextlib
import errno
import grp
import os
import pwd
import secrets
import stat
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

from backend import defaults, jobs
from backend.errors import (
    BackendError,
    DescriptionRefused,
    DiskFull,
    Gone,
    HypervisorRefused,
    NetworkMissing,
    NotSupported,
    PoolMissing,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Disk, Domain, Kind, Network, Ref, StoragePool
from backend.operations import images, samples
from backend.operations.domain import EFFECT_DEADLINE_S, check_name
from backend.operations.images import ImageFacts
from backend.specs import MachineSpec, NewDomain, SourceKind
from backend.xmldesc import newdomain, storage

_ROOM_FOR_EMPTY_DISK = 16 * defaults.MIB
_LOOK_DEADLINE_S = 20.0
_UNDO_TRIES, _UNDO_PAUSE_S = 60, 0.5
_FAVOURITE_NETWORKS = ("nat", "default")


async def check_image(host: ManagedHost, _ref: Ref, path: Path, kind: SourceKind) -> ImageFacts:
    """Return what the image at `path` is. Raises ImageMissing, -Unreadable, -NotRecognised."""
    return await images.check(host, path, kind)


async def create(host: ManagedHost, ref: Ref, spec: MachineSpec) -> Ref:
    """The machine is there, off, with a disk of its own; return its reference.

    Raises NameInvalid, NameTaken, an image's errors, PoolMissing, DiskFull, NetworkMissing,
    SampleGuestMissing, NotSupported, DescriptionRefused. Nothing is left behind then, nor after
    a cancel.
    """
    await check_name(host, spec.name)
    jobs.report(stage="preparing")
    sample = samples.load() if spec.source is SourceKind.SAMPLE_GUEST else None
    if sample and not host.spec.is_embedded:
        raise NotSupported  # its files lie on this computer only
    image = await images.check(host, spec.path, spec.source) if spec.path else None
    network = _choose_network(host, spec.network)
    accelerator = await host.known_accelerator()
    pool = _choose_pool(host)
    async with _undone_on_failure() as undo:
        disk = await _make_disk(host, pool, spec, image, undo)
        choices = defaults.Choices(
            uuid=str(uuid.uuid4()),
            mac=_new_mac(),
            accelerator=accelerator,
            processors=host.record.processors,
            created_at=time.time(),
            disk=disk,
            dvd=await _place_dvd(host, pool, image, undo) if _is_dvd(spec) and image else None,
            network=network,
            sample_guest=sample,
        )
        made = await _define(host, ref, defaults.complete(spec, choices), undo)
    await host.read_storage_now()
    return made


async def _define(
    host: ManagedHost, ref: Ref, plan: NewDomain, undo: contextlib.AsyncExitStack
) -> Ref:
    made = Ref(ref.host, Kind.DOMAIN, plan.uuid)
    jobs.report(stage="defining")
    # Before the call: one that nobody waits for any more may still be obeyed.
    undo.push_async_callback(_quietly, host, lambda c: commands.undefine(c, plan.uuid))
    try:
        await host.tell(lambda connect: commands.define(connect, newdomain.dump(plan)))
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error
    await host.read_now(made)
    await host.inventory.until(
        made, lambda record: isinstance(record, Domain), deadline_s=EFFECT_DEADLINE_S
    )
    return made


def _is_dvd(spec: MachineSpec) -> bool:
    return spec.source is SourceKind.DVD_IMAGE


def _choose_network(host: ManagedHost, wanted: str | None) -> str:
    if wanted in ("", defaults.USER_NETWORK):
        return wanted
    active = [n.name for n in host.inventory.all(Network, host.spec.id) if n.is_active]
    if wanted is None:
        favourites = [name for name in _FAVOURITE_NETWORKS if name in active]
        return (favourites or [defaults.USER_NETWORK])[0]
    if wanted not in active:
        raise NetworkMissing(name=wanted)
    return wanted


def _choose_pool(host: ManagedHost) -> StoragePool:
    pools = [
        pool
        for pool in host.inventory.all(StoragePool, host.spec.id)
        if pool.is_active and pool.type == "dir"
    ]
    if not pools:
        raise PoolMissing(host=host.spec.name)
    return min(pools, key=lambda pool: (pool.name != "default", pool.name))


async def _make_disk(
    host: ManagedHost,
    pool: StoragePool,
    spec: MachineSpec,
    image: ImageFacts | None,
    undo: contextlib.AsyncExitStack,
) -> Disk:
    """Make the machine's disk: empty, or a copy of the image."""
    target, bus = defaults.target_of(spec)
    if image is None or _is_dvd(spec):
        size = defaults.disk_bytes(spec)
        _require_room(pool, _ROOM_FOR_EMPTY_DISK)
        path = await _make_volume(host, pool, spec.name, "qcow2", size, undo)
        return Disk(target, bus, source=path, format="qcow2")
    async with images.as_qcow2(image) as source:
        _require_room(pool, source.stat().st_size)
        size = defaults.disk_bytes(spec, image.virtual_size_bytes)
        path = await _make_volume(host, pool, spec.name, "qcow2", image.virtual_size_bytes, undo)
        await images.upload(host, source, path)
    if size > image.virtual_size_bytes:
        await host.tell(lambda connect: commands.grow_volume(connect, path, size))
    return Disk(target, bus, source=path, format="qcow2")


async def _place_dvd(
    host: ManagedHost, pool: StoragePool, image: ImageFacts, undo: contextlib.AsyncExitStack
) -> Disk:
    """Return the DVD drive with the image: where it lies if QEMU can read it there, else a copy."""
    drive = Disk("sdb", "sata", "cdrom", is_read_only=True)
    place = host.embedded

    def can_read() -> bool:
        return place is not None and is_readable_by(place.qemu_user, image.path)

    is_readable = await host.run_locally(can_read, deadline_s=_LOOK_DEADLINE_S)
    if place and is_readable:
        # Only a privileged libvirt changes owners, and only that one knows how not to.
        is_privileged = place.mode is EmbeddedMode.SYSTEM
        return replace(drive, source=str(image.path), keeps_owner=is_privileged)
    name, suffix = image.path.stem, image.path.suffix.lstrip(".") or "iso"
    _require_room(pool, image.virtual_size_bytes)
    path = await _make_volume(
        host, pool, name, "raw", image.virtual_size_bytes, undo, suffix=suffix
    )
    await images.upload(host, image.path, path)
    return replace(drive, source=path)


async def _make_volume(
    host: ManagedHost,
    pool: StoragePool,
    name: str,
    volume_format: str,
    capacity_bytes: int,
    undo: contextlib.AsyncExitStack,
    *,
    suffix: str = "",
) -> str:
    """Make a volume under the first free name; return its path."""
    ending = suffix or volume_format
    candidate, number = f"{name}.{ending}", 1
    while await host.tell(lambda c, n=candidate: commands.volume_exists(c, pool.ref.key, n)):  # type: ignore[misc]
        number += 1
        candidate = f"{name}-{number}.{ending}"
    jobs.report(stage="preparing")
    description = storage.dump_volume(candidate, capacity_bytes, volume_format)
    undo.push_async_callback(
        _quietly, host, lambda c: commands.delete_volume_named(c, pool.ref.key, candidate)
    )
    try:
        path = await host.tell(
            lambda connect: commands.create_volume(connect, pool.ref.key, description)
        )
    except HypervisorRefused as error:
        raise _as_disk_full(error, pool, capacity_bytes) from error
    return path


def _as_disk_full(error: HypervisorRefused, pool: StoragePool, needed: int) -> BackendError:
    if any(os.strerror(errno.ENOSPC) in line for line in error.detail):
        return DiskFull(path=pool.path, needed_bytes=needed, free_bytes=pool.available_bytes)
    return error


def _require_room(pool: StoragePool, needed_bytes: int) -> None:
    if pool.available_bytes < needed_bytes:
        raise DiskFull(path=pool.path, needed_bytes=needed_bytes, free_bytes=pool.available_bytes)


def is_readable_by(user: str, path: Path) -> bool:
    """Return whether a user of this computer can read `path`, by owner, group and others' bits."""
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        return False
    groups = {entry.pw_gid} | {g.gr_gid for g in grp.getgrall() if user in g.gr_mem}
    real = path.resolve()
    for place in (real, *real.parents):
        try:
            told = place.stat()
        except OSError:
            return False
        needed = stat.S_IROTH if place == real else stat.S_IXOTH
        if told.st_uid == entry.pw_uid:
            needed <<= 6
        elif told.st_gid in groups:
            needed <<= 3
        if entry.pw_uid != 0 and not told.st_mode & needed:
            return False
    return True


def _new_mac() -> str:
    # 52:54:00 is the prefix of QEMU's and libvirt's generated addresses.
    return "52:54:00:" + ":".join(f"{byte:02x}" for byte in secrets.token_bytes(3))


@contextlib.asynccontextmanager
async def _undone_on_failure() -> AsyncIterator[contextlib.AsyncExitStack]:
    """Run what was pushed, last first, if the block fails or is cancelled."""
    async with contextlib.AsyncExitStack() as undo:
        yield undo
        undo.pop_all()


async def _quietly(host: ManagedHost, command: Callable[[object], object]) -> None:
    """Take something back, which may take a moment: its last user, or the host, may be away."""
    for _ in range(_UNDO_TRIES):
        try:
            await host.tell(command)
        except Gone:
            return
        except BackendError:
            await asyncio.sleep(_UNDO_PAUSE_S)
        else:
            return
