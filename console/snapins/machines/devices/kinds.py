"""What can be added, as one chooses it: the backend's kinds, and for disks where they come from."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.devices import Device, DeviceKind


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class What(Enum):
    """What is to be added."""

    ADAPTER = "adapter"
    NEW_DISK = "new_disk"
    EXISTING_DISK = "existing_disk"
    DVD_DRIVE = "dvd_drive"


KINDS: Final = {
    What.ADAPTER: DeviceKind.NETWORK_ADAPTER,
    What.NEW_DISK: DeviceKind.DISK,
    What.EXISTING_DISK: DeviceKind.DISK,
    What.DVD_DRIVE: DeviceKind.DVD_DRIVE,
}
ICONS: Final = {
    DeviceKind.NETWORK_ADAPTER: "ph.share-network",
    DeviceKind.DISK: "ph.hard-drive",
    DeviceKind.DVD_DRIVE: "ph.disc",
}


def icon_of(what: What) -> str:
    """Return the icon of what is to be added."""
    return "ph.file" if what is What.EXISTING_DISK else ICONS[KINDS[what]]


def title(what: What) -> str:
    """Return what it is called."""
    words = {
        What.ADAPTER: _tr("Network adapter"),
        What.NEW_DISK: _tr("New virtual hard disk"),
        What.EXISTING_DISK: _tr("Existing virtual hard disk"),
        What.DVD_DRIVE: _tr("DVD drive"),
    }
    return words[what]


def sentence(what: What) -> str:
    """Return what it is good for."""
    words = {
        What.ADAPTER: _tr("Connects the machine to a virtual switch."),
        What.NEW_DISK: _tr("Makes an empty disk in one of the server's storage locations."),
        What.EXISTING_DISK: _tr("Takes a disk that is there already, with what is on it."),
        What.DVD_DRIVE: _tr("A drive with an ISO image in it, or an empty one."),
    }
    return words[what]


def thing(kind: DeviceKind) -> str:
    """Return a kind of device in the middle of a sentence."""
    words = {
        DeviceKind.NETWORK_ADAPTER: _tr("network adapter"),
        DeviceKind.DISK: _tr("disk"),
        DeviceKind.DVD_DRIVE: _tr("DVD drive"),
    }
    return words[kind]


def inside(device: Device) -> str:
    """Return a device of a machine in the middle of a sentence."""
    return f"{thing(device.kind)} {device.key}"


def called(device: Device) -> str:
    """Return a device of a machine, as a list has it."""
    words = {
        DeviceKind.NETWORK_ADAPTER: _tr("Network adapter {key}"),
        DeviceKind.DISK: _tr("Disk {key}"),
        DeviceKind.DVD_DRIVE: _tr("DVD drive {key}"),
    }
    return words[device.kind].format(key=device.key)
