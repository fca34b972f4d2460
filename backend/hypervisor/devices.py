"""Plugging devices in and out, and what tells that a guest uses them. For workers: it blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import libvirt

from backend.hypervisor.commands import Connect

_AGENT_TIMEOUT_S = 2
LIVE, CONFIG = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
FORCE = libvirt.VIR_DOMAIN_DEVICE_MODIFY_FORCE
_LEASE = libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE
_AGENT = libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT
_GROWTH = libvirt.VIR_DOMAIN_STATS_BALLOON | libvirt.VIR_DOMAIN_STATS_VCPU
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


@dataclass(frozen=True, slots=True)
class Grown:
    """What a machine has, by the hypervisor's figures; None for what nobody tells.

    `balloon_bytes` is what the guest holds, `usable_bytes` what its kernel says that it has, as it
    told `told_at` (Unix seconds; only where somebody has it asked). `busy_ns` are the processors
    that are there, with the time that each has worked; of those `online` work by the agent's word.
    """

    balloon_bytes: int | None = None
    usable_bytes: int | None = None
    told_at: int | None = None
    busy_ns: tuple[int, ...] = ()
    online: int | None = None


def sight_growth(connect: Connect, uuid: str, who: str) -> Grown:
    """Read what a machine has; `who` is "agent" if its guest is asked for its processors too."""
    domain = connect.lookupByUUIDString(uuid)
    told: list[tuple[Any, dict[str, Any]]] = connect.domainListGetStats([domain], _GROWTH, 0)
    figures = told[0][1] if told else {}
    numbers = range(int(figures.get("vcpu.maximum", 0)))
    busy = [figures[f"vcpu.{n}.time"] for n in numbers if f"vcpu.{n}.time" in figures]
    return Grown(
        _bytes(figures.get("balloon.current")),
        _bytes(figures.get("balloon.available")),
        figures.get("balloon.last-update"),
        tuple(int(one) for one in busy),
        _online(domain) if who == "agent" else None,
    )


def _bytes(kib: Any) -> int | None:
    return None if kib is None else int(kib) * 1024


def _online(domain: Any) -> int | None:
    try:
        told = ask_agent(domain, lambda: domain.guestVcpus(0))
    except libvirt.libvirtError:
        return None
    words = [word.partition("-") for word in str(told.get("online", "")).split(",") if word]
    return sum(int(last or first) - int(first) + 1 for first, _, last in words)


def set_processors(connect: Connect, uuid: str, count: int, flags: int) -> None:
    """Give a machine that many processors as it runs (LIVE), as it starts next (CONFIG), or both.

    Of fewer the guest is asked, for 5 s.
    """
    connect.lookupByUUIDString(uuid).setVcpusFlags(count, flags)


def set_balloon(connect: Connect, uuid: str, size_bytes: int, flags: int) -> None:
    """Have the guest hold that much memory, without what is in virtio-mem devices."""
    connect.lookupByUUIDString(uuid).setMemoryFlags(size_bytes // 1024, flags)


def update(connect: Connect, uuid: str, description: str, flags: int) -> None:
    """Change a device that is there to be as described."""
    connect.lookupByUUIDString(uuid).updateDeviceFlags(description, flags)


def set_drive_limits(
    connect: Connect, uuid: str, target: str, limits: dict[str, int], flags: int
) -> None:
    """Bound what a drive does a second; 0 is no bound. The names are those of <iotune>."""
    connect.lookupByUUIDString(uuid).setBlockIoTune(target, limits, flags)
