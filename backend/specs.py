"""Specs: what somebody wants, completed by `backend.defaults` where a choice was left open."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from backend.model import Accelerator, Disk, Firmware, Nic


@dataclass(frozen=True, slots=True)
class HostSpec:
    """A host to be managed: by its libvirt URI, or the embedded one.

    `jump` is the SSH host to go through ("user@gate:22"), `ssh_config` a configuration of ssh in
    place of the user's; `is_wanted` says whether to connect at once, `is_read_only` whether rights
    are to be renounced. `embedded_root` is the directory of a throw-away embedded host; None is the
    user's own. `prometheus` is the address of one that has its figures, "" for none of its own.
    """

    id: str
    name: str
    uri: str = ""
    jump: str = ""
    ssh_config: Path | None = None
    is_wanted: bool = True
    is_read_only: bool = False
    is_embedded: bool = False
    embedded_root: Path | None = None
    prometheus: str = ""


class SourceKind(Enum):
    """What a new machine starts from."""

    SAMPLE_GUEST = "sample_guest"
    DVD_IMAGE = "dvd_image"
    DISK_IMAGE = "disk_image"
    NOTHING = "nothing"
    NETWORK = "network"
    KERNEL = "kernel"
    CLOUD_IMAGE = "cloud_image"


class Placing(Enum):
    """What becomes of the image of a disk: a copy goes into a pool, or the file itself is used."""

    COPY = "copy"
    IN_PLACE = "in_place"


class Then(Enum):
    """What becomes of a machine once it is made."""

    STAY_OFF = "stay_off"
    START = "start"


class BootFile(Enum):
    """A file that the hypervisor loads itself."""

    KERNEL = "kernel"
    RAM_DISK = "ram_disk"


@dataclass(frozen=True, slots=True)
class KernelSpec:
    """A kernel that the hypervisor is to load itself, with an initial RAM disk (None: none).

    One `is_for_installation` is loaded at the first start alone, which is part of making the
    machine; from its next start on the machine boots from its disk.
    """

    kernel: Path
    initrd: Path | None = None
    command_line: str = ""
    is_for_installation: bool = False


@dataclass(frozen=True, slots=True)
class StaticAddress:
    """An address that a guest gives itself: "192.0.2.10/24"; the rest may be left out."""

    address: str
    gateway: str = ""
    name_servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloudSeed:
    """What cloud-init does at the first start of a cloud image.

    `user` may become root without a password and comes in by `ssh_keys` alone; `packages` are
    installed by the guest's own package manager. `address` None is: by DHCP.
    """

    user: str
    ssh_keys: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    address: StaticAddress | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A machine's description as somebody wrote it, in place of the one that would be made.

    `files` are the volumes, by name, that it was written for: with others it would mean something
    else. Those that it does not name are not made.
    """

    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MachineSpec:
    """A machine to be made. None is: the default for its source.

    `path` is the image for the DVD, disk and cloud sources, `more_disks` are further images of
    disks, and `placing` says what becomes of those; a DVD image stays where it is if it can. The
    first disk is the image of a disk, at last of `disk_bytes`, or else a new one; 0 bytes: no new
    one. `pool` is where volumes are made, by name, "" for the host's first choice. `disk_bus` is
    libvirt's word, "" for the one that any guest drives. `network` is a virtual switch by name, ""
    for none, None for the host's first choice. It starts with `memory_bytes`; with
    `memory_maximum_bytes` its guest can be given up to that, and it is left
    `memory_minimum_bytes`. `system` is an operating system as
    libosinfo's database calls it. What is `written` is defined as it stands, under the name that
    stands there.
    """

    name: str
    source: SourceKind
    path: Path | None = None
    memory_bytes: int | None = None
    vcpus: int | None = None
    disk_bytes: int | None = None
    network: str | None = None
    notes: str = ""
    more_disks: tuple[Path, ...] = ()
    placing: Placing = Placing.COPY
    firmware: Firmware = Firmware.BIOS
    disk_bus: str = ""
    pool: str = ""
    memory_maximum_bytes: int | None = None
    has_secure_boot: bool = False
    kernel: KernelSpec | None = None
    seed: CloudSeed | None = None
    system: str = ""
    memory_minimum_bytes: int | None = None
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class GuestSystem:
    """An operating system as libosinfo's database knows it; 0 bytes: it does not say.

    `least_` is below what it does not install, the others are what its makers recommend.
    `has_virtio_` say what it drives without a driver from elsewhere.
    """

    id: str
    name: str
    least_memory_bytes: int = 0
    memory_bytes: int = 0
    least_disk_bytes: int = 0
    disk_bytes: int = 0
    least_vcpus: int = 0
    firmware: Firmware | None = None
    has_virtio_disk: bool = False
    has_virtio_net: bool = False
    has_virtio_video: bool = False


@dataclass(frozen=True, slots=True)
class DirectBoot:
    """A kernel that the hypervisor loads itself."""

    kernel: Path
    initrd: Path | None
    command_line: str


@dataclass(frozen=True, slots=True)
class NewDomain:
    """A machine that is not there yet, complete: a spec with every choice made.

    The disks are in boot order. `spare_ports` are PCIe root ports left free for hot-plug. While it
    runs it can be given memory up to `memory_room_bytes` in all, and processors up to
    `vcpus_maximum`; 0: none.
    It starts with `memory_bytes` of `memory_maximum_bytes` (0: of as much), and is left
    `memory_minimum_bytes` (0: nothing is said of that). It turns off where its
    guest restarts unless it `is_restarted`. `made_files` are made for it beside its disks.
    """

    uuid: str
    name: str
    accelerator: Accelerator
    memory_bytes: int
    vcpus: int
    disks: tuple[Disk, ...]
    nics: tuple[Nic, ...]
    cpu_mode: str
    input_bus: str
    video: str
    source: SourceKind
    created_at: float
    notes: str = ""
    architecture: str = "x86_64"
    machine: str = "q35"
    spare_ports: int = 8
    firmware: Firmware = Firmware.BIOS
    direct_boot: DirectBoot | None = None
    has_log_port: bool = False
    has_dbus_display: bool = False
    memory_room_bytes: int = 0
    memory_slots: int = 16
    vcpus_maximum: int = 0
    memory_maximum_bytes: int = 0
    has_secure_boot: bool = False
    boots_from_network: bool = False
    is_restarted: bool = True
    system: str = ""
    made_files: tuple[str, ...] = ()
    memory_minimum_bytes: int = 0
