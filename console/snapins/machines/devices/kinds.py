"""What can be added, as one chooses it, each declared once: its icon, its words, its fields' words.

The backend's kinds, and for disks where they come from. What is declared here and has no page of
its own in the wizard is asked for by a `PartPage`, made of the fields that the backend offers.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.devices import Device, DeviceKind
from console.sdk.marking import NOOP
from console.snapins.machines.devices.part_kinds import PARTS
from console.snapins.machines.devices.what import What


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


ADAPTER: Final = What(
    "adapter",
    DeviceKind.NETWORK_ADAPTER,
    "ph.share-network",
    NOOP("machines", "Network adapter"),
    NOOP("machines", "Connects the machine to a virtual switch."),
    NOOP("machines", "network adapter"),
)
NEW_DISK: Final = What(
    "new_disk",
    DeviceKind.DISK,
    "ph.hard-drive",
    NOOP("machines", "New virtual hard disk"),
    NOOP("machines", "Makes an empty disk in one of the server's storage locations."),
    NOOP("machines", "disk"),
)
EXISTING_DISK: Final = What(
    "existing_disk",
    DeviceKind.DISK,
    "ph.file",
    NOOP("machines", "Existing virtual hard disk"),
    NOOP("machines", "Takes a disk that is there already, with what is on it."),
    NOOP("machines", "disk"),
)
DVD_DRIVE: Final = What(
    "dvd_drive",
    DeviceKind.DVD_DRIVE,
    "ph.disc",
    NOOP("machines", "DVD drive"),
    NOOP("machines", "A drive with an ISO image in it, or an empty one."),
    NOOP("machines", "DVD drive"),
)
MEMORY: Final = What(
    "memory",
    DeviceKind.MEMORY,
    "ph.stack",
    NOOP("machines", "Memory"),
    NOOP("machines", "Gives the guest more memory."),
    NOOP("machines", "memory"),
)
PROCESSORS: Final = What(
    "processors",
    DeviceKind.PROCESSORS,
    "ph.cpu",
    NOOP("machines", "Virtual processors"),
    NOOP("machines", "Gives the guest more processors to work with."),
    NOOP("machines", "virtual processors"),
)
ALL: Final = (ADAPTER, NEW_DISK, EXISTING_DISK, DVD_DRIVE, MEMORY, PROCESSORS, *PARTS)
_CALLED: Final = {DeviceKind.DISK: NOOP("machines", "Disk")}


def find(key: str) -> What:
    """Return what is declared under a key."""
    return next(what for what in ALL if what.key == key)


def of(kind: DeviceKind) -> What:
    """Return the first that is declared of a kind."""
    return next(what for what in ALL if what.kind is kind)


def title(what: What) -> str:
    """Return what it is called."""
    return _tr(what.title)


def sentence(what: What) -> str:
    """Return what it is good for."""
    return _tr(what.sentence)


def thing(kind: DeviceKind) -> str:
    """Return a kind of device in the middle of a sentence."""
    return _tr(of(kind).thing)


def inside(device: Device) -> str:
    """Return a device of a machine in the middle of a sentence."""
    return f"{thing(device.kind)} {_name(device)}".strip()


def called(device: Device) -> str:
    """Return a device of a machine, as a list has it."""
    title = _CALLED.get(device.kind) or of(device.kind).title
    return f"{_tr(title)} {_name(device)}".strip()


def _name(device: Device) -> str:
    # What has no name of its own is known by its kind, and by what stands beside it.
    return "" if device.name else device.key
