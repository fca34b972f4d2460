"""Plugging devices in and out, and what tells that a guest uses them. For workers: it blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import libvirt

from backend.hypervisor.commands import Connect

_AGENT_TIMEOUT_S = 2
LIVE, CONFIG = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
_LEASE = libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE
_AGENT = libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT
_STATS = libvirt.VIR_DOMAIN_STATS_INTERFACE | libvirt.VIR_DOMAIN_STATS_BLOCK


def attach(connect: Connect, uuid: str, description: str, flags: int) -> None:
    """Add a device to a machine as it runs (LIVE), as it starts next (CONFIG), or both."""
    connect.lookupByUUIDString(uuid).attachDeviceFlags(description, flags)


def detach(connect: Connect, uuid: str, description: str, flags: int) -> None:
    """Take a device out of the definition (CONFIG), or ask the guest to let it go (LIVE).

    Of a guest that does not obey libvirt says the same as of one that does, after 5 s: only its
    event tells.
    """
    connect.lookupByUUIDString(uuid).detachDeviceFlags(description, flags)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen of a device's use. `name` is the guest's own for it, `addresses` "IP/prefix".

    `told_by` is "traffic", "agent" or "lease"; "" if nothing was seen. `does_agent_answer` is None
    where it was not asked.
    """

    told_by: str = ""
    name: str = ""
    addresses: tuple[str, ...] = ()
    does_agent_answer: bool | None = None


def sight_traffic(connect: Connect, uuid: str, device: str) -> Sighting:
    """Look whether a guest has sent through an adapter (by its host's end), or read from a drive.

    Only drivers in the guest do that, so this asks nothing of it.
    """
    domain = connect.lookupByUUIDString(uuid)
    told: list[tuple[Any, dict[str, Any]]] = connect.domainListGetStats([domain], _STATS, 0)
    figures = told[0][1] if told else {}
    for group, figure in (("net", "tx.pkts"), ("block", "rd.reqs")):
        for number in range(int(figures.get(f"{group}.count", 0))):
            is_it = figures.get(f"{group}.{number}.name") == device
            if is_it and int(figures.get(f"{group}.{number}.{figure}", 0)) > 0:
                return Sighting("traffic")
    return Sighting()


def sight_adapter(connect: Connect, uuid: str, mac: str, source: str) -> Sighting:
    """Ask "agent" or "lease" for an adapter by its address."""
    domain = connect.lookupByUUIDString(uuid)
    if source == "lease":
        try:
            return _adapter(domain.interfaceAddresses(_LEASE, 0), mac, source)
        except libvirt.libvirtError:
            return Sighting()  # QEMU's own network has none
    try:
        return _adapter(
            ask_agent(domain, lambda: domain.interfaceAddresses(_AGENT, 0)), mac, source
        )
    except libvirt.libvirtError:
        return Sighting(does_agent_answer=False)


def sight_disk(connect: Connect, uuid: str, target: str) -> Sighting:
    """Ask the agent what the guest calls a drive."""
    domain = connect.lookupByUUIDString(uuid)
    kinds = getattr(libvirt, "VIR_DOMAIN_GUEST_INFO_DISKS", 0)
    try:
        told = ask_agent(domain, lambda: domain.guestInfo(kinds, 0)) if kinds else {}
    except libvirt.libvirtError:
        return Sighting(does_agent_answer=False)
    for number in range(int(told.get("disk.count", 0))):
        if told.get(f"disk.{number}.alias") == target:
            name = str(told.get(f"disk.{number}.name", ""))
            return Sighting("agent", name, does_agent_answer=True)
    return Sighting(does_agent_answer=True)


def ask_agent(domain: Any, question: Callable[[], Any]) -> Any:
    """Return the answer of a guest's agent. Raises libvirtError where none comes within 2 s."""
    domain.agentSetResponseTimeout(_AGENT_TIMEOUT_S, 0)
    try:
        return question()
    finally:
        # It holds for every client: somebody else's backup needs more than two seconds.
        domain.agentSetResponseTimeout(libvirt.VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK, 0)


def _adapter(interfaces: dict[str, Any], mac: str, source: str) -> Sighting:
    has_answered = True if source == "agent" else None
    for name, interface in interfaces.items():
        if str(interface.get("hwaddr") or "").lower() != mac.lower():
            continue
        addresses = tuple(f"{a['addr']}/{a['prefix']}" for a in interface.get("addrs") or ())
        return Sighting(source, name if source == "agent" else "", addresses, has_answered)
    return Sighting(does_agent_answer=has_answered)
