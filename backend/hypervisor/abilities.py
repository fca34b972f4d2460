"""What a host has and can for its guests' devices. Blocking: for workers only."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import libvirt

from backend.hypervisor import errand
from backend.hypervisor.commands import Connect
from backend.hypervisor.screens import is_here
from backend.kinds.moment import Abilities, NodeDevice
from backend.xmldesc import abilities, nodedevices

_PLUGGED: Final = "usb_"
_told: Final[WeakKeyDictionary[Connect, dict[str, str]]] = WeakKeyDictionary()
"""What each connection was told of devices, by their names."""
_WANTED = ("USB_DEV", "USB_INTERFACE", "PCI_DEV", "NET", "STORAGE", "SCSI", "SCSI_HOST",
           "SCSI_TARGET")  # fmt: skip
_EVERYWHERE: Final = "/dev/null"
_MENDED: Final = 10_000_000
"""libvirt 10.0.0; the mend may be some months older."""
_SHARES: Final = ("filesystem", "driverType", "virtiofs")


def read_abilities(connect: Connect, architecture: str, machine: str, kind: str) -> Abilities:
    """Return what the hypervisor says that it can; nothing where it does not say."""
    try:
        told = connect.getDomainCapabilities(None, architecture or None, machine or None, kind, 0)
    except libvirt.libvirtError:
        return Abilities()
    found = abilities.parse(told)
    return Abilities(found.words - {_SHARES}) if _is_too_old_to_share(connect) else found


def _is_too_old_to_share(connect: Connect) -> bool:
    """Return whether this libvirt, a user's own, starts no virtiofsd, whatever QEMU can."""
    is_session = urlsplit(str(connect.getURI())).path == "/session"
    return is_session and int(connect.getLibVersion()) < _MENDED


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


def read_nodes(connect: Connect, wanted: frozenset[str]) -> frozenset[str] | None:
    """Return which of these files of /dev the host has; None where nobody can look.

    libvirt tells of none of them. One can look on this computer, and where a master of ours leads.
    """
    if urlsplit(str(connect.getURI())).scheme == "test":
        return None
    if is_here(connect):
        return frozenset(name for name in wanted if Path(name).exists())
    command = ("ls", "-d", _EVERYWHERE, *sorted(wanted))
    there = frozenset(errand.run_there(connect, command).split())
    return there & wanted if _EVERYWHERE in there else None


def share_ends_it(connect: Any, uuid: str) -> bool:
    """Return whether libvirt would end if this running machine were given a share by virtiofs.

    Before it was mended it took for granted that a machine has a cgroup; without one (a session's,
    or with cgroups off) it crashes (seen with 9.0). Who has a scheduler to set has a cgroup.
    """
    try:
        if connect.getLibVersion() >= _MENDED:
            return False
        connect.lookupByUUIDString(uuid).schedulerType()
    except libvirt.libvirtError:
        return True
    return False


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
