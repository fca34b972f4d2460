"""What we choose when the user did not. Pure: the facts come in, the choice goes out.

Until a guest's operating system is known, a machine gets devices that any system drives (SATA disk,
e1000e adapter, USB pointer); the sample guest and cloud images get the synthetic ones (virtio), and
a system that libosinfo's database knows gets those that it drives.
"""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from backend.model import Accelerator, Disk, Firmware, Nic
from backend.specs import DirectBoot, GuestSystem, MachineSpec, NewDomain, SourceKind

MIB, GIB = 2**20, 2**30
MEMORY_BYTES = 2 * GIB
MEMORY_MINIMUM_BYTES = 64 * MIB
DISK_BYTES = {
    SourceKind.SAMPLE_GUEST: 1 * GIB,
    SourceKind.DVD_IMAGE: 20 * GIB,
    SourceKind.NOTHING: 20 * GIB,
    SourceKind.NETWORK: 20 * GIB,
    SourceKind.KERNEL: 20 * GIB,
}
"""How large a new disk is; what is not here starts from a disk that is there already."""
_SYNTHETIC = (SourceKind.SAMPLE_GUEST, SourceKind.CLOUD_IMAGE)
NAME_BYTES_MAXIMUM = 200
"""What files called after a machine leave of the 255 that file systems take (libvirt takes 247)."""
# libvirt refuses "/"; control characters and white space at the ends mislead people and shells.
_NAME_UNFIT = re.compile(r"^\s|\s$|^\.{1,2}$|[/\x00-\x1f\x7f]")
USER_NETWORK = "user"


def is_name_fit(name: str) -> bool:
    """Return whether libvirt and a file system take `name` for a machine."""
    return 0 < len(name.encode()) <= NAME_BYTES_MAXIMUM and _NAME_UNFIT.search(name) is None


def fit_notes(text: str) -> str:
    """Return notes as XML can hold them: no control characters, lines end in a line feed."""
    lines = "\n".join(text.splitlines())
    return "".join(c for c in lines if c in "\n\t" or c.isprintable()).strip()


@dataclass(frozen=True, slots=True)
class SampleGuest:
    """The sample guest as it was built: its files and what its manifest says."""

    kernel: Path
    kernel_compressed: Path
    initrd: Path
    command_line: str
    memory_bytes: int


def memory_room_bytes(memory_bytes: int, host_bytes: int, accelerator: Accelerator) -> int:
    """Return up to how much a machine can be given while it runs; room that is not used is free.

    As much as its host has, and twice its own at least. An emulated processor addresses 1 TiB.
    """
    room = max(2 * memory_bytes, host_bytes // GIB * GIB, 2 * GIB)
    if accelerator is Accelerator.TCG:
        room = min(room, 512 * GIB)
    return room if room > memory_bytes else 0


def vcpus_maximum(vcpus: int, processors: int) -> int:
    """Return how many processors a machine can have while it runs.

    As many as its host has; on small hosts four. Some guests set memory aside for each.
    """
    return max(vcpus, min(64, max(4, processors)))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the host has to choose from, and what was made for this machine beforehand."""

    uuid: str
    mac: str
    accelerator: Accelerator
    processors: int
    created_at: float
    disks: tuple[Disk, ...] = ()
    network: str = ""
    sample_guest: SampleGuest | None = None
    has_dbus_display: bool = False
    host_memory_bytes: int = 0
    system: GuestSystem | None = None
    direct_boot: DirectBoot | None = None
    made_files: tuple[str, ...] = ()


def disk_bytes(spec: MachineSpec, image_bytes: int = 0) -> int:
    """Return the virtual size of the new machine's disk."""
    return max(image_bytes, spec.disk_bytes or DISK_BYTES.get(spec.source, image_bytes))


def memory_bytes(spec: MachineSpec, sample_guest: SampleGuest | None) -> int:
    """Return the memory of the new machine, in whole MiB."""
    wanted = spec.memory_bytes or (sample_guest.memory_bytes if sample_guest else MEMORY_BYTES)
    return max(MEMORY_MINIMUM_BYTES, wanted // MIB * MIB)


def wants_new_disk(spec: MachineSpec) -> bool:
    """Return whether the machine's first disk is made empty."""
    return spec.source in DISK_BYTES and spec.disk_bytes != 0


def disk_bus(spec: MachineSpec, system: GuestSystem | None) -> str:
    """Return the bus of the new machine's disks."""
    is_virtio = spec.source in _SYNTHETIC or (system is not None and system.has_virtio_disk)
    return spec.disk_bus or ("virtio" if is_virtio else "sata")


def target_of(
    spec: MachineSpec, number: int = 0, system: GuestSystem | None = None
) -> tuple[str, str]:
    """Return the (name, bus) of one of the new machine's disks, from 0."""
    bus = disk_bus(spec, system)
    return f"{'vd' if bus == 'virtio' else 'sd'}{string.ascii_lowercase[number]}", bus


def complete(spec: MachineSpec, choices: Choices) -> NewDomain:
    """Return the machine with every choice made."""
    is_sample, is_synthetic = spec.source is SourceKind.SAMPLE_GUEST, spec.source in _SYNTHETIC
    drives = choices.system or GuestSystem("", "")
    memory = memory_bytes(spec, choices.sample_guest)
    most = max(memory, (spec.memory_maximum_bytes or 0) // MIB * MIB)
    vcpus = spec.vcpus or (1 if is_sample else min(2, max(1, choices.processors)))
    return NewDomain(
        uuid=choices.uuid,
        name=spec.name,
        accelerator=choices.accelerator,
        memory_bytes=memory,
        memory_maximum_bytes=most,
        vcpus=vcpus,
        disks=choices.disks,
        nics=_nics(choices, "virtio" if is_synthetic or drives.has_virtio_net else "e1000e"),
        cpu_mode="host-passthrough" if choices.accelerator is Accelerator.KVM else "maximum",
        input_bus="virtio" if is_sample else "usb",
        video="virtio" if is_synthetic or drives.has_virtio_video else "vga",
        source=spec.source,
        firmware=spec.firmware,
        has_secure_boot=spec.has_secure_boot and spec.firmware is Firmware.UEFI,
        created_at=choices.created_at,
        notes=fit_notes(spec.notes),
        direct_boot=choices.direct_boot or _sample_boot(spec, choices),
        boots_from_network=spec.source is SourceKind.NETWORK,
        is_restarted=not (spec.kernel and spec.kernel.is_for_installation),
        has_log_port=is_sample,
        has_dbus_display=choices.has_dbus_display,
        memory_room_bytes=memory_room_bytes(most, choices.host_memory_bytes, choices.accelerator),
        vcpus_maximum=vcpus_maximum(vcpus, choices.processors),
        system=spec.system,
        made_files=choices.made_files,
        memory_minimum_bytes=(spec.memory_minimum_bytes or 0) // MIB * MIB,
    )


def _nics(choices: Choices, model: str) -> tuple[Nic, ...]:
    if not choices.network:
        return ()
    if choices.network == USER_NETWORK:
        return (Nic(choices.mac, "user", "", model),)
    return (Nic(choices.mac, "network", choices.network, model),)


def _sample_boot(spec: MachineSpec, choices: Choices) -> DirectBoot | None:
    guest = choices.sample_guest
    if guest is None:
        return None
    # Emulated, the uncompressed kernel saves its own unpacking (3 s of 4). UEFI starts no such one.
    is_plain = choices.accelerator is Accelerator.TCG and spec.firmware is Firmware.BIOS
    kernel = guest.kernel if is_plain else guest.kernel_compressed
    word = re.sub(r"[^A-Za-z0-9._-]", "-", spec.name)
    return DirectBoot(kernel, guest.initrd, f"{guest.command_line} guest.name={word}")


def nic_models(machine: str, used: set[str]) -> tuple[str, ...]:
    """Return the models of an adapter for a machine type, the one that suits best first.

    A guest that has a virtio adapter drives another one; of any other that is not known.
    """
    plain = ("e1000e",) if "q35" in machine else ("e1000", "rtl8139")
    is_synthetic = "virtio" in used or not used & set(plain)
    return ("virtio", *plain) if is_synthetic else (*plain, "virtio")


def disk_buses(used: set[str]) -> tuple[str, ...]:
    """Return the buses for a disk, those first that the guest is known to drive."""
    buses = ("virtio", "scsi", "usb", "sata")
    return tuple(sorted(buses, key=lambda bus: bus not in used))


def free_target(bus: str, taken: frozenset[str]) -> str:
    """Return the first name of a drive on a bus that no drive has ("vdb")."""
    prefix = "vd" if bus == "virtio" else "sd"
    letters = string.ascii_lowercase
    names: Iterable[str] = (*letters, *(a + b for a in letters for b in letters))
    return next(prefix + name for name in names if prefix + name not in taken)
