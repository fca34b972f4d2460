"""A machine is changed while it runs: as the guest's own log and a separate virsh saw it."""

import re

import pytest

from backend.devices import BALLOON, DIMM, VIRTIO_MEM, CpuSpec, MemorySpec, When
from backend.jobs import Job, StepState
from backend.operations import device
from tests.live.stage import Guest

pytestmark = pytest.mark.live
MIB = 2**20


def add(guest: Guest, spec: object, when: When = When.NOW) -> Job:
    return guest.stage.must(device.add, guest.ref, (spec,), when)


def states(job: Job) -> dict[str, StepState]:
    return {step.name: step.state for step in job.steps}


def virsh_memory(guest: Guest) -> int:
    """Return what virsh says that the guest holds, in KiB."""
    told = guest.stage.virsh("dommemstat", guest.name)
    found = re.search(r"^actual (\d+)", told, re.MULTILINE)
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
