"""Machines, and what a fake host offers for them."""

from dataclasses import replace

from backend.devices import (
    Choice,
    Device,
    DeviceKind,
    FieldOffer,
    Growth,
    Offer,
    PoolChoice,
    Prospects,
    Removable,
)
from backend.errors import Problem
from backend.heartbeat import Heartbeat, Pulse
from backend.jobs import Job, JobState, Step, StepState
from backend.kinds import catalogue
from backend.model import Domain, DomainState, Kind, Nic, Ref, StoragePool, StorageVolume
from tests.fakes.machines import GIB, domain

FULL = Problem("NoFreeSlot", (("name", "web-01"),))
POOL = Ref("here", Kind.STORAGE_POOL, "default")
MAC = "52:54:00:7a:11:c4"


def running(name: str = "web-01") -> Domain:
    machine = domain(name, DomainState.RUNNING)
    assert machine.live
    assert machine.next_start
    nics = (Nic(f"52:54:00:00:00:{len(name):02x}", "network", "default", "virtio"),)
    live = replace(machine.live, nics=nics, pci_slots=8, free_pci_slots=6)
    return replace(machine, live=live, next_start=live)


def prospects(
    full: Problem | None = None, *, is_running: bool = True, free: int = 6, pool_gib: int = 84
) -> Prospects:
    """Return what a machine has room for; `full` is why nothing that needs a slot goes now."""
    refused = Problem("BusNotHotPluggable", (("bus", "sata"),))
    models = (Choice("virtio", now=full), Choice("e1000e", now=full))
    buses = (Choice("virtio", now=full), Choice("scsi"), Choice("sata", now=refused))
    off = Problem("NetworkInactive", (("name", "DMZ"),))
    no_vlans = Problem("NoVlans", (("name", "default"),))
    return Prospects(
        is_running,
        (
            Offer(DeviceKind.NETWORK_ADAPTER, models, now=full),
            Offer(DeviceKind.DISK, buses),
            Offer(DeviceKind.DVD_DRIVE, (Choice("scsi"), Choice("sata", now=refused))),
            *growth(is_running=is_running),
            *parts(full),
        ),
        (Choice("default"), Choice("DMZ", off, off), Choice("user")),
        (PoolChoice(POOL, "default", "/images", pool_gib * GIB),),
        (
            Removable(Device(DeviceKind.NETWORK_ADAPTER, MAC), ("virtio", "default")),
            Removable(Device(DeviceKind.DISK, "vdb"), ("virtio", "/images/web-01-data.qcow2")),
            Removable(Device(DeviceKind.DVD_DRIVE, "sda"), ("sata",), now=refused),
        ),
        slots=8 if is_running else None,
        free_slots=free if is_running else None,
        growth=Growth(2 * GIB, 6 * GIB, 0, 1, 4),
        vlans=(Choice("default", no_vlans, no_vlans), Choice("DMZ"), Choice("user", no_vlans)),
    )


def growth(*, is_running: bool = True) -> tuple[Offer, ...]:
    """Return what is offered of memory and processors."""
    at_start = Problem("MemoryAtStart") if is_running else None
    running = Problem("MemoryWhileRunning")
    now = None if is_running else running
    empty = Problem("BalloonEmpty", (("name", "web-01"),))
    ways = (
        Choice("virtio-mem", now, running),
        Choice("dimm", now, running),
        Choice("balloon", now or empty, running),
        Choice("startup", at_start),
    )
    return Offer(DeviceKind.MEMORY, ways), Offer(DeviceKind.PROCESSORS)


def parts(full: Problem | None = None) -> tuple[Offer, ...]:
    """Return what is offered of the other kinds: each as its declaration has it, now and later."""
    later = Problem("OnlyAtNextStart")
    declared = {kind.kind: kind for kind in catalogue.ALL}
    known = {
        DeviceKind.RNG: (
            FieldOffer("source", (Choice("/dev/urandom"), Choice("builtin", later, later))),
            FieldOffer("limit", is_typed=True, pattern="[0-9]*", problem=Problem("NoNumber")),
        ),
        DeviceKind.CHANNEL: (
            FieldOffer(
                "name", is_typed=True, proposal="org.x.y", pattern=".+", taken=("org.taken.0",)
            ),
        ),
        DeviceKind.USB_REDIRECTION: (
            FieldOffer("origin", (Choice("viewer"), Choice("listen"))),
            FieldOffer(
                "address",
                is_typed=True,
                proposal="127.0.0.1:4000",
                pattern=".+:.+",
                problem=Problem("NoAddressWithPort"),
                unless=("origin", "viewer"),
            ),
        ),
        DeviceKind.USB_DEVICE: (
            FieldOffer(
                "device",
                (
                    Choice("046d:c52b", detail=("Logitech Receiver", "3.4")),
                    Choice("0951:1666", later, later, ("Kingston DataTraveler", "1.2")),
                ),
            ),
        ),
    }
    return tuple(
        Offer(kind, now=full if kind is DeviceKind.RNG else None, fields=known.get(kind, ()))
        for kind in declared
    )


def storage() -> tuple[StoragePool | StorageVolume, ...]:
    """Return a pool with disks, one of them in use, and an image for a drive."""
    pool = StoragePool(POOL, "default", "dir", is_active=True, path="/images")
    volumes = (
        _volume("data.qcow2"),
        _volume("web-02.qcow2"),
        _volume("debian-12.iso", "iso"),
    )
    return (pool, *volumes)


def _volume(name: str, format: str = "qcow2") -> StorageVolume:  # noqa: A002  # the record's word
    ref = Ref("here", Kind.STORAGE_VOLUME, f"/images/{name}")
    return StorageVolume(ref, POOL, name, f"/images/{name}", format, 20 * GIB, GIB)


def job(*steps: Step, state: JobState = JobState.RUNNING, **rest: object) -> Job:
    """Return a job on web-01 as it stands with these steps."""
    return Job(1, "device.add", running().ref, "web-01", state, 0.0, steps=steps, **rest)  # type: ignore[arg-type]


def seen(name: str, after_s: float, *detail: str) -> Step:
    """Return a step that was seen."""
    return Step(name, MAC, StepState.DONE, after_s, detail)


def pulse(until: float = 4.0) -> Heartbeat:
    """Return a heartbeat every 25 ms or so, with a longest gap of 30 before and 31 since."""
    beats, at, number = [], -4.0, 0
    while at < until:
        gap = 23 + (number * 7919) % 7
        beats.append((at, float(gap)))
        at += gap / 1000
        number += 1
    beats += [(until, 31.0)] if until > 0 else []
    return Heartbeat(Pulse.COUNTER, 20, (*beats[:-1], beats[-1]))
