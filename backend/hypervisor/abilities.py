"""What a host has and can for its guests' devices. Blocking: for workers only."""

import contextlib
from collections.abc import Iterator

import libvirt

from backend.hypervisor.commands import Connect
from backend.kinds.moment import Abilities, NodeDevice
from backend.xmldesc import abilities, nodedevices

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
    return nodedevices.parse(_descriptions(found))


def _descriptions(found: list[libvirt.virNodeDevice]) -> Iterator[str]:
    for one in found:
        with contextlib.suppress(libvirt.libvirtError):  # it was unplugged meanwhile
            yield one.XMLDesc(0)
