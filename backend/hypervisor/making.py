"""What a hypervisor is asked before a machine is made there. Blocking: for workers only."""

from typing import Any

import libvirt

from backend import pressure
from backend.hypervisor import host_figures

_BYTES_PER_KIB = 1024


def domain_capabilities(connect: Any, machine: str, accelerator: str) -> str:
    """Return what it says of machines of that type; the first time it may probe for seconds."""
    return str(connect.getDomainCapabilities(None, "x86_64", machine, accelerator, 0))


def free_memory_bytes(connect: Any) -> int:
    """Return how much memory the host could give at this moment, what it only caches included.

    What is shared (tmpfs, memory of machines with virtiofs) the kernel counts among its cache, and
    never gives back: it is none of that, where there is a way to ask for it.
    """
    told = connect.getMemoryStats(libvirt.VIR_NODE_MEMORY_STATS_ALL_CELLS)
    shared = pressure.parse(host_figures.read_pressure(connect)).get("shared", 0)
    cached = max(0, int(told.get("cached", 0)) - shared)
    return (cached + sum(int(told.get(name, 0)) for name in ("free", "buffers"))) * _BYTES_PER_KIB


def read_volume(connect: Any, path: str, offset: int, length: int) -> bytes:
    """Return that part of the volume at a path."""
    stream = connect.newStream(0)
    connect.storageVolLookupByPath(path).download(stream, offset, length, 0)
    parts = []
    try:
        while part := stream.recv(length):
            parts.append(part)
        stream.finish()
    except libvirt.libvirtError:
        stream.abort()
        raise
    return b"".join(parts)
