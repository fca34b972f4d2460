"""Statistics in bulk, and what a guest tells. Blocking: for workers only.

The cost is per-guest monitor work inside libvirt, one guest after another (backend_perf: 13 ms for
the processor time, 38 for blocks), and a stuck guest blocks the call that asks for it first.
"""

import contextlib
import itertools
import time
from collections.abc import Iterable, Mapping
from typing import Any

import libvirt

from backend.hypervisor import handles
from backend.model import Guest, GuestAddress, Ref

CHEAP = libvirt.VIR_DOMAIN_STATS_STATE | libvirt.VIR_DOMAIN_STATS_CPU_TOTAL
BALLOON = libvirt.VIR_DOMAIN_STATS_BALLOON
FULL = (
    CHEAP
    | BALLOON
    | libvirt.VIR_DOMAIN_STATS_VCPU
    | libvirt.VIR_DOMAIN_STATS_INTERFACE
    | libvirt.VIR_DOMAIN_STATS_BLOCK
)
BLOCK = libvirt.VIR_DOMAIN_STATS_BLOCK
LISTED = CHEAP | BALLOON | libvirt.VIR_DOMAIN_STATS_INTERFACE
_FLAGS = libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE | getattr(
    libvirt, "VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT", 0
)
_AGENT_TIMEOUT_S = 2
_WORD_MOST, _ADDRESSES_MOST = 256, 64
"""Of what a guest may say at any length."""
_LOAD = getattr(libvirt, "VIR_DOMAIN_GUEST_INFO_LOAD", 0)  # from 11.2 on
Figures = Mapping[str, Any]
Reading = tuple[float, Figures]
"""When it was read, in monotonic seconds, and what."""


def read_some(connect: Any, uuids: Iterable[str], groups: int) -> dict[str, Reading]:
    """Return the raw figures of these machines, without those that are gone or off.

    They are read one after the other, so each has a moment of its own.
    """
    domains = []
    for uuid in uuids:
        try:
            domains.append(handles.machine(connect, uuid))
        except libvirt.libvirtError:
            continue
    if not domains:
        return {}
    began = time.monotonic()
    listed = connect.domainListGetStats(domains, groups, _FLAGS)
    each_s = (time.monotonic() - began) / max(1, len(listed))
    return {
        domain.UUIDString(): (began + (number + 0.5) * each_s, _with_times(domain, told))
        for number, (domain, told) in enumerate(listed)
    }


def _with_times(domain: Any, told: Figures) -> Figures:
    """Return figures with the processor's time, which not every driver tells in bulk."""
    if "cpu.time" in told:
        return told
    try:
        _state, _most, memory_kib, _count, time_ns = domain.info()
    except libvirt.libvirtError:
        return told
    return {"balloon.current": memory_kib, "cpu.time": time_ns, **told}


def wait_for_answer(connect: Any, uuid: str) -> None:
    """Return once the machine's QEMU has answered; blocks for as long as it does not."""
    # A bulk call gives what it can for a busy machine (NOWAIT), so it tells nothing of this.
    domain = connect.lookupByUUIDString(uuid)
    connect.domainListGetStats([domain], BALLOON, 0)


def read_guest(connect: Any, ref: Ref) -> Guest:
    """Return what the machine's agent tells, or the host's leases where it has none."""
    domain = connect.lookupByUUIDString(ref.key)
    try:
        domain.agentSetResponseTimeout(_AGENT_TIMEOUT_S, 0)
        try:
            return _from_agent(domain, ref)
        finally:
            # It holds for every client: somebody else's backup needs more than two seconds.
            domain.agentSetResponseTimeout(libvirt.VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK, 0)
    except libvirt.libvirtError:
        return Guest(ref, does_agent_answer=False, addresses=_from_host(domain))


def read_inside(connect: Any, uuid: str) -> Figures:
    """Return what the machine's agent tells of its file systems and load; {} if it tells nothing.

    The names are virDomainGetGuestInfo's.
    """
    domain = connect.lookupByUUIDString(uuid)
    told: dict[str, Any] = {}
    # Each by itself: an agent that does not know one refuses them all.
    for asked in (libvirt.VIR_DOMAIN_GUEST_INFO_FILESYSTEM, _LOAD):
        with contextlib.suppress(libvirt.libvirtError):
            told |= domain.guestInfo(asked, 0) if asked else {}
    return told


def _from_agent(domain: Any, ref: Ref) -> Guest:
    interfaces = domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, 0)
    told: dict[str, Any] = {}
    try:
        told = domain.guestInfo(
            libvirt.VIR_DOMAIN_GUEST_INFO_OS | libvirt.VIR_DOMAIN_GUEST_INFO_HOSTNAME, 0
        )
    except libvirt.libvirtError:
        told = {}  # an old agent knows no guest-get-osinfo, but answers
    return Guest(
        ref,
        does_agent_answer=True,
        addresses=_addresses(interfaces, "agent"),
        operating_system=str(told.get("os.pretty-name", ""))[:_WORD_MOST],
        hostname=str(told.get("hostname", ""))[:_WORD_MOST],
    )


def _from_host(domain: Any) -> tuple[GuestAddress, ...]:
    for source, name in (
        (libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, "lease"),
        (libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, "arp"),
    ):
        try:
            found = _addresses(domain.interfaceAddresses(source, 0), name)
        except libvirt.libvirtError:
            continue
        if found:
            return found
    return ()


def _addresses(interfaces: Mapping[str, Any], told_by: str) -> tuple[GuestAddress, ...]:
    found = (
        GuestAddress(
            mac=str(interface.get("hwaddr") or ""),
            interface=name,
            address=str(address["addr"]),
            prefix=int(address["prefix"]),
            told_by=told_by,
        )
        for name, interface in sorted(interfaces.items())
        if name != "lo"
        for address in interface.get("addrs") or ()
    )
    return tuple(itertools.islice(found, _ADDRESSES_MOST))
