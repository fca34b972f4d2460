"""A machine is changed while it runs: as the guest's own log and a separate virsh saw it."""

import os
import re

import pytest

from backend.devices import BALLOON, DIMM, VIRTIO_MEM, CpuSpec, DvdSpec, MemorySpec, When
from backend.fields import Field
from backend.jobs import Job, StepState
from backend.operations import device, domain
from backend.operations.settings import sheet
from backend.operations.settings.acting import Tray
from backend.settings import NOW, Edit, Effect, Setting
from tests.live.stage import Guest, Stage

pytestmark = pytest.mark.live
MIB = 2**20


def add(guest: Guest, spec: object, when: When = When.NOW) -> Job:
    return guest.stage.must(device.add, guest.ref, (spec,), when)


def states(job: Job) -> dict[str, StepState]:
    return {step.name: step.state for step in job.steps}


def virsh_memory(guest: Guest) -> int:
    """Return what virsh says that the guest holds, in KiB."""
    told = guest.stage.virsh("domstats", "--balloon", guest.name)
    found = re.search(r"balloon.current=(\d+)", told)
    assert found
    return int(found[1])


def test_memory_and_a_processor_come_while_it_runs(guest: Guest) -> None:
    log = guest.listen()
    held = virsh_memory(guest)

    job = add(guest, MemorySpec(128 * MIB, DIMM))
    assert log.wait_for("MEM hot-add")
    assert set(states(job).values()) == {StepState.DONE}, job.steps
    assert virsh_memory(guest) == held + 128 * 1024

    job = add(guest, MemorySpec(128 * MIB, VIRTIO_MEM))
    assert set(states(job).values()) == {StepState.DONE}, job.steps
    assert virsh_memory(guest) == held + 256 * 1024
    definition = guest.stage.virsh("dumpxml", "--inactive", guest.name)
    assert "model='dimm'" in definition
    assert "model='virtio-mem'" in definition

    job = add(guest, CpuSpec(1))
    assert log.wait_for("CPU hot-add cpu1")
    assert states(job)["processors_used"] is StepState.DONE, job.steps
    assert "current='2'>4<" in guest.stage.virsh("dumpxml", guest.name)


def test_the_balloon_gives_back_what_it_took(guest: Guest) -> None:
    held = virsh_memory(guest)
    assert guest.record.live
    modules = guest.record.live.memory_modules
    base = sum(m.size_bytes for m in modules if m.model == VIRTIO_MEM)
    guest.stage.virsh(
        "setmem", guest.name, "--size", f"{held - base // 1024 - 32 * 1024}KiB", "--live"
    )
    guest.until(lambda d: bool(d.live and d.live.current_memory_bytes == (held - 32 * 1024) * 1024))
    job = add(guest, MemorySpec(32 * MIB, BALLOON))
    assert states(job)["memory_used"] is StepState.DONE, job.steps
    assert virsh_memory(guest) == held


def apply(guest: Guest, field: Field, device_: str, value: object) -> Job:
    edits = (Edit(Setting(field, device_), value),)  # type: ignore[arg-type]
    return guest.stage.must(sheet.apply, guest.ref, NOW, edits)


def carrier(guest: Guest, link: str) -> None:
    """Return once the guest itself says whether its first adapter has a carrier."""
    guest.run_inside(". /lib/guest.sh; sleep 1; say CARRIER $(cat /sys/class/net/eth0/carrier)")
    assert guest.listen().wait_for(f"CARRIER {link}")


def test_a_cable_is_pulled_and_an_adapter_moved(guest: Guest) -> None:
    mac = guest.record.live.nics[0].mac  # type: ignore[union-attr]
    apply(guest, Field.ADAPTER_LINK, mac, value=False)
    assert "down" in guest.stage.virsh("domif-getlink", guest.name, mac)
    carrier(guest, "0")
    apply(guest, Field.ADAPTER_LINK, mac, value=True)
    carrier(guest, "1")
    switches = guest.stage.virsh("net-list", "--name").split()
    now = guest.record.live.nics[0].source  # type: ignore[union-attr]
    other = next((name for name in switches if name != now), None)
    if other is None:
        pytest.skip("an ordinary user has no virtual switches to move it to")
    apply(guest, Field.ADAPTER_SWITCH, mac, other)
    for flags in ((), ("--inactive",)):
        assert f" {other} " in guest.stage.virsh("domiflist", guest.name, *flags)
    apply(guest, Field.ADAPTER_SWITCH, mac, now)


def test_a_tray_that_does_not_move_and_a_disk_that_grows_and_is_slowed_down(
    guest: Guest, stage: Stage
) -> None:
    images = [stage.root.parent / f"{name}.iso" for name in ("one", "two")]
    for number, image in enumerate(images, start=1):
        image.write_bytes(b"\0" * (number * MIB))
        image.chmod(0o644)
    log = guest.listen()
    made = add(guest, DvdSpec(str(images[0]), "scsi")).result
    assert isinstance(made, tuple)
    assert log.wait_for("DISK hot-add sr0 1MiB")
    # libvirt 9.0 does not open the tray of a drive that was plugged in: told, and nothing changes.
    edits = (Edit(Setting(Field.DRIVE_SOURCE, made[0].key), str(images[1])),)
    job = stage.do(sheet.apply, guest.ref, NOW, edits)
    assert job.problem is None or job.problem.message_id == "TrayStuck"
    for flags in ((), ("--inactive",)):
        image = images[0] if job.problem else images[1]
        assert str(image) in guest.stage.virsh("domblklist", guest.name, *flags)

    shown = guest.stage.virsh("domblkinfo", guest.name, "vda")
    size = int(re.search(r"Capacity: +(\d+)", shown)[1]) + 64 * MIB  # type: ignore[index]
    apply(guest, Field.DRIVE_SIZE, "vda", size)
    assert log.wait_for(f"DISK change vda {size // MIB}MiB")

    apply(guest, Field.DRIVE_TOTAL_BYTES_S, "vda", 8 * MIB)
    assert f"total_bytes_sec: {8 * MIB}" in re.sub(
        " +", " ", guest.stage.virsh("blkdeviotune", guest.name, "vda")
    )


def test_settings_change_memory_and_processors(guest: Guest) -> None:
    has = guest.record.live.current_memory_bytes  # type: ignore[union-attr]
    apply(guest, Field.MEMORY_STARTUP, "", has - 16 * MIB)
    assert virsh_memory(guest) == (has - 16 * MIB) // 1024
    count = guest.record.live.vcpus  # type: ignore[union-attr]
    apply(guest, Field.PROCESSOR_COUNT, "", count + 1)
    assert guest.listen().wait_for(f"CPU hot-add cpu{count}")
    planned = guest.stage.engine.query(
        sheet.plan, guest.ref, NOW, (Edit(Setting(Field.PROCESSOR_COUNT), count),)
    ).result(20)
    (change,) = planned.changes
    assert change.effect is Effect.NEXT_START
    assert change.problem
    assert change.problem.message_id == "CpusStay"


def test_a_disc_that_the_guest_uses_is_torn_from_it_by_force_alone(
    guest: Guest, stage: Stage
) -> None:
    images = [stage.root.parent / f"{name}.iso" for name in ("mine", "other")]
    for number, image in enumerate(images, start=3):
        image.write_bytes(b"\0" * (number * MIB))
        image.chmod(0o644)
    owners = [image.stat().st_uid for image in images]
    stage.must(domain.destroy, guest.ref)
    made = add(guest, DvdSpec(str(images[0]), "sata")).result
    assert isinstance(made, tuple)
    log = guest.boot()
    guest.run_inside(". /lib/guest.sh; exec 8</dev/sr0 && say HELD; sleep 1000")
    assert log.wait_for("HELD")

    place = Setting(Field.DRIVE_SOURCE, made[0].key)
    edits = (Edit(place, str(images[1])),)
    refused = stage.do(sheet.apply, guest.ref, NOW, edits)
    assert refused.problem
    assert refused.problem.message_id == "TrayLocked"
    for flags in ((), ("--inactive",)):
        assert str(images[0]) in guest.stage.virsh("domblklist", guest.name, *flags)

    stage.must(sheet.apply, guest.ref, NOW, edits, tray=Tray.FORCED)
    assert log.wait_for("4MiB")
    for flags in ((), ("--inactive",)):
        told = guest.stage.virsh("dumpxml", guest.name, *flags)
        assert str(images[0]) not in told
        disc = told.partition(str(images[1]))[2].partition("</disk>")[0]
        if os.geteuid() == 0:  # an ordinary user's libvirt gives files to nobody
            assert "<seclabel model='dac' relabel='no'/>" in disc

    stage.must(sheet.apply, guest.ref, NOW, (Edit(place, None),), tray=Tray.FORCED)
    for flags in ((), ("--inactive",)):
        assert str(images[1]) not in guest.stage.virsh("domblklist", guest.name, *flags)
    assert [image.stat().st_uid for image in images] == owners
