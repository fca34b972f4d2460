"""What a host tells of itself. Blocking: for workers only."""

from dataclasses import dataclass
from typing import Any

import libvirt


@dataclass(frozen=True, slots=True)
class HostFacts:
    """Names, versions and sizes; memory in bytes."""

    hostname: str
    hypervisor: str
    libvirt_version: str
    processors: int
    memory_bytes: int


def read_facts(connect: Any) -> HostFacts:
    """Return what is cheap to ask (no capabilities: they cost seconds on a cold start)."""
    _model, memory_mib, processors, *_rest = connect.getInfo()
    return HostFacts(
        hostname=str(connect.getHostname()),
        hypervisor=str(connect.getType()),
        libvirt_version=version_text(int(connect.getLibVersion())),
        processors=int(processors),
        memory_bytes=_memory_bytes(connect) or int(memory_mib) * 2**20,
    )


def _memory_bytes(connect: Any) -> int:
    # getInfo() adds up the NUMA nodes, which was seen to miss memory that was added later.
    try:
        told = connect.getMemoryStats(libvirt.VIR_NODE_MEMORY_STATS_ALL_CELLS)
    except libvirt.libvirtError:
        return 0  # not this driver
    return int(told.get("total", 0)) * 1024


def read_hypervisor_version(connect: Any) -> str:
    """Return the hypervisor with its version ("QEMU 7.2.22"); may probe for seconds."""
    return f"{connect.getType()} {version_text(int(connect.getVersion()))}"


def may_have_kvm(connect: Any) -> bool:
    """Return whether guests may run by KVM: False only if libvirt says that they cannot."""
    try:
        connect.getDomainCapabilities(None, None, None, "kvm", 0)
    except libvirt.libvirtError as error:
        return bool(error.get_error_code() != libvirt.VIR_ERR_INVALID_ARG)
    return True


def version_text(version: int) -> str:
    """Return libvirt's packed version (major * 1,000,000 + minor * 1,000 + release) as text."""
    return f"{version // 1_000_000}.{version // 1000 % 1000}.{version % 1000}"
