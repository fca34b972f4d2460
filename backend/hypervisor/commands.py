"""What a hypervisor can be told to do with one machine. Blocking: for workers only.

Each function takes the virConnect first; machines are named by UUID. None of them decides anything.
"""

import contextlib
from collections.abc import Callable
from typing import Any

import libvirt

from backend.errors import WrongState
from backend.hypervisor import streams
from backend.xmldesc import storage

Connect = Any  # libvirt.virConnect: the binding has no types
_CHUNK = 1 << 20


def _flags(*names: str) -> int:
    # A flag that the binding does not know is one that its libvirt would refuse.
    flags = 0
    for name in names:
        flags |= getattr(libvirt, name, 0)
    return flags


_DEFINE = _flags("VIR_DOMAIN_DEFINE_VALIDATE")
_AGAINST_SCHEMA = getattr(libvirt, "VIR_ERR_XML_INVALID_SCHEMA", -1)
_SECURE = _flags("VIR_DOMAIN_XML_INACTIVE", "VIR_DOMAIN_XML_SECURE")


def _domain(connect: Connect, uuid: str) -> Any:
    return connect.lookupByUUIDString(uuid)


def start(connect: Connect, uuid: str) -> None:
    """Start a machine; one with a saved state goes on where it was saved."""
    _domain(connect, uuid).create()


def ask_to_shut_down(connect: Connect, uuid: str) -> None:
    """Press the power button: the guest may obey."""
    _domain(connect, uuid).shutdown()


def turn_off(connect: Connect, uuid: str) -> None:
    """Pull the plug."""
    _domain(connect, uuid).destroy()


def turn_off_if_active(connect: Connect, uuid: str) -> None:
    """Pull the plug of a machine that may be off already."""
    domain = _domain(connect, uuid)
    if domain.isActive():
        domain.destroy()


def reset(connect: Connect, uuid: str) -> None:
    """Press the reset button."""
    _domain(connect, uuid).reset(0)


def suspend(connect: Connect, uuid: str) -> None:
    """Stop the processors; memory stays."""
    _domain(connect, uuid).suspend()


def resume(connect: Connect, uuid: str) -> None:
    """Let the processors go on."""
    _domain(connect, uuid).resume()


def wake(connect: Connect, uuid: str) -> None:
    """Wake a machine that sleeps."""
    _domain(connect, uuid).pMWakeup(0)


def save(connect: Connect, uuid: str) -> None:
    """Write the machine's memory to the host's disk and stop it."""
    _domain(connect, uuid).managedSave(0)


def discard_saved_state(connect: Connect, uuid: str) -> None:
    """Throw away what `save` wrote."""
    _domain(connect, uuid).managedSaveRemove(0)


def abort(connect: Connect, uuid: str) -> None:
    """Ask the hypervisor to give up its running job (a save, a migration)."""
    _domain(connect, uuid).abortJob()


def job_progress(connect: Connect, uuid: str) -> float | None:
    """Return how far the hypervisor's job is, 0 to 1; None where it does not say."""
    told = _domain(connect, uuid).jobStats(0)
    total, remaining = told.get("data_total") or 0, told.get("data_remaining") or 0
    return 1 - remaining / total if total else None


def rename(connect: Connect, uuid: str, name: str) -> None:
    """Give a machine another name."""
    _domain(connect, uuid).rename(name, 0)


def set_notes(connect: Connect, uuid: str, text: str) -> None:
    """Set the machine's description, as it runs and as it will start."""
    domain = _domain(connect, uuid)
    flags = libvirt.VIR_DOMAIN_AFFECT_CONFIG if domain.isPersistent() else 0
    if domain.isActive():
        flags |= libvirt.VIR_DOMAIN_AFFECT_LIVE
    kind = libvirt.VIR_DOMAIN_METADATA_DESCRIPTION
    domain.setMetadata(kind, text or None, None, None, flags)


def set_live_title(connect: Connect, uuid: str, text: str) -> None:
    """Set the title of a machine as it runs."""
    _set_live_words(connect, uuid, libvirt.VIR_DOMAIN_METADATA_TITLE, text)


def set_live_notes(connect: Connect, uuid: str, text: str) -> None:
    """Set the description of a machine as it runs."""
    _set_live_words(connect, uuid, libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, text)


def _set_live_words(connect: Connect, uuid: str, kind: int, text: str) -> None:
    flags = libvirt.VIR_DOMAIN_AFFECT_LIVE
    _domain(connect, uuid).setMetadata(kind, text or None, None, None, flags)


def set_autostart(connect: Connect, uuid: str, setting: int) -> None:
    """Have the machine started with its host (1) or not (0)."""
    _domain(connect, uuid).setAutostart(setting)


def set_network_autostart(connect: Connect, uuid: str, setting: int) -> None:
    """Have a network started with its host (1) or not (0)."""
    connect.networkLookupByUUIDString(uuid).setAutostart(setting)


def set_pool_autostart(connect: Connect, uuid: str, setting: int) -> None:
    """Have a storage pool started with its host (1) or not (0)."""
    connect.storagePoolLookupByUUIDString(uuid).setAutostart(setting)


def define(connect: Connect, description: str) -> str:
    """Define a machine; return its UUID. libvirt checks it against its schema first."""
    return str(connect.defineXMLFlags(description, _DEFINE).UUIDString())


def redefine(connect: Connect, uuid: str, description: str) -> None:
    """Give a machine that is there another definition, which names it.

    libvirt checks it against its schema, unless what it has kept until now would not pass either:
    it keeps what others defined unchecked, and its own schema has had gaps. A machine that somebody
    has deleted meanwhile stays deleted.
    """
    _domain(connect, uuid)
    try:
        connect.defineXMLFlags(description, _DEFINE)
    except libvirt.libvirtError as error:
        if error.get_error_code() != _AGAINST_SCHEMA or _passes(connect, describe(connect, uuid)):
            raise
        connect.defineXML(description)


def _passes(connect: Connect, description: str) -> bool:
    try:
        connect.defineXMLFlags(description, _DEFINE)
    except libvirt.libvirtError as error:
        return bool(error.get_error_code() != _AGAINST_SCHEMA)
    return True


def undefine(connect: Connect, uuid: str) -> None:
    """Remove a machine's definition with its saved state, NVRAM, TPM and snapshots' metadata.

    Raises WrongState for one that runs: libvirt would go on with it, and forget it at its end.
    """
    domain = _domain(connect, uuid)
    if domain.isActive():
        raise WrongState(name=domain.name(), state="running")
    devices = str(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    # Only what is there is named: drivers and older daemons refuse flags that they do not know.
    names = {
        "VIR_DOMAIN_UNDEFINE_MANAGED_SAVE": domain.hasManagedSaveImage(0),
        "VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA": domain.snapshotNum(0),
        "VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA": _has_checkpoints(domain),
        # Where libvirt chose the firmware it has a file for it that the definition need not name.
        "VIR_DOMAIN_UNDEFINE_NVRAM": "<nvram" in devices or "firmware='efi'" in devices,
        "VIR_DOMAIN_UNDEFINE_TPM": "<tpm" in devices,
    }
    domain.undefineFlags(_flags(*(name for name, is_there in names.items() if is_there)))


def undefine_if_off(connect: Connect, uuid: str) -> None:
    """As `undefine`; one that runs is left as it is."""
    with contextlib.suppress(WrongState):
        undefine(connect, uuid)


def withdraw(connect: Connect, uuid: str) -> None:
    """Have a machine gone that was only just made, also if it is being started meanwhile."""
    turn_off_if_active(connect, uuid)
    undefine(connect, uuid)
    turn_off_if_active(connect, uuid)  # a start that was under way had libvirt keep it


def _has_checkpoints(domain: Any) -> bool:
    try:
        return bool(domain.listAllCheckpoints(0))
    except libvirt.libvirtError:
        return False  # this driver has none


def describe(connect: Connect, uuid: str) -> str:
    """Return the machine's definition as libvirt keeps it, with what is secret in it."""
    return str(_domain(connect, uuid).XMLDesc(_SECURE))


def name_is_taken(connect: Connect, name: str) -> bool:
    """Return whether a machine has that name."""
    try:
        connect.lookupByName(name)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
            return False
        raise
    return True


def screenshot(connect: Connect, uuid: str) -> bytes:
    """Return the machine's picture as QEMU writes it (PNG or PPM); takes no display channel."""
    stream = connect.newStream(0)
    try:
        _domain(connect, uuid).screenshot(stream, 0, 0)
        parts = []
        while part := stream.recv(_CHUNK):
            parts.append(part)
        stream.finish()
    except libvirt.libvirtError:
        streams.abort(stream)
        raise
    return b"".join(parts)


NOT_NOW = int(libvirt.VIR_ERR_OPERATION_INVALID)
"""The code of what libvirt says of what cannot be now: of a volume, that it is still being made."""
VOLUME_EXISTS = int(libvirt.VIR_ERR_STORAGE_VOL_EXIST)
"""The code of what libvirt says of a volume that is there already."""


def create_volume(connect: Connect, pool: str, description: str) -> str:
    """Make a volume in a pool; return its path."""
    found = connect.storagePoolLookupByUUIDString(pool)
    return str(found.createXML(description, 0).path())


def copy_volume(connect: Connect, pool: str, description: str, origin: str) -> str:
    """Make a volume in a pool with what the one at `origin` holds; return its path."""
    found = connect.storagePoolLookupByUUIDString(pool)
    return str(found.createXMLFrom(description, connect.storageVolLookupByPath(origin), 0).path())


def volume_exists(connect: Connect, pool: str, name: str) -> bool:
    """Return whether a pool holds a volume of that name."""
    try:
        connect.storagePoolLookupByUUIDString(pool).storageVolLookupByName(name)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_STORAGE_VOL:
            return False
        raise
    return True


def volume_standing(connect: Connect, path: str) -> str:
    """Return what tells whether a volume was written to or given to somebody since: "": gone."""
    try:
        text = connect.storageVolLookupByPath(path).XMLDesc(0)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_STORAGE_VOL:
            return ""
        raise
    return storage.volume_standing(str(text))


def delete_volume(connect: Connect, path: str) -> None:
    """Delete the volume at a path, if a pool has one there."""
    try:
        volume = connect.storageVolLookupByPath(path)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_STORAGE_VOL:
            return
        raise
    volume.delete(0)


def delete_volume_named(connect: Connect, pool: str, name: str) -> None:
    """Delete a pool's volume, if it has one of that name."""
    try:
        volume = connect.storagePoolLookupByUUIDString(pool).storageVolLookupByName(name)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_STORAGE_VOL:
            return
        raise
    volume.delete(0)


def grow_volume(connect: Connect, path: str, capacity_bytes: int) -> None:
    """Give a volume a larger virtual size."""
    connect.storageVolLookupByPath(path).resize(capacity_bytes, 0)


def grow_drive(connect: Connect, uuid: str, target: str, capacity_bytes: int) -> None:
    """Give the disk of a machine that runs a larger virtual size; its guest is told."""
    flags = libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES
    _domain(connect, uuid).blockResize(target, capacity_bytes, flags)


def refresh_pool_of(connect: Connect, path: str) -> None:
    """Have the pool that holds `path` read anew, so that its volume's format and size are known."""
    connect.storageVolLookupByPath(path).storagePoolLookupByVolume().refresh(0)


def uuid_of(connect: Connect, name: str) -> str:
    """Return the UUID of the machine of that name, "" if there is none."""
    return _identity(lambda: str(connect.lookupByName(name).UUIDString()))


def name_of(connect: Connect, uuid: str) -> str:
    """Return the name of the machine of that UUID, "" if there is none."""
    return _identity(lambda: str(_domain(connect, uuid).name()))


def _identity(look: Callable[[], str]) -> str:
    try:
        return look()
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
            return ""
        raise


def describe_live(connect: Connect, uuid: str) -> str:
    """Return the description of a machine as it runs, without what is secret."""
    return str(_domain(connect, uuid).XMLDesc(0))


def describe_whole_live(connect: Connect, uuid: str) -> str:
    """Return the description of a machine as it runs, with what is secret in it."""
    return str(_domain(connect, uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE))


def describe_next_start(connect: Connect, uuid: str) -> str:
    """Return the definition of a machine, without what is secret."""
    return str(_domain(connect, uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))


def try_description(connect: Connect, description: str) -> None:
    """Have the hypervisor make its command line for a machine, and run nothing."""
    connect.domainXMLToNative("qemu-argv", description, 0)
