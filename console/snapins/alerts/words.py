"""What a threshold is for, in words: whose it is, of which devices, and what it is a kind of."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.measures import Of
from backend.model import Domain, Host, Kind, Ref, StoragePool
from backend.thresholds import OF_HOSTS, Threshold
from console.sdk.context import Lookup
from console.sdk.sentences import NOOP

GROUPS: Final[Mapping[Of, str]] = {
    Of.MACHINE: NOOP("alerts", "Machine"),
    Of.PROCESSOR: NOOP("alerts", "Processor"),
    Of.DRIVE: NOOP("alerts", "Disk"),
    Of.ADAPTER: NOOP("alerts", "Network"),
    Of.FILESYSTEM: NOOP("alerts", "File system"),
    Of.HOST: NOOP("alerts", "Server"),
    Of.NODE: NOOP("alerts", "NUMA node"),
    Of.HOST_FILESYSTEM: NOOP("alerts", "Server's file system"),
    Of.POOL: NOOP("alerts", "Storage"),
}
_EACH: Final[Mapping[Of, str]] = {
    Of.PROCESSOR: NOOP("alerts", "Each processor"),
    Of.DRIVE: NOOP("alerts", "Each drive"),
    Of.ADAPTER: NOOP("alerts", "Each adapter"),
    Of.FILESYSTEM: NOOP("alerts", "Each file system"),
    Of.NODE: NOOP("alerts", "Each NUMA node"),
    Of.HOST_FILESYSTEM: NOOP("alerts", "Each file system"),
}
_TOGETHER: Final[Mapping[Of, str]] = {
    Of.DRIVE: NOOP("alerts", "All drives together"),
    Of.ADAPTER: NOOP("alerts", "All adapters together"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def group(of: Of) -> str:
    """Return what a measure is of."""
    return _tr(GROUPS[of])


def devices(of: Of) -> tuple[tuple[str | None, str], ...]:
    """Return what can be chosen of devices, each with its words; nothing where there are none."""
    found: list[tuple[str | None, str]] = []
    if of in _EACH:
        found.append((None, _tr(_EACH[of])))
    if of in _TOGETHER:
        found.append(("", _tr(_TOGETHER[of])))
    return tuple(found)


def subject(threshold: Threshold, lookup: Lookup) -> str:
    """Return whose figures are watched: "Any machine", "web-01"."""
    if threshold.key:
        return thing_name(threshold, lookup)
    if threshold.host:
        host = lookup.record(Ref(threshold.host, Kind.HOST, threshold.host), Host)
        name = host.name if host else _tr("A server that is not there")
        return name if threshold.is_of_host else any_of(threshold, name)
    return any_of(threshold)


def any_of(threshold: Threshold, server: str = "") -> str:
    """Return whose figures are watched where it is not a single one's, of all servers or of one."""
    if threshold.is_of_host:
        return _tr("Any server")
    if threshold.is_of_pool:
        of_one = _tr("Any storage location of {server}")
        return of_one.format(server=server) if server else _tr("Any storage location")
    return _tr("Any machine of {server}").format(server=server) if server else _tr("Any machine")


def things(threshold: Threshold, lookup: Lookup) -> Iterable[Domain | StoragePool]:
    """Return what a threshold could be for alone."""
    return lookup.records(StoragePool) if threshold.is_of_pool else lookup.records(Domain)


def kind_of(of: Of) -> tuple[bool, bool]:
    """Return whether a measure of these is of servers, and whether it is of storage locations."""
    return of in OF_HOSTS, of is Of.POOL


def full_name(thing: Domain | StoragePool, lookup: Lookup) -> str:
    """Return a name: that of a storage location, which is "default" everywhere, with its server."""
    if isinstance(thing, Domain):
        return thing.name
    host = lookup.record(Ref(thing.ref.host, Kind.HOST, thing.ref.host), Host)
    text = _tr("{location} of {server}")
    return text.format(location=thing.name, server=host.name) if host else thing.name


def thing_name(threshold: Threshold, lookup: Lookup) -> str:
    """Return the name of the only machine or storage location that a threshold is for."""
    found = next((one for one in things(threshold, lookup) if one.ref.key == threshold.key), None)
    if found:
        return full_name(found, lookup)
    is_pool = threshold.is_of_pool
    return _tr("A location that is not there") if is_pool else _tr("A machine that is not there")


def device(threshold: Threshold) -> str:
    """Return of which devices: "Each drive", "vda"; "" where there are none."""
    offered = dict(devices(threshold.measure.of))
    return offered.get(threshold.device, threshold.device or "")


def whose(threshold: Threshold, lookup: Lookup) -> str:
    """Return whose figures of which devices: "Any machine, each drive"."""
    of = device(threshold)
    name = subject(threshold, lookup)
    if threshold.device is None or threshold.device == "":
        of = of[:1].lower() + of[1:]
    return f"{name}, {of}" if of else name
