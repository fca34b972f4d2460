"""Ten thousand machines on a hundred servers that are only told of: what the window does with them.

Nobody reads them from a hypervisor, so all that is measured is ours, beside a hundredth of them.
"""

import os
import time
from collections.abc import Iterator
from typing import Final

from backend.model import (
    Disk,
    Domain,
    DomainConfiguration,
    DomainState,
    Firmware,
    Host,
    HostState,
    Kind,
    Nic,
    Record,
    Ref,
)
from celadon_bench.idling import let_live, share
from celadon_bench.rig import CHANGING, told_of
from celadon_bench.rows import Row, say

HOSTS, EACH, FEW = 100, 100, 1
FILLED_MS: Final = 3000.0
SETTLED_S, SPAN_S = 3.0, 5.0
GROWTH_MOST: Final = 1.5
"""So much more than with a hundredth of the machines, at most."""
IDLE_LEAST: Final = 0.5
"""In per cent: below that nobody can tell more from less."""


def measure() -> tuple[Row, ...]:
    """Return what was measured, in this process."""
    (_few_ms, *few), (filled_ms, *many) = seen(FEW), seen(HOSTS)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    say(f"fleet: the machine's load was {load:.1f} a processor; above 0.5 others were at work, too")
    return (
        Row(f"list filled, {HOSTS * EACH:,} machines", "ms", filled_ms, goal=FILLED_MS),
        *_rows(few, many),
    )


def _rows(few: list[float], many: list[float]) -> Iterator[Row]:
    peer = f"{FEW * EACH:,} machines"
    doings = (
        "nothing happens",
        f"{CHANGING} machines change a second",
        "all that run are read",
    )
    goals = (
        max(IDLE_LEAST, GROWTH_MOST * few[0]),
        max(IDLE_LEAST, GROWTH_MOST * few[1]),
        None,
    )
    for doing, ours, less, goal in zip(doings, many, few, goals, strict=True):
        yield Row(f"CPU while {doing}, {HOSTS * EACH:,} machines", "%", ours, less, peer, goal)


def seen(hosts: int) -> list[float]:
    """Return how long the list took, in ms, and the processor's share by what goes on, in %."""
    say(f"fleet: {hosts * EACH:,} machines ...")
    with told_of(fleet(hosts)) as (rig, took_ms):
        let_live(SETTLED_S)
        idle = share(SPAN_S)
        changing = share(SPAN_S, rig.news.tell_changes, counts=False)
        reading = share(SPAN_S, rig.news.tell_figures, counts=False)
    return [took_ms, 100 * idle, 100 * changing, 100 * reading]


def fleet(hosts: int) -> list[Record]:
    """Return so many servers with their machines, half of which run."""
    return [record for number in range(hosts) for record in _server(f"rack-{number:03d}")]


def _server(name: str) -> Iterator[Record]:
    uri = f"qemu+ssh://{name}/system"
    yield Host(Ref(name, Kind.HOST, name), name, uri, HostState.CONNECTED, hostname=name,
               hypervisor="QEMU 10.0", processors=64, memory_bytes=1 << 39)  # fmt: skip
    for number in range(EACH):
        yield _machine(name, number)


def _machine(host: str, number: int) -> Domain:
    key = f"{host}-{number:03d}"
    disks = tuple(
        Disk(f"vd{'ab'[n]}", "virtio", source=f"/guests/{key}-{n}.qcow2", format="qcow2")
        for n in range(2)
    )
    made = DomainConfiguration(
        memory_bytes=1 << 31, current_memory_bytes=1 << 31, vcpus=2, vcpus_maximum=2,
        accelerator="kvm", architecture="x86_64", machine="q35", firmware=Firmware.UEFI,
        disks=disks, nics=(Nic(f"52:54:00:00:00:{number:02x}", "network", "default"),),
    )  # fmt: skip
    is_on = number % 2 == 0
    return Domain(
        Ref(host, Kind.DOMAIN, key), f"vm-{key}", DomainState.RUNNING if is_on else DomainState.OFF,
        live=made if is_on else None, next_start=made, started_at=time.time() if is_on else None,
    )  # fmt: skip
