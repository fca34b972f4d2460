"""A small machine room in all its states, for tests and pictures."""

import math
import time

from backend.errors import Problem
from backend.measures import Measure
from backend.model import (
    Accelerator,
    Domain,
    DomainConfiguration,
    DomainState,
    Firmware,
    Guest,
    GuestAddress,
    Host,
    HostState,
    Kind,
    Ref,
    StateReason,
)
from backend.series import Sample

GIB = 1024**3
HOST = Ref("here", Kind.HOST, "here")
AWAY = Ref("rack-2", Kind.HOST, "rack-2")


def host(state: HostState = HostState.CONNECTED) -> Host:
    return Host(
        HOST,
        "this-computer",
        "qemu:///system",
        state,
        is_embedded=True,
        hostname="this-computer",
        hypervisor="QEMU 7.2",
        processors=8,
        memory_bytes=24 * GIB,
        accelerator=Accelerator.KVM,
    )


def away_host() -> Host:
    problem = Problem("HostAway", (("host", "rack-2"),), ("no route to host",))
    return Host(
        AWAY,
        "rack-2",
        "qemu+ssh://rack-2/system",
        HostState.AWAY,
        problem=problem,
        retry_at=time.time() + 30,
    )


def domain(
    name: str,
    state: DomainState = DomainState.OFF,
    *,
    memory_gib: float = 1,
    reason: StateReason = StateReason.NORMAL,
    has_saved_state: bool = False,
    days: float = 0.1,
    notes: str = "",
) -> Domain:
    parts = DomainConfiguration(
        memory_bytes=int(memory_gib * GIB),
        current_memory_bytes=int(memory_gib * GIB),
        vcpus=2,
        vcpus_maximum=2,
        accelerator="kvm",
        architecture="x86_64",
        machine="q35",
        firmware=Firmware.UEFI,
    )
    is_on = state in (DomainState.RUNNING, DomainState.PAUSED, DomainState.SHUTTING_DOWN)
    return Domain(
        Ref("here", Kind.DOMAIN, f"uuid-{name}"),
        name,
        state,
        reason=reason,
        live=parts if is_on else None,
        next_start=parts,
        has_saved_state=has_saved_state,
        started_at=time.time() - days * 86400 if is_on else None,
        notes=notes,
    )


def room() -> tuple[Host | Domain | Guest, ...]:
    running, off = DomainState.RUNNING, DomainState.OFF
    machines = (
        domain("web-01", running, memory_gib=2, days=3.2),
        domain("web-02", running, memory_gib=2, days=3.2),
        domain("db-01", running, memory_gib=8, days=21.4, reason=StateReason.IO_ERROR),
        domain("cache-01", running, days=1.03),
        domain("build", DomainState.PAUSED, memory_gib=4, reason=StateReason.DISK_FULL),
        domain("win-11", off, memory_gib=8, has_saved_state=True),
        domain("mail-old", DomainState.CRASHED, reason=StateReason.PANICKED),
        domain("template-debian", off, notes="Template, 6 linked clones"),
        domain("test-04", DomainState.SHUTTING_DOWN),
    )
    guests = tuple(
        Guest(
            machine.ref.of(Kind.GUEST),
            does_agent_answer=True,
            addresses=(GuestAddress("", "eth0", f"10.0.1.{11 + i}", 24, "agent"),),
        )
        for i, machine in enumerate(machines[:4])
    )
    return (host(), away_host(), *machines, *guests)


_FIGURES = {
    "cpu": Measure.CPU,
    "memory_used_bytes": Measure.MEMORY_USED,
    "memory_assigned_bytes": Measure.MEMORY_ASSIGNED,
    "disk_read_bytes_s": Measure.DISK_READ,
    "disk_write_bytes_s": Measure.DISK_WRITE,
    "network_in_bytes_s": Measure.NETWORK_IN,
    "network_out_bytes_s": Measure.NETWORK_OUT,
}


def reading(
    ref: Ref,
    at: float,
    *values: float | None,
    drives: tuple[tuple[str, float, float], ...] = (),
    adapters: tuple[tuple[str, float, float], ...] = (),
    **named: float | None,
) -> Sample:
    """Return a sample with these figures, in the order of the table above or by name.

    Of a drive or an adapter they are (device, what came in, what went out).
    """
    told = dict(zip(_FIGURES, values, strict=False)) | named
    figures = {(_FIGURES[name], ""): float(v) for name, v in told.items() if v is not None}
    for traffic, came, went in (
        (drives, Measure.DISK_READ, Measure.DISK_WRITE),
        (adapters, Measure.NETWORK_IN, Measure.NETWORK_OUT),
    ):
        for device, in_bytes_s, out_bytes_s in traffic:
            figures[came, device], figures[went, device] = in_bytes_s, out_bytes_s
    return Sample(ref, at, figures)


def readings(at: float, machines: tuple[Domain, ...]) -> tuple[Sample, ...]:
    """Return one reading of each machine that runs, on gentle waves."""
    return tuple(
        reading(
            machine.ref,
            at,
            cpu=0.1 + 0.8 * (0.5 + 0.4 * math.sin(at / 9 + i * 2)) * (1 / (1 + i % 4)),
            memory_used_bytes=int(machine.configuration.memory_bytes * (0.5 + 0.1 * (i % 4)))
            if machine.configuration
            else None,
            memory_assigned_bytes=machine.configuration.memory_bytes
            if machine.configuration
            else None,
            network_in_bytes_s=1e6 * (2 + math.sin(at / 5)),
            network_out_bytes_s=5e5,
            disk_read_bytes_s=1e6,
            disk_write_bytes_s=2e6,
        )
        for i, machine in enumerate(machines)
        if machine.state is DomainState.RUNNING
    )
