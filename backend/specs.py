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
    are to be renounced. `embedded_root` is the directory of a
    throw-away embedded host; None is the user's own.
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


class SourceKind(Enum):
    """What a new machine starts from."""

    SAMPLE_GUEST = "sample_guest"
    DVD_IMAGE = "dvd_image"
    DISK_IMAGE = "disk_image"


class Placing(Enum):
    """What becomes of the image of a disk: a copy goes into a pool, or the file itself is used."""

    COPY = "copy"
    IN_PLACE = "in_place"


@dataclass(frozen=True, slots=True)
class MachineSpec:
    """A machine to be made. None is: the default for its source.

    `path` is the image for the DVD and disk sources, `more_disks` are further images of disks, and
    `placing` says what becomes of those; a DVD image stays where it is if it can. `disk_bus` is
    libvirt's word, "" for the one that any guest drives. `network` is a virtual switch by name, ""
    for none, None for the host's first choice.
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


@dataclass(frozen=True, slots=True)
class DirectBoot:
    """A kernel that the hypervisor loads itself."""

    kernel: Path
    initrd: Path
    command_line: str


@dataclass(frozen=True, slots=True)
class NewDomain:
    """A machine that is not there yet, complete: a spec with every choice made.

    The disks are in boot order. `spare_ports` are PCIe root ports left free for hot-plug. While it
    runs it can be given memory up to `memory_room_bytes` in all, and processors up to
    `vcpus_maximum`; 0: none.
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
