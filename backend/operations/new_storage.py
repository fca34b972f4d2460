"""The disks, drives and boot files of a machine that is to be made, and the volumes for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from backend import defaults
from backend.errors import PoolMissing
from backend.host.managed import ManagedHost
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Disk, StoragePool
from backend.operations import cloudinit, images, placement, prospects, volumes
from backend.operations.images import ImageFacts
from backend.operations.volumes import PlannedVolume
from backend.refusals import ImageInUse
from backend.specs import (
    DirectBoot,
    GuestSystem,
    MachineSpec,
    Placing,
    SourceKind,
)

_WITH_IMAGE = (SourceKind.DISK_IMAGE, SourceKind.CLOUD_IMAGE)


@dataclass(frozen=True, slots=True)
class PlannedStorage:
    """What a machine has to start from. `pool` is where the volumes are made; None: there are none.

    The disks are in boot order. `made_files` are volumes that are of no use to anybody else, and
    that no disk of the machine names for ever.
    """

    disks: tuple[Disk, ...]
    volumes: tuple[PlannedVolume, ...]
    pool: StoragePool | None
    direct_boot: DirectBoot | None
    made_files: tuple[str, ...]


async def plan(
    host: ManagedHost,
    spec: MachineSpec,
    system: GuestSystem | None,
    mac: str,
    taken: set[str],
) -> PlannedStorage:
    """Decide what is used and what is made. Raises an image's errors, PoolMissing.

    `taken` are names of volumes that nobody else may have; those of the new ones are in it then.
    """
    store = _Store(host, spec, system, taken)
    paths = _images(spec)
    if spec.placing is Placing.IN_PLACE and paths:
        await host.read_storage_now()
    if defaults.wants_new_disk(spec):
        await store.add_new()
    for path in paths:
        await (store.add_in_place if spec.placing is Placing.IN_PLACE else store.add_copy)(path)
    if spec.source is SourceKind.DVD_IMAGE:
        await store.add_dvd(spec.path)
    if spec.seed:
        await store.add_seed(cloudinit.files(spec.seed, spec.name, mac))
    direct = await store.direct_boot()
    return PlannedStorage(
        tuple(store.disks), tuple(store.volumes), store.pool, direct, tuple(store.made_files)
    )


def require_disks_of_their_own(specs: Sequence[MachineSpec]) -> None:
    """Raise ImageInUse if a file is to be the disk of two machines, or two disks of one."""
    users: dict[Path, str] = {}
    for spec in specs:
        for path in _images(spec) if spec.placing is Placing.IN_PLACE else ():
            if path in users:
                raise ImageInUse(path=str(path), name=users[path])
            users[path] = spec.name


def _images(spec: MachineSpec) -> tuple[Path, ...]:
    """Return the files that disks are made of."""
    first = (spec.path,) if spec.path and spec.source in _WITH_IMAGE else ()
    return (*first, *spec.more_disks)


@dataclass(slots=True)
class _Store:
    host: ManagedHost
    spec: MachineSpec
    system: GuestSystem | None
    taken: set[str]
    disks: list[Disk] = field(default_factory=list)
    volumes: list[PlannedVolume] = field(default_factory=list)
    made_files: list[str] = field(default_factory=list)
    pool: StoragePool | None = None

    async def add_new(self) -> None:
        """An empty disk."""
        volume = await self._volume(self.spec.name, "qcow2", defaults.disk_bytes(self.spec))
        self._add(self._path(volume), "qcow2")

    async def add_copy(self, path: Path) -> None:
        """A disk with what the image at `path` holds."""
        image = await images.check(self.host, path, SourceKind.DISK_IMAGE)
        size = image.virtual_size_bytes
        if not self.disks:
            size = defaults.disk_bytes(self.spec, size)
        volume = await self._volume(self.spec.name, "qcow2", size, image)
        self._add(self._path(volume), "qcow2")

    async def add_in_place(self, path: Path) -> None:
        """A disk that is the file itself. Raises why it cannot be."""
        if user := await placement.user_of(self.host, str(path)):
            raise ImageInUse(path=str(path), name=user)
        image = await placement.look_in_place(self.host, path)
        self._add(str(image.path), image.format)

    async def add_dvd(self, path: Path | None) -> None:
        """A drive with the image, where it lies if QEMU can read it there, else with a copy."""
        drive = Disk(self._free_drive("sata"), "sata", "cdrom", is_read_only=True)
        if path is None:
            return
        if placement.only_there(self.host, path):
            self.disks.append(replace(drive, source=str(path)))
            return
        image = await images.check(self.host, path, SourceKind.DVD_IMAGE)
        if await placement.can_read(self.host, path):
            keeps_owner = await placement.keeps_its_owner(self.host, path)
            self.disks.append(replace(drive, source=str(path), keeps_owner=keeps_owner))
            return
        ending = path.suffix.lstrip(".") or "iso"
        volume = await self._volume(path.stem, ending, image.virtual_size_bytes, image)
        self.disks.append(replace(drive, source=self._path(volume)))

    async def add_seed(self, files: cloudinit.Files) -> None:
        """A drive with what cloud-init is told."""
        volume = await self._volume(f"{self.spec.name}-seed", "iso", cloudinit.IMAGE_BYTES)
        volume = replace(volume, seed=files)
        self.volumes[-1] = volume
        self.made_files.append(self._path(volume))
        # Kernels that are made for clouds drive no SATA (Debian's has no AHCI at all).
        target = self._free_drive("scsi")
        self.disks.append(
            Disk(target, "scsi", "cdrom", source=self._path(volume), is_read_only=True)
        )

    async def direct_boot(self) -> DirectBoot | None:
        """Return the kernel with its RAM disk, where the hypervisor finds them."""
        wanted = self.spec.kernel
        if wanted is None:
            return None
        kernel = await self._boot_file(wanted.kernel, "vmlinuz", images.check_kernel)
        initrd = None
        if wanted.initrd:
            initrd = await self._boot_file(wanted.initrd, "initrd", images.check_ram_disk)
        return DirectBoot(kernel, initrd, wanted.command_line)

    async def _boot_file(self, path: Path, ending: str, check: images.Check) -> Path:
        if placement.only_there(self.host, path):
            return path
        image = await check(self.host, path)
        # A privileged libvirt makes QEMU's user the owner of what it loads: never of another's.
        place = self.host.embedded
        is_ours_alone = place is not None and place.mode is not EmbeddedMode.SYSTEM
        if placement.volume_at(self.host, path):
            return path
        if is_ours_alone and await placement.can_read(self.host, path):
            return path
        volume = await self._volume(self.spec.name, ending, image.virtual_size_bytes, image)
        self.made_files.append(self._path(volume))
        return Path(self._path(volume))

    def _add(self, source: str, image_format: str) -> None:
        target, bus = defaults.target_of(self.spec, len(self.disks), self.system)
        self.disks.append(Disk(target, bus, source=source, format=image_format))

    def _free_drive(self, bus: str) -> str:
        # Never "sda": BIOS and people take that for a disk.
        return defaults.free_target(bus, frozenset({"sda"} | {d.target for d in self.disks}))

    async def _volume(
        self, stem: str, ending: str, size: int, image: ImageFacts | None = None
    ) -> PlannedVolume:
        pool = self.pool = self.pool or choose_pool(self.host, self.spec.pool)
        name = await volumes.free_name(self.host, pool, stem, ending, self.taken)
        kind = "qcow2" if ending == "qcow2" else "raw"
        volume = PlannedVolume(name, kind, size, image)
        self.volumes.append(volume)
        return volume

    def _path(self, volume: PlannedVolume) -> str:
        return str(Path(self.pool.path if self.pool else "") / volume.name)


def choose_pool(host: ManagedHost, name: str) -> StoragePool:
    """Return the pool of that name, or the first choice. Raises PoolMissing."""
    fit = [
        pool
        for pool in host.inventory.all(StoragePool, host.spec.id)
        if prospects.pool_problem(pool) is None and (not name or pool.name == name)
    ]
    if not fit:
        raise PoolMissing(host=host.spec.name)
    return min(fit, key=lambda pool: (pool.name != "default", pool.name))
