"""What a host's processors and memory do, by libvirt and its kernel. Blocking: for workers only."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import libvirt

from backend import pressure
from backend.hypervisor import errand, room
from backend.hypervisor.screens import is_here
from backend.xmldesc import tree

_ALL: Final = -1
_KIB: Final = 1024
_MOUNTS: Final = Path("/proc/self/mounts")
_NODES: Final = 4
"""Where in virNodeInfo stands how many NUMA nodes there are."""
HostFigures = dict[str, dict[str, int]]
"""By NUMA node ("0"), "" for the whole host: libvirt's figures, in ns and KiB."""
Nodes = Mapping[str, tuple[int, ...]]
"""The processors of each NUMA node."""


def read_nodes(connect: Any) -> Nodes:
    """Return the processors of each NUMA node; nothing of a host that has only one."""
    # Its own description is some size and may cost seconds, so it is not read where one will do.
    if int(connect.getInfo()[_NODES]) < 2:
        return {}
    root = tree.read(str(connect.getCapabilities()))
    return {
        str(cell.get("id")): tuple(int(cpu.get("id", "0")) for cpu in cell.iterfind("cpus/cpu"))
        for cell in root.iterfind("host/topology/cells/cell")
    }


def read_host(connect: Any, nodes: Nodes) -> HostFigures:
    """Return the figures of the host and of its nodes, without those that it does not tell."""
    told = {"": _figures(connect, _ALL, (_ALL,))}
    for node, processors in nodes.items():
        told[node] = _figures(connect, int(node), processors)
    return told


def read_pressure(connect: Any) -> str:
    """Return what `pressure.parse` reads, "" where there is no way to the host's own files.

    That is this computer, or one that a master of ours leads to.
    """
    if urlsplit(str(connect.getURI())).scheme == "test":
        return ""
    if is_here(connect):
        return _read_here()
    return errand.run_there(connect, (*pressure.COMMAND, ";", *pressure.DISKS))


def is_near(connect: Any) -> bool:
    """Whether its files cost nothing to read."""
    return is_here(connect)


def _figures(connect: Any, node: int, processors: tuple[int, ...]) -> dict[str, int]:
    figures: dict[str, int] = {}
    # The test driver tells nothing of memory, and not each host of all its processors.
    with contextlib.suppress(libvirt.libvirtError):
        figures |= connect.getMemoryStats(node, 0)
    with contextlib.suppress(libvirt.libvirtError):
        for processor in processors:
            for name, spent_ns in connect.getCPUStats(processor, 0).items():
                figures[f"{name}.ns"] = figures.get(f"{name}.ns", 0) + int(spent_ns)
    return figures


def _read_here() -> str:
    lines: list[str] = []
    for file in pressure.FILES:
        with contextlib.suppress(OSError):  # a kernel without PSI
            told = Path(file).read_text().splitlines()
            # Of some 250 lines a dozen: what `COMMAND` has another computer choose.
            lines += (f"{file}:{line}" for line in told if pressure.is_wanted(line))
    lines += _disks_here()
    return "\n".join(lines)


def _disks_here() -> Iterator[str]:
    """Yield what `df` would print, without a process each time."""
    seen: set[str] = set()
    with contextlib.suppress(OSError):
        for line in _MOUNTS.read_text().splitlines():
            device, place, kind, *_ = line.split(" ")
            place = place.replace(r"\040", " ")
            # In a container single files may be mounts too, each by itself.
            if kind not in pressure.KINDS or device in seen or not Path(place).is_dir():
                continue
            seen.add(device)
            if found := room.read_here(place):
                used, free = found.used_bytes // _KIB, found.free_bytes // _KIB
                yield f"{device} {used + free} {used} {free} - {place}"
