"""A machine's descriptions beside what its host can do. Blocking: for workers only."""

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import libvirt

from backend.hypervisor.commands import Connect


@dataclass(frozen=True, slots=True)
class Described:
    """A machine as libvirt describes it; "" for a description that it has not.

    `abilities` is <domainCapabilities> for a machine of its kind, "" where the driver has none.
    """

    definition: str
    live: str
    abilities: str


def describe(connect: Connect, uuid: str) -> Described:
    """Return a machine's descriptions, without what is secret."""
    return _describe(connect, uuid, libvirt.VIR_DOMAIN_XML_INACTIVE)


def describe_whole(connect: Connect, uuid: str) -> Described:
    """Return a machine's descriptions, its definition with what is secret, as `redefine` needs."""
    return _describe(connect, uuid, libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE)


def _describe(connect: Connect, uuid: str, flags: int) -> Described:
    domain = connect.lookupByUUIDString(uuid)
    is_persistent, is_active = bool(domain.isPersistent()), bool(domain.isActive())
    definition = str(domain.XMLDesc(flags)) if is_persistent else ""
    live = str(domain.XMLDesc(0)) if is_active else ""
    return Described(definition, live, _abilities(connect, definition or live))


def _abilities(connect: Any, description: str) -> str:
    root = ET.fromstring(description)  # noqa: S314  # libvirt's own, and expat is bounded
    kind = root.find("os/type")
    words = {} if kind is None else kind.attrib
    emulator = root.findtext("devices/emulator")
    try:
        return str(
            connect.getDomainCapabilities(
                emulator, words.get("arch"), words.get("machine"), root.get("type"), 0
            )
        )
    except libvirt.libvirtError:
        return ""  # this driver has none, or the emulator is not there
