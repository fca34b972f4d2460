from dataclasses import replace

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.moment import Room
from backend.model import (
    Disk,
    Domain,
    DomainConfiguration,
    DomainState,
    Firmware,
    Kind,
    Network,
    Nic,
    Ref,
    StoragePool,
)
from backend.operations import prospects

MADE_OF = DomainConfiguration(
    2**30, 2**30, 1, 1, "qemu", "x86_64", "pc-q35-7.2", Firmware.BIOS,
    disks=(Disk("sda", "sata", source="/d"), Disk("vdb", "virtio", source="/e")),
    nics=(Nic("52:54:00:00:00:01", "network", "nat", "e1000e"),),
)  # fmt: skip
OFF = Domain(Ref("h", Kind.DOMAIN, "u"), "web", DomainState.OFF, next_start=MADE_OF)
RUNNING = replace(OFF, state=DomainState.RUNNING, live=MADE_OF)
FULL = Room(8, 0, frozenset({("usb", "qemu-xhci")}))
ROOMY = Room(8, 3, frozenset({("usb", "qemu-xhci"), ("scsi", "virtio-scsi")}))

PLUGGED = (DeviceKind.NETWORK_ADAPTER, DeviceKind.DISK, DeviceKind.DVD_DRIVE)


def ids(*problems: Problem | None) -> list[str]:
    return [problem.message_id if problem else "" for problem in problems]


def test_a_machine_that_runs_takes_what_it_has_room_for() -> None:
    told = prospects.weigh(RUNNING, ROOMY, (), ())
    assert (told.slots, told.free_slots) == (8, 3)
    disk = told.offer(DeviceKind.DISK)
    assert {choice.name: ids(choice.now) for choice in disk.choices} == {
        "virtio": [""], "scsi": [""], "usb": [""], "sata": ["BusNotHotPluggable"],
    }  # fmt: skip
    assert [told.offer(kind).now for kind in PLUGGED] == [None] * 3


def test_without_a_slot_an_adapter_waits_for_the_next_start_and_a_disk_goes_elsewhere() -> None:
    told = prospects.weigh(RUNNING, FULL, (), ())
    nic, disk = told.offer(DeviceKind.NETWORK_ADAPTER), told.offer(DeviceKind.DISK)
    assert ids(nic.now, nic.next_start, disk.now) == ["NoFreeSlot", "", ""]
    assert disk.choices[0].name == "usb"
    reasons = {choice.name: ids(choice.now)[0] for choice in disk.choices}
    assert reasons["scsi"] == "NoController"


def test_the_adapter_that_a_guest_has_is_offered_first() -> None:
    told = prospects.weigh(RUNNING, ROOMY, (), ())
    models = [choice.name for choice in told.offer(DeviceKind.NETWORK_ADAPTER).choices]
    assert models == ["e1000e", "virtio"]


def test_what_cannot_be_at_the_next_start_says_why() -> None:
    transient = replace(RUNNING, is_persistent=False, next_start=None)
    told = prospects.weigh(transient, ROOMY, (), ())
    assert ids(told.offers[0].now, told.offers[0].next_start) == ["", "NotDefined"]
    saved = prospects.weigh(replace(OFF, has_saved_state=True), None, (), ())
    assert ids(saved.offers[0].now, saved.offers[0].next_start) == ["HasSavedState"] * 2
    assert (saved.slots, saved.is_running) == (None, False)


def test_a_drive_that_cannot_be_unplugged_says_why() -> None:
    told = {r.device.key: r for r in prospects.weigh(RUNNING, ROOMY, (), ()).removables}
    assert ids(told["sda"].now, told["sda"].next_start) == ["BusNotHotPluggable", ""]
    assert ids(told["vdb"].now, told["52:54:00:00:00:01"].now) == ["", ""]
    assert told["52:54:00:00:00:01"].detail == ("e1000e", "nat")


def test_switches_and_pools_that_will_not_do_say_why() -> None:
    networks = (
        Network(Ref("h", Kind.NETWORK, "1"), "a", "nat", is_active=False),
        Network(Ref("h", Kind.NETWORK, "2"), "b", "nat", is_active=True),
    )
    pools = tuple(
        StoragePool(Ref("h", Kind.STORAGE_POOL, name), name, kind, is_active=is_active)
        for name, kind, is_active in (("p", "dir", True), ("q", "dir", False), ("r", "scsi", True))
    )
    told = prospects.weigh(OFF, None, networks, pools)
    assert [(s.name, *ids(s.now)) for s in told.switches] == [
        ("b", ""), ("a", "NetworkInactive"), ("user", ""),
    ]  # fmt: skip
    assert [ids(pool.problem)[0] for pool in told.pools] == ["", "PoolInactive", "PoolUnfit"]
