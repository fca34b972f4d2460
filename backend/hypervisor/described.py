"""A machine's descriptions beside what its host can do. Blocking: for workers only."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import libvirt

from backend.hypervisor.commands import Connect

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Described:
    """A machine as libvirt describes it; "" for a description that it has not.

    `abilities` is <domainCapabilities> for a machine of its kind and `capabilities` that of the
    host, "" where the driver has none; `filters` are the names of the host's network filters.
    """

    definition: str
    live: str
    abilities: str
    capabilities: str
    filters: tuple[str, ...]


def describe(connect: Connect, uuid: str) -> Described:
    """Return a machine's descriptions, without what is secret."""
    return _describe(connect, uuid, libvirt.VIR_DOMAIN_XML_INACTIVE)


def describe_whole(connect: Connect, uuid: str) -> Described:
    """Return a machine's descriptions, its definition with what is secret, as `redefine` needs."""
    return _describe(connect, uuid, libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE)


def definitions(connect: Connect, uuids: Iterable[str]) -> dict[str, str]:
    """Return the definitions of machines, or what runs of those without; not of those gone."""
    found = {}
    for uuid in uuids:
        with contextlib.suppress(libvirt.libvirtError):
            domain = connect.lookupByUUIDString(uuid)
            found[uuid] = str(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    return found


def _describe(connect: Connect, uuid: str, flags: int) -> Described:
    domain = connect.lookupByUUIDString(uuid)
    is_persistent, is_active = bool(domain.isPersistent()), bool(domain.isActive())
    definition = str(domain.XMLDesc(flags)) if is_persistent else ""
    live = str(domain.XMLDesc(0)) if is_active else ""
    return Described(
        definition,
        live,
        _abilities(connect, definition or live),
        _told(connect.getCapabilities, ""),
        tuple(sorted(_told(connect.listNWFilters, []))),
    )


def _abilities(connect: Any, description: str) -> str:
    root = ET.fromstring(description)  # noqa: S314  # libvirt's own, and expat is bounded
    kind = root.find("os/type")
    words = {} if kind is None else kind.attrib
    of_kind = (root.findtext("devices/emulator"), words.get("arch"), words.get("machine"))
    return _told(lambda: connect.getDomainCapabilities(*of_kind, root.get("type"), 0), "")


def _told(ask: Callable[[], Any], otherwise: T) -> T:
    """Return an answer; `otherwise` where the driver has none, or the emulator is not there."""
    try:
        return type(otherwise)(ask())  # type: ignore[call-arg]  # str and list take anything
    except libvirt.libvirtError:
        return otherwise
