"""Devices come and go while the guest runs: as the guest's own log and a separate virsh saw it."""

from pathlib import Path

import pytest

from backend.devices import (
    DeviceKind,
    DvdSpec,
    NewDiskSpec,
    NicSpec,
    When,
)
from backend.heartbeat import Pulse
from backend.jobs import JobState, StepState
from backend.operations import device, domain, unplugging
from tests.live.plugs import adapters, add, devices_of, drives, look, remove, step
from tests.live.stage import SWITCH, Guest, Stage

pytestmark = [pytest.mark.live, pytest.mark.alone]
MIB = 2**20
DISK = NewDiskSpec("default", 64 * MIB)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest that keeps a device is told as that after seconds, not half a minute."""
    monkeypatch.setattr(unplugging, "GUEST_DEADLINE_S", 2.0)


def test_an_adapter_comes_with_an_address_and_goes(stage: Stage, guest: Guest) -> None:
    before = look(guest)
    assert before.free_slots == 8
    job = add(guest, NicSpec(SWITCH))
    (nic,) = devices_of(job)
    line = guest.listen().wait_for(f"NIC hot-add .* {nic.key} virtio_net")
    name = line.split()[4]
    assert [one.state for one in job.steps] == [StepState.DONE] * 4, job.steps
    assert name in step(job, "driver_bound").detail
    (address,) = step(job, "address").detail
    assert address in guest.listen().wait_for(f"NIC addr {name} ")
    seconds = [one.after_s or 0 for one in job.steps]
    assert seconds == sorted(seconds)
    assert nic.key in adapters(guest)
    assert nic.key in adapters(guest, "--inactive")
    assert look(guest).free_slots == 7
    guest.until(lambda it: it.live is not None and it.live.free_pci_slots == 7)
    job = remove(guest, nic)
    assert job.state is JobState.DONE, job
    guest.listen().wait_for(f"NIC remove {name}")
    assert nic.key not in adapters(guest) + adapters(guest, "--inactive")
    assert look(guest).free_slots == 8


def test_the_heart_beats_through_it(guest: Guest) -> None:
    job = add(guest, NicSpec("user"))
    told = job.heartbeat
    assert told
    assert (told.pulse, told.interval_ms, told.lost) == (Pulse.COUNTER, 20.0, 0)
    assert told.idle_gap_ms
    assert told.gap_ms
    assert min(at for at, _gap in told.beats) < -1.5, "nothing was measured beforehand"
    ended = remove(guest, *devices_of(job))
    assert ended.heartbeat
    assert ended.heartbeat.lost == 0


def test_several_drives_at_once_on_each_bus(guest: Guest) -> None:
    known = drives(guest)
    image = guest.stage.root / "images" / "an.iso"
    image.write_bytes(b"an image" * 65536)
    image.chmod(0o644)
    scsi_disk = NewDiskSpec("default", 96 * MIB, bus="scsi")
    job = add(guest, DISK, scsi_disk, DvdSpec(str(image), "scsi"))
    disk, scsi, dvd = devices_of(job)
    guest.listen().wait_for("DISK hot-add vdb 64MiB")
    guest.listen().wait_for("DISK hot-add sda 96MiB")
    guest.listen().wait_for("DISK hot-add sr0")
    assert [one.key for one in (disk, scsi, dvd)] == ["vdb", "sda", "sdb"]
    seen = [s for s in job.steps if s.name == "disk_seen"]
    assert [s.state for s in seen][:2] == [StepState.DONE] * 2
    assert drives(guest) == drives(guest, "--inactive") == known | {"vdb", "sda", "sdb"}
    live = guest.record.live
    assert live
    files = {d.source for d in live.disks}
    job = remove(guest, disk, scsi, dvd)
    assert job.state is JobState.DONE, job
    guest.listen().wait_for("DISK remove vdb")
    assert drives(guest) == drives(guest, "--inactive") == known
    made = [path for path in files if "-vdb" in path or "-sda" in path]
    assert len(made) == 2
    for path in made:
        assert Path(path).exists(), "a removed disk keeps its file"
        guest.stage.virsh("vol-delete", path)


def test_a_drive_without_an_image_comes_or_says_that_it_needs_one(guest: Guest) -> None:
    job = guest.stage.do(device.add, guest.ref, (DISK, DvdSpec(bus="scsi")))
    if job.problem:
        assert job.problem.message_id == "DriveNeedsImage"
    assert {s.state for s in job.steps if s.subject == "vdb"} == {StepState.DONE}
    there = [r.device for r in look(guest).removables if r.device.key not in ("vda",)]
    disks = [one for one in there if one.kind in (DeviceKind.DISK, DeviceKind.DVD_DRIVE)]
    assert remove(guest, *disks).state is JobState.DONE


def test_what_libvirt_refuses_is_said_in_its_words(guest: Guest) -> None:
    before = drives(guest)
    job = guest.stage.do(device.add, guest.ref, (DvdSpec("/nowhere/at/all.iso", "scsi"),))
    assert job.problem
    assert job.problem.message_id == "DeviceRefused"
    assert any("/nowhere/at/all.iso" in line for line in job.problem.detail)
    assert step(job, "host_accepted").state is StepState.FAILED
    assert drives(guest) == drives(guest, "--inactive") == before


def test_all_slots_taken_the_next_start_has_room(guest: Guest) -> None:
    added = [devices_of(add(guest, *[NicSpec(SWITCH)] * 4)) for _ in range(2)]
    assert look(guest).free_slots == 0
    reason = look(guest).offer(DeviceKind.NETWORK_ADAPTER).now
    job = guest.stage.do(device.add, guest.ref, (NicSpec(SWITCH),))
    assert job.problem == reason
    assert reason
    assert reason.message_id == "NoFreeSlot"
    (later,) = devices_of(add(guest, NicSpec(SWITCH), when=When.NEXT_START))
    assert later.key not in adapters(guest)
    assert later.key in adapters(guest, "--inactive")
    assert remove(guest, later, when=When.NEXT_START).state is JobState.DONE
    job = remove(guest, *added[0], *added[1])
    assert job.state is JobState.DONE, job
    assert look(guest).free_slots == 8


@pytest.mark.usefixtures("impatient")
def test_a_paused_guest_keeps_what_it_was_asked_for_and_lets_it_go_later(
    stage: Stage, guest: Guest
) -> None:
    stage.must(domain.suspend, guest.ref)
    job = add(guest, DISK)
    (disk,) = devices_of(job)
    assert step(job, "shown_to_guest").state is StepState.DONE
    assert step(job, "driver_bound").state is StepState.WAITING
    ended = remove(guest, disk)
    assert ended.problem
    assert ended.problem.message_id == "GuestKeepsDevice"
    assert disk.key in drives(guest)
    assert disk.key in drives(guest, "--inactive"), "half removed"
    again = remove(guest, disk)
    assert again.problem
    assert again.problem.message_id == "GuestKeepsDevice", "asked again, it is not refused"
    stage.must(domain.resume, guest.ref)
    guest.until(lambda r: r.live is not None and disk.key not in {d.target for d in r.live.disks})
    assert remove(guest, disk).state is JobState.DONE
    assert disk.key not in drives(guest) | drives(guest, "--inactive")


def test_at_the_next_start_and_off(stage: Stage) -> None:
    guest = stage.create("is off")
    made = devices_of(add(guest, NicSpec(SWITCH), DISK, DvdSpec()))
    assert drives(guest) == {"vda", "vdb", made[2].key}
    guest.boot()
    guest.listen().wait_for("DISK add vdb 64MiB")
    assert sum("NIC add " in line for _, line in guest.listen().lines) == 2
    assert look(guest).free_slots == 6
    guest.remove()
