"""Everything about a machine that is to be made, decided before anything is made."""

import secrets
import time
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from backend import defaults
from backend.errors import ImageNotAlone, NetworkMissing, NotSupported, PoolMissing
from backend.host.managed import ManagedHost
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Disk, Domain, Network, StoragePool, StorageVolume
from backend.operations import access, images, samples, volumes
from backend.operations.dbus import can_be_given
from backend.operations.images import ImageFacts
from backend.operations.volumes import PlannedVolume
from backend.refusals import ImageInUse, ImageNeedsCopy, ImageNotOnHost, ImageOutOfReach
from backend.specs import MachineSpec, NewDomain, Placing, SourceKind

_LOOK_DEADLINE_S = 20.0
_FAVOURITE_NETWORKS = ("nat", "default")
_RUN_IN_PLACE = ("qcow2", "raw")


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """A machine that is to be made: its volumes in a pool (None: it has none), then itself."""

    pool: StoragePool | None
    volumes: tuple[PlannedVolume, ...]
    domain: NewDomain


async def plan(host: ManagedHost, spec: MachineSpec) -> MachinePlan:
    """Decide everything. Raises an image's errors, PoolMissing, NetworkMissing, NotSupported."""
    sample = samples.load() if spec.source is SourceKind.SAMPLE_GUEST else None
    if sample and not host.spec.is_embedded:
        raise NotSupported  # its files lie on this computer only
    paths = [path for path in (spec.path, *spec.more_disks) if path]
    network = _choose_network(host, spec.network)
    if spec.source is SourceKind.DISK_IMAGE and spec.placing is Placing.IN_PLACE:
        await host.read_storage_now()
        disks = [await _in_place(host, spec, path, n) for n, path in enumerate(paths)]
        made: list[PlannedVolume] = []
        pool = None
    else:
        facts = [await images.check(host, path, spec.source) for path in paths]
        pool = _choose_pool(host)
        disks, made = await _copied(host, pool, spec, facts)
    choices = defaults.Choices(
        uuid=str(uuid.uuid4()),
        mac=new_mac(),
        accelerator=await host.known_accelerator(),
        processors=host.record.processors,
        host_memory_bytes=host.record.memory_bytes,
        created_at=time.time(),
        disks=tuple(disks),
        network=network,
        sample_guest=sample,
        has_dbus_display=is_on_this_computer(host) and await can_be_given(host),
    )
    return MachinePlan(pool, tuple(made), defaults.complete(spec, choices))


def new_mac() -> str:
    """Return an address that no adapter has: QEMU's and libvirt's prefix, and chance."""
    return "52:54:00:" + ":".join(f"{byte:02x}" for byte in secrets.token_bytes(3))


def is_on_this_computer(host: ManagedHost) -> bool:
    """Return whether the host's files are those of this computer."""
    return host.embedded is not None or ":///" in host.record.uri


async def _copied(
    host: ManagedHost, pool: StoragePool, spec: MachineSpec, facts: list[ImageFacts]
) -> tuple[list[Disk], list[PlannedVolume]]:
    """Return the disks and the volumes that are made for them, all in the pool."""
    taken: set[str] = set()
    planned: list[PlannedVolume] = []
    is_dvd = spec.source is SourceKind.DVD_IMAGE
    sources: list[ImageFacts | None] = [None] if is_dvd or not facts else [*facts]
    for number, image in enumerate(sources):
        size = image.virtual_size_bytes if image else 0
        wanted = defaults.disk_bytes(spec, size) if number == 0 else size
        name = await volumes.free_name(host, pool, spec.name, "qcow2", taken)
        planned.append(PlannedVolume(name, "qcow2", wanted, image))
    disks = [
        Disk(*defaults.target_of(spec, number), source=_path(pool, volume), format="qcow2")
        for number, volume in enumerate(planned)
    ]
    if is_dvd and facts:
        drive, volume = await _dvd(host, pool, facts[0], taken)
        disks.append(drive)
        planned += [volume] if volume else []
    return disks, planned


async def _dvd(
    host: ManagedHost, pool: StoragePool, image: ImageFacts, taken: set[str]
) -> tuple[Disk, PlannedVolume | None]:
    """Return the drive with the image: where it lies if QEMU can read it there, else a copy."""
    drive = Disk("sdb", "sata", "cdrom", is_read_only=True)
    if await _can_read(host, image.path):
        keeps_owner = await keeps_its_owner(host, image.path)
        return replace(drive, source=str(image.path), keeps_owner=keeps_owner), None
    ending = image.path.suffix.lstrip(".") or "iso"
    name = await volumes.free_name(host, pool, image.path.stem, ending, taken)
    volume = PlannedVolume(name, "raw", image.virtual_size_bytes, image)
    return replace(drive, source=_path(pool, volume)), volume


async def keeps_its_owner(host: ManagedHost, path: Path) -> bool:
    """Return whether a file that QEMU only reads can stay whose it is, and has to be told so."""
    place = host.embedded
    # Only a privileged libvirt changes owners, and only that one knows how not to.
    is_privileged = place is not None and place.mode is EmbeddedMode.SYSTEM
    return is_privileged and await _can_read(host, path)


async def _can_read(host: ManagedHost, path: Path) -> bool:
    place = host.embedded
    return place is not None and await host.run_locally(
        lambda: access.is_readable_by(place.qemu_user, path), deadline_s=_LOOK_DEADLINE_S
    )


async def _in_place(host: ManagedHost, spec: MachineSpec, path: Path, number: int) -> Disk:
    """Return a disk that is the file itself. Raises why it cannot be."""
    if user := user_of(host, str(path)):
        raise ImageInUse(path=str(path), name=user)
    image = await look_in_place(host, path)
    target, bus = defaults.target_of(spec, number)
    return Disk(target, bus, source=str(image.path), format=image.format)


async def look_in_place(host: ManagedHost, path: Path) -> ImageFacts:
    """Return what the file of a disk is, where the host itself can use it.

    Raises ImageNotOnHost, ImageNotAlone, ImageNeedsCopy, ImageOutOfReach, an image's errors.
    """
    known = host.inventory.all(StorageVolume, host.spec.id)
    volume = next((v for v in known if v.path == str(path)), None)
    if volume is None and not is_on_this_computer(host):
        raise ImageNotOnHost(path=str(path), host=host.spec.name)
    if volume is not None and volume.backing:
        raise ImageNotAlone(path=str(path), other=volume.backing)
    if is_on_this_computer(host):
        # Its content decides, also within a pool: of a pool's record only the host vouches.
        image = await images.check(host, path, SourceKind.DISK_IMAGE)
        await _require_reach(host, path)
    else:
        assert volume is not None  # noqa: S101  # see above
        image = ImageFacts(path, volume.format, volume.capacity_bytes)
    if image.format not in _RUN_IN_PLACE:
        raise ImageNeedsCopy(path=str(path), format=image.format)
    return image


def user_of(host: ManagedHost, path: str) -> str:
    """Return the name of a machine that has this file for a disk already, "" if none has."""
    for domain in host.inventory.all(Domain, host.spec.id):
        for made_of in (domain.live, domain.next_start):
            if made_of and any(disk.source == path for disk in made_of.disks):
                return domain.name
    return ""


async def _require_reach(host: ManagedHost, path: Path) -> None:
    """Raise ImageOutOfReach if QEMU's user cannot get at the file."""
    place = host.embedded
    if place is None:
        return
    # A privileged libvirt gives the file itself to QEMU; the folders above stay as they are.
    is_given = place.mode is EmbeddedMode.SYSTEM
    needed = access.PASS if is_given else access.READ_AND_WRITE
    obstacle = await host.run_locally(
        lambda: access.first_obstacle(place.qemu_user, path, needed), deadline_s=_LOOK_DEADLINE_S
    )
    if obstacle is not None:
        raise ImageOutOfReach(path=str(path), obstacle=str(obstacle), user=place.qemu_user)


def _path(pool: StoragePool, volume: PlannedVolume) -> str:
    return str(Path(pool.path) / volume.name)


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
