"""Adding and removing, followed to the end: what the guest does not do is not told as done."""

from collections.abc import Callable

import pytest

from backend import jobs
from backend.devices import (
    Device,
    DeviceKind,
    DvdSpec,
    ExistingDiskSpec,
    NewDiskSpec,
    NicSpec,
    When,
)
from backend.errors import NetworkMissing, ProblemError
from backend.host.managed import ManagedHost
from backend.hypervisor import devices as plugs
from backend.hypervisor.devices import Sighting
from backend.jobs import Step, StepState
from backend.model import DomainState
from backend.operations import device
from backend.refusals import DeviceMissing, PlaceTaken
from tests.fakes.plugged import REF, PluggedHost

DISK = NewDiskSpec("default", 2**20)


async def add(plugged: PluggedHost, *specs: object, when: When = When.NOW) -> tuple[Device, ...]:
    return await device.add(plugged.managed, REF, specs, when)  # type: ignore[arg-type]


async def test_what_the_guest_uses_is_seen_and_stays_for_the_next_start(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    plugged.machine.traffic = {"vda"}
    (made,) = await add(plugged, DISK)
    assert made == Device(DeviceKind.DISK, "vda")
    told = plugged.domain
    assert told.live
    assert told.next_start
    assert told.live.disks == told.next_start.disks
    assert set(shown().values()) == {StepState.DONE}
    assert list(shown()) == ["host_accepted", "shown_to_guest", "driver_bound", "disk_seen"]


async def test_what_nothing_tells_is_not_known(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugs, "sight_disk", lambda *_: Sighting())
    await add(plugged, DISK)
    assert shown()["shown_to_guest"] is StepState.DONE
    assert shown()["driver_bound"] is shown()["disk_seen"] is StepState.NOT_KNOWN


async def test_a_guest_that_answers_and_has_no_address_is_waited_for(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    mac = "52:54:00:00:00:07"
    plugged.machine.addresses = {"eth1": {"hwaddr": mac, "addrs": None}}
    await add(plugged, NicSpec("nat", mac=mac))
    assert shown()["driver_bound"] is StepState.DONE
    assert shown()["address"] is StepState.WAITING


async def test_a_paused_guest_is_not_waited_for(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    plugged.machine.state = DomainState.PAUSED
    plugged.read()
    await add(plugged, NicSpec("user"))
    assert shown()["driver_bound"] is StepState.WAITING


async def test_at_the_next_start_alone(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    await add(plugged, DvdSpec(bus="sata"), when=When.NEXT_START)
    told = plugged.domain
    assert told.live
    assert told.next_start
    assert (len(told.live.disks), len(told.next_start.disks)) == (0, 1)
    assert shown() == {"host_accepted": StepState.DONE, "in_definition": StepState.DONE}


async def test_what_cannot_be_is_refused_before_anything_is_made(plugged: PluggedHost) -> None:
    with pytest.raises(NetworkMissing):
        await add(plugged, DISK, NicSpec("nowhere"))
    with pytest.raises(ProblemError) as refused:
        await add(plugged, DvdSpec(bus="sata"))
    assert refused.value.problem.message_id == "BusNotHotPluggable"
    assert plugged.machine.volumes == []


async def test_two_disks_are_two(plugged: PluggedHost) -> None:
    plugged.machine.traffic = {"vda", "vdb"}
    made = await add(plugged, DISK, DISK)
    assert [one.key for one in made] == ["vda", "vdb"]
    names = [d.source for d in plugged.domain.next_start.disks]  # type: ignore[union-attr]
    assert names == ["/images/web-vda.qcow2", "/images/web-vdb.qcow2"]


async def test_a_file_that_a_machine_has_is_not_given_twice(plugged: PluggedHost) -> None:
    plugged.machine.traffic = {"vda"}
    await add(plugged, DISK)
    taken = plugged.domain.next_start.disks[0].source  # type: ignore[union-attr]
    with pytest.raises(Exception, match="ImageInUse"):
        await add(plugged, ExistingDiskSpec(taken))


async def an_added_disk(plugged: PluggedHost) -> Device:
    plugged.machine.traffic = {"vda"}
    (made,) = await add(plugged, DISK)
    return made


async def test_a_removed_device_is_gone_now_and_later(
    plugged: PluggedHost, shown: Callable[[], dict[str, StepState]]
) -> None:
    made = await an_added_disk(plugged)
    await device.remove(plugged.managed, REF, (made,))
    told = plugged.domain
    assert told.live
    assert told.next_start
    assert not told.live.disks
    assert not told.next_start.disks
    assert list(shown()) == ["asked", "removed", "in_definition"]
    assert set(shown().values()) == {StepState.DONE}
    with pytest.raises(DeviceMissing):
        await device.remove(plugged.managed, REF, (made,))


async def test_who_looks_is_told_what_goes(plugged: PluggedHost) -> None:
    managed: ManagedHost = plugged.managed
    told = await device.look(managed, REF)
    assert (told.slots, told.free_slots) == (1, 1)
    planned = await device.plan(managed, REF, (NicSpec("nat"),))
    assert (planned.is_live, planned.is_lasting) == (True, True)
    assert not plugged.domain.live.nics  # type: ignore[union-attr]


def a_rivals(target: str) -> str:
    return (
        f"<disk type='file' device='disk'><source file='/images/theirs-{target}.qcow2'/>"
        f"<target dev='{target}' bus='scsi'/><alias name='ua-celadon-of-another'/></disk>"
    )


ON_SCSI = NewDiskSpec("default", 2**20, bus="scsi")


async def test_where_another_console_was_quicker_it_is_planned_anew(
    plugged: PluggedHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[set[str]] = []

    def show(**fields: tuple[Step, ...]) -> None:
        told.extend({step.subject for step in fields[name]} for name in fields if name == "steps")

    monkeypatch.setattr(jobs, "show", show)
    plugged.machine.rivals = [a_rivals("sda")]
    plugged.machine.traffic = {"sdb", "sdc"}
    made = await add(plugged, ON_SCSI, ON_SCSI)
    assert [one.key for one in made] == ["sdb", "sdc"]
    assert told[0] == {"sda", "sdb"}
    assert told[-1] == {"sdb", "sdc"}
    files = [disk.source for disk in plugged.domain.live.disks]  # type: ignore[union-attr]
    assert files == ["/images/theirs-sda.qcow2", "/images/web-sdb.qcow2", "/images/web-sdc.qcow2"]


async def test_a_race_that_never_ends_is_given_up_and_leaves_nothing(plugged: PluggedHost) -> None:
    plugged.machine.rivals = [a_rivals(f"sd{letter}") for letter in "abcdefgh"]
    with pytest.raises(PlaceTaken):
        await add(plugged, ON_SCSI)
    assert len(plugged.machine.rivals) == 3
    assert plugged.machine.volumes == []


async def test_what_took_the_last_slot_meanwhile_is_said(plugged: PluggedHost) -> None:
    theirs = (
        "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/>"
        "<address type='pci' bus='0x01' slot='0x00'/></interface>"
    )
    plugged.machine.rivals = [theirs]
    with pytest.raises(ProblemError) as refused:
        await add(plugged, NicSpec("nat"))
    assert refused.value.problem.message_id == "NoFreeSlot"
