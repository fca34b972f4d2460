"""Reads one thing anew from the hypervisor, or lists what is there. Blocking: for workers only."""

import contextlib
import functools
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import libvirt

from backend.errors import BackendError
from backend.hypervisor import handles
from backend.hypervisor.firmware_memory import PASSING
from backend.model import (
    Domain,
    DomainSnapshot,
    DomainState,
    Kind,
    Network,
    Record,
    Ref,
    StateReason,
    StoragePool,
    StorageVolume,
)
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import network as network_xml
from backend.xmldesc import snapshot as snapshot_xml
from backend.xmldesc import storage as storage_xml
from backend.xmldesc import verbatim

STATES = {
    libvirt.VIR_DOMAIN_NOSTATE: DomainState.UNKNOWN,
    libvirt.VIR_DOMAIN_RUNNING: DomainState.RUNNING,
    libvirt.VIR_DOMAIN_BLOCKED: DomainState.RUNNING,
    libvirt.VIR_DOMAIN_PAUSED: DomainState.PAUSED,
    libvirt.VIR_DOMAIN_SHUTDOWN: DomainState.SHUTTING_DOWN,
    libvirt.VIR_DOMAIN_SHUTOFF: DomainState.OFF,
    libvirt.VIR_DOMAIN_CRASHED: DomainState.CRASHED,
    libvirt.VIR_DOMAIN_PMSUSPENDED: DomainState.SLEEPING,
}
REASONS = {
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_IOERROR): StateReason.IO_ERROR,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_WATCHDOG): StateReason.WATCHDOG,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_CRASHED): StateReason.PANICKED,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_MIGRATION): StateReason.MIGRATING,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_SAVE): StateReason.SAVING,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_STARTING_UP): StateReason.STARTING,
    (libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_SNAPSHOT): StateReason.SNAPSHOT,
    (libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_CRASHED): StateReason.CRASHED,
    (libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_FAILED): StateReason.START_FAILED,
    (libvirt.VIR_DOMAIN_CRASHED, libvirt.VIR_DOMAIN_CRASHED_PANICKED): StateReason.PANICKED,
}
_NO_SPACE = libvirt.VIR_DOMAIN_DISK_ERROR_NO_SPACE
log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)
Connect = Any  # libvirt.virConnect: the binding has no types
Tell = Callable[[str, str], None]
"""Is told of each definition that is read: its mark, and its text as everybody may read it."""


def state_of(state: int, reason: int) -> tuple[DomainState, StateReason]:
    """Return libvirt's state and reason as ours."""
    return (
        STATES.get(state, DomainState.UNKNOWN),
        REASONS.get((state, reason), StateReason.NORMAL),
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """What libvirt tells of a machine beside its description."""

    state: DomainState
    reason: StateReason
    is_active: bool
    is_persistent: bool
    is_autostart: bool
    has_saved_state: bool
    may_have_snapshots: bool = True


Roll = Mapping[str, Mention]


def call_roll(connect: Connect) -> dict[str, Mention]:
    """Return what is told of every machine by its UUID, in the order of their names.

    Asked of each by itself, this would be seven round trips a machine; so it is five in all.
    """
    listed = connect.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE, 0)
    transient, autostart, saved, snapshots = (
        {domain.UUIDString() for domain in connect.listAllDomains(flag)}
        for flag in (
            libvirt.VIR_CONNECT_LIST_DOMAINS_TRANSIENT,
            libvirt.VIR_CONNECT_LIST_DOMAINS_AUTOSTART,
            libvirt.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE,
            libvirt.VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT,
        )
    )
    roll = {}
    for domain, figures in sorted(listed, key=_name):
        uuid = domain.UUIDString()
        state, reason = state_of(figures.get("state.state", 0), figures.get("state.reason", 0))
        is_persistent = uuid not in transient
        roll[uuid] = Mention(
            state,
            reason,
            is_active=domain.ID() >= 0,
            is_persistent=is_persistent,
            is_autostart=is_persistent and uuid in autostart,
            has_saved_state=is_persistent and uuid in saved,
            may_have_snapshots=uuid in snapshots,
        )
    return roll


def _name(listed: tuple[Any, Mapping[str, Any]]) -> str:
    """Return what machines are shown in the order of: who is told in it inserts nothing between."""
    name: str = listed[0].name()
    return name


def _mention(domain: Any) -> Mention:
    """Return what is told of one machine, asked of it alone."""
    is_active, is_persistent = bool(domain.isActive()), bool(domain.isPersistent())
    return Mention(
        *state_of(*domain.state(0)),
        is_active=is_active,
        is_persistent=is_persistent,
        is_autostart=is_persistent and bool(domain.autostart()),
        has_saved_state=is_persistent and bool(domain.hasManagedSaveImage(0)),
    )


def _tell_nobody(_mark: str, _text: str) -> None:
    return


def read_domain(
    connect: Connect,
    ref: Ref,
    run_directory: Path | None = None,
    tell: Tell = _tell_nobody,
    mention: Mention | None = None,
) -> Domain | None:
    """Return a machine as it is now; None if it is gone. `mention` is asked for if it is None."""

    def read() -> Domain | None:
        found = handles.machine(connect, ref.key)
        return _domain(found, ref, run_directory, tell, mention or _mention(found))

    return cast("Domain | None", _or_gone(read))


def _domain(
    domain: Any, ref: Ref, run_directory: Path | None, tell: Tell, mention: Mention
) -> Domain | None:
    live = domain_xml.parse(domain.XMLDesc(0)) if mention.is_active else None
    is_defined = mention.is_persistent
    definition = str(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)) if is_defined else ""
    next_start = domain_xml.parse(definition) if definition else None
    described = next_start or live
    if described is None:
        return None  # it was transient and stopped between two calls
    mark = verbatim.mark(definition) if definition else ""
    if mark:
        tell(mark, definition)
    return Domain(
        ref=ref,
        name=described.name,
        state=mention.state,
        reason=mention.reason,
        live=live.configuration if live else None,
        next_start=next_start.configuration if next_start else None,
        is_persistent=mention.is_persistent,
        is_autostart=mention.is_autostart,
        has_saved_state=mention.has_saved_state,
        notes=described.notes,
        created_at=described.note.created_at,
        made_files=described.note.made_files,
        started_at=_started_at(described.name, run_directory) if live else None,
        source=described.note.source,
        definition=mark,
    )


def read_machine(
    connect: Connect,
    ref: Ref,
    run_directory: Path | None = None,
    tell: Tell = _tell_nobody,
    mention: Mention | None = None,
) -> tuple[Domain | None, tuple[DomainSnapshot, ...]]:
    """Return a machine and its snapshots, or what can be read of them.

    One that may not be read, or makes no sense, does not keep the others from being shown.
    """
    try:
        domain = read_domain(connect, ref, run_directory, tell, mention)
    except (libvirt.libvirtError, BackendError, ValueError) as error:
        log.info("%s is shown in outline: %s", ref.key, error)
        return read_outline(connect, ref), ()
    if domain is None or (mention and not mention.may_have_snapshots):
        return domain, ()
    try:
        return domain, read_snapshots(connect, ref)
    except (libvirt.libvirtError, BackendError, ValueError) as error:
        log.info("the snapshots of %s are not shown: %s", ref.key, error)
        return domain, ()


def read_outline(connect: Connect, ref: Ref) -> Domain | None:
    """Return what libvirt knows of a machine without its description and without its QEMU."""
    found = _or_gone(lambda: connect.lookupByUUIDString(ref.key))
    if found is None:
        return None
    state, reason = state_of(*found.state(0))
    return Domain(ref, str(found.name()), state, reason)


def read_states(
    connect: Connect, uuids: Iterable[str]
) -> dict[str, tuple[DomainState, StateReason]]:
    """Return the states of machines without asking any QEMU, and none of those that are gone."""
    states = {}
    for uuid in uuids:
        with contextlib.suppress(libvirt.libvirtError):
            states[uuid] = state_of(*handles.machine(connect, uuid).state(0))
    return states


def _started_at(name: str, run_directory: Path | None) -> float | None:
    # libvirt does not tell; the hypervisor writes the pid file as it starts.
    if run_directory is None:
        return None
    try:
        return (run_directory / f"{name}.pid").stat().st_mtime
    except OSError:
        return None


def with_failed_disks(connect: Connect, domain: Domain) -> Domain:
    """Return a machine that an I/O error stopped, with the disks that did; may wait on its QEMU."""
    errors = connect.lookupByUUIDString(domain.ref.key).diskErrors(0)
    failed = tuple(
        (target, "no space" if code == _NO_SPACE else "unspecified")
        for target, code in sorted(errors.items())
    )
    is_full = any(why == "no space" for _, why in failed)
    reason = StateReason.DISK_FULL if is_full else StateReason.IO_ERROR
    return replace(domain, failed_disks=failed, reason=reason)


def read_snapshots(connect: Connect, ref: Ref) -> tuple[DomainSnapshot, ...]:
    """Return a machine's snapshots, oldest first."""

    def listed() -> list[Any]:
        domain = handles.machine(connect, ref.key)
        return list(domain.listAllSnapshots(0)) if domain.snapshotNum(0) else []

    return tuple(_snapshot(found, ref) for found in _or_gone(listed) or ())


def _snapshot(snapshot: Any, ref: Ref) -> DomainSnapshot:
    told = snapshot_xml.parse(snapshot.getXMLDesc(0))
    return DomainSnapshot(
        ref=Ref(ref.host, Kind.SNAPSHOT, f"{ref.key}/{told.name}"),
        domain=ref,
        name=told.name,
        created_at=told.created_at,
        state=told.state,
        parent=told.parent,
        is_current=bool(snapshot.isCurrent(0)),
        description=told.description,
    )


def read_networks(connect: Connect, host: str) -> tuple[Network, ...]:
    """Return the host's virtual networks."""
    return _all(lambda: connect.listAllNetworks(0), lambda found: _network(found, host))


def _network(network: Any, host: str) -> Network:
    told = network_xml.parse(network.XMLDesc(0))
    return Network(
        ref=Ref(host, Kind.NETWORK, told.uuid),
        name=told.name,
        forward=told.forward,
        is_active=bool(network.isActive()),
        is_autostart=bool(network.autostart()),
        bridge=told.bridge,
        subnets=told.subnets,
        virtual_port=told.virtual_port,
    )


def read_pools(connect: Connect, host: str) -> tuple[StoragePool, ...]:
    """Return the host's storage pools, but for those of ours that are there for a moment."""
    pools = _all(lambda: connect.listAllStoragePools(0), lambda found: _pool(found, host))
    return tuple(pool for pool in pools if not pool.name.startswith(PASSING))


def _pool(pool: Any, host: str) -> StoragePool:
    told = storage_xml.parse_pool(pool.XMLDesc(0))
    return StoragePool(
        ref=Ref(host, Kind.STORAGE_POOL, told.uuid),
        name=told.name,
        type=told.type,
        is_active=bool(pool.isActive()),
        is_autostart=bool(pool.autostart()),
        path=told.path,
        capacity_bytes=told.capacity_bytes,
        allocation_bytes=told.allocation_bytes,
        available_bytes=told.available_bytes,
    )


def read_volumes(connect: Connect, pool: Ref) -> tuple[StorageVolume, ...]:
    """Return an active pool's volumes; slow where there are many."""
    found = _or_gone(lambda: connect.storagePoolLookupByUUIDString(pool.key))
    if found is None or not found.isActive():
        return ()
    return _all(lambda: found.listAllVolumes(0), lambda volume: _volume(volume, pool))


def _volume(volume: Any, pool: Ref) -> StorageVolume:
    told = storage_xml.parse_volume(volume.XMLDesc(0))
    return StorageVolume(
        ref=Ref(pool.host, Kind.STORAGE_VOLUME, told.key),
        pool=pool,
        name=told.name,
        path=told.path,
        format=told.format,
        capacity_bytes=told.capacity_bytes,
        allocation_bytes=told.allocation_bytes,
        backing=told.backing,
    )


_GONE = frozenset(
    getattr(libvirt, name)
    for name in (
        "VIR_ERR_NO_DOMAIN",
        "VIR_ERR_NO_NETWORK",
        "VIR_ERR_NO_STORAGE_POOL",
        "VIR_ERR_NO_STORAGE_VOL",
        "VIR_ERR_NO_DOMAIN_SNAPSHOT",
    )
)


def _or_gone(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except libvirt.libvirtError as error:
        if error.get_error_code() in _GONE:
            return None
        raise


def _all(listed: Callable[[], list[Any]], read: Callable[[Any], R]) -> tuple[R, ...]:
    """Return each listed thing's record, without those that went meanwhile."""
    try:
        things = listed()
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_SUPPORT:
            return ()  # this driver has none of that kind
        raise
    records = (_or_gone(functools.partial(read, thing)) for thing in things)
    return tuple(record for record in records if record is not None)
