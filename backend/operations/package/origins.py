"""The files of a machine on its host: which ones a package has, and what each is based on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.errors import Problem
from backend.host.managed import ManagedHost
from backend.model import Disk, Domain, DomainSnapshot, StoragePool, StorageVolume
from backend.operations import images, placement, uses
from backend.operations.package.manifest import Role
from backend.refusals import DiskNotInPool
from backend.specs import SourceKind
from backend.xmldesc.moved import Belongings

_QCOW2 = "qcow2"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file that a disk is made of: a volume of the host's, or else a file of this computer."""

    path: str
    format: str
    size_bytes: int
    is_volume: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What becomes the file `name` of a package. Of the layers each is based on the next."""

    name: str
    role: Role
    layers: tuple[Layer, ...]
    target: str = ""
    capacity_bytes: int = 0

    @property
    def is_converted(self) -> bool:
        """Whether it is put together here: a disk that is not one qcow2 file."""
        is_one = len(self.layers) == 1 and self.layers[0].format == _QCOW2
        return self.role is Role.DISK and not is_one

    @property
    def size_bytes(self) -> int:
        """How much comes from the host."""
        return sum(layer.size_bytes for layer in self.layers)


async def find(
    host: ManagedHost, domain: Domain, has: Belongings, *, with_media: bool
) -> tuple[Origin, ...]:
    """Return the machine's disks, media and boot files. Raises DiskNotInPool, an image's errors."""
    found = []
    for disk in domain.next_start.disks if domain.next_start else ():
        if disk.device == "disk":
            found.append(await _disk(host, domain, disk))
        elif disk.source and with_media:
            layer = await _plain(host, domain, disk.source)
            name = f"{disk.target}.iso" if disk.device == "cdrom" else f"{disk.target}.img"
            found.append(Origin(name, Role.MEDIUM, (layer,), disk.target))
    for path, role in ((has.kernel, Role.KERNEL), (has.ram_disk, Role.RAM_DISK)):
        if path:
            found.append(Origin(role.value, role, (await _plain(host, domain, path),)))
    return tuple(found)


def left_out(
    host: ManagedHost, domain: Domain, has: Belongings, *, has_password: bool, with_media: bool
) -> Iterator[Problem]:
    """Yield what the machine has and its package has not."""
    if has_password:
        yield Problem("PackageWithoutPassword")
    if has.is_encrypted:
        yield Problem("PackageWithoutKey")
    if has.has_tpm_state:
        yield Problem("PackageWithoutTpm")
    snapshots = host.inventory.all(DomainSnapshot, domain.ref.host)
    if any(snapshot.domain == domain.ref for snapshot in snapshots):
        yield Problem("PackageWithoutCheckpoints")
    for disk in domain.next_start.disks if domain.next_start else ():
        if disk.device != "disk" and disk.source and not with_media:
            yield Problem("PackageWithoutMedium", (("path", disk.source), ("target", disk.target)))


async def _disk(host: ManagedHost, domain: Domain, disk: Disk) -> Origin:
    volumes = uses.by_path(host.inventory.all(StorageVolume, domain.ref.host))
    path = uses.place_of(disk, volumes)
    name = f"{disk.target}.qcow2"
    if path not in volumes:
        if not placement.is_on_this_computer(host) or not path.startswith("/"):
            raise DiskNotInPool(path=path, name=domain.name)
        image = await images.check(host, Path(path), SourceKind.DISK_IMAGE)
        size = await host.run_locally(lambda: Path(path).stat().st_size, deadline_s=10)
        layer = Layer(path, image.format, size, is_volume=False)
        return Origin(name, Role.DISK, (layer,), disk.target, image.virtual_size_bytes)
    ways = (path, *uses.bases_of(path, volumes))
    layers = [_volume(host, domain, way, volumes) for way in ways]
    capacity = volumes[path].capacity_bytes
    return Origin(name, Role.DISK, tuple(layers), disk.target, capacity)


def _volume(host: ManagedHost, domain: Domain, path: str, volumes: uses.Volumes) -> Layer:
    volume = volumes.get(path)
    pool = host.inventory.find(volume.pool, StoragePool) if volume else None
    if volume is None or pool is None or not pool.is_active:
        raise DiskNotInPool(path=path, name=domain.name)
    return Layer(path, volume.format, volume.allocation_bytes, is_volume=True)


async def _plain(host: ManagedHost, domain: Domain, path: str) -> Layer:
    """Return a file that is taken as it is."""
    if volume := placement.volume_at(host, Path(path)):
        return Layer(path, "raw", volume.capacity_bytes, is_volume=True)
    if not placement.is_on_this_computer(host):
        raise DiskNotInPool(path=path, name=domain.name)
    size = await host.run_locally(lambda: images.size_of(Path(path)), deadline_s=10)
    return Layer(path, "raw", size, is_volume=False)
