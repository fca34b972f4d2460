"""What a host has and can for its guests' devices. Blocking: for workers only."""

import contextlib
from collections.abc import Iterator
from typing import Final
from weakref import WeakKeyDictionary

import libvirt

from backend.hypervisor.commands import Connect
from backend.kinds.moment import Abilities, NodeDevice
from backend.xmldesc import abilities, nodedevices

_PLUGGED: Final = "usb_"
_told: Final[WeakKeyDictionary[Connect, dict[str, str]]] = WeakKeyDictionary()
"""What each connection was told of devices, by their names."""
_WANTED = ("USB_DEV", "USB_INTERFACE", "PCI_DEV", "NET", "STORAGE", "SCSI", "SCSI_HOST",
           "SCSI_TARGET")  # fmt: skip


def read_abilities(connect: Connect, architecture: str, machine: str, kind: str) -> Abilities:
    """Return what the hypervisor says that it can; nothing where it does not say."""
    try:
        told = connect.getDomainCapabilities(None, architecture or None, machine or None, kind, 0)
    except libvirt.libvirtError:
        return Abilities()
    return abilities.parse(told)


def read_devices(connect: Connect) -> tuple[NodeDevice, ...] | None:
    """Return the host's devices that a guest could have; None where it does not tell of them."""
    flags = 0
    for name in _WANTED:
        flags |= getattr(libvirt, f"VIR_CONNECT_LIST_NODE_DEVICES_CAP_{name}", 0)
    try:
        found = connect.listAllDevices(flags)
    except libvirt.libvirtError:
        return None
    return nodedevices.parse(_descriptions(_told.setdefault(connect, {}), found))


def _descriptions(told: dict[str, str], found: list[libvirt.virNodeDevice]) -> Iterator[str]:
    """Yield the descriptions of devices; those that were told before are not asked for again.

    A name says what a device is, but for USB: there it says where something is plugged in.
    """
    named = {one.name(): one for one in found}
    for name in list(told):
        if name not in named or name.startswith(_PLUGGED):
            del told[name]
    for name, one in named.items():
        if name not in told:
            with contextlib.suppress(libvirt.libvirtError):  # it was unplugged meanwhile
                told[name] = one.XMLDesc(0)
        if name in told:
            yield told[name]
