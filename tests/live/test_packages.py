"""A machine that is cloned, exported and imported is the same one, its firmware's memory too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import DescriptionRefused
from backend.hypervisor import commands
from backend.model import Firmware, Ref
from backend.operations import clone, domain, machine
from backend.specs import MachineSpec, SourceKind, Then
from tests.live.stage import HOST, Guest, Stage

pytestmark = pytest.mark.live
MARK = b"what the guest's installer wrote"


def memories(stage: Stage) -> dict[str, Path]:
    """Return the files of firmwares' memories by name; they lie beside libvirt's own files."""
    return {path.name: path for path in stage.root.glob("**/qemu/nvram/*")}


@pytest.fixture(scope="module")
def uefi(stage: Stage) -> Iterator[Guest]:
    """A machine with UEFI that was started once, and whose firmware remembers something."""
    spec = MachineSpec("uefi", SourceKind.NOTHING, disk_bytes=2**20, firmware=Firmware.UEFI)
    job = stage.must(machine.create_all, HOST, (spec,), Then.START)
    assert isinstance(job.result, tuple)
    guest = Guest(stage, job.result[0], "uefi")
    stage.must(domain.destroy, guest.ref)
    (memory,) = memories(stage).values()
    with memory.open("r+b") as file:
        file.seek(-len(MARK), 2)
        file.write(MARK)
    yield guest
    guest.remove()
    assert memories(stage) == {}


def test_clones_have_what_the_firmware_remembered(stage: Stage, uefi: Guest) -> None:
    job = stage.must(clone.clone, uefi.ref, ("one", "other"))
    assert isinstance(job.result, tuple)
    guests = [Guest(stage, ref, ref.key) for ref in job.result if isinstance(ref, Ref)]
    assert len(memories(stage)) == 3
    for guest in guests:
        stage.must(domain.start, guest.ref)
    assert all(path.read_bytes().endswith(MARK) for path in memories(stage).values())
    assert all("passing" not in name for name in stage.virsh("pool-list", "--all").split())
    for guest in guests:
        guest.remove()
    assert set(memories(stage)) == {"uefi_VARS.fd"}


def test_nothing_is_left_of_a_memory_whose_clone_failed(
    stage: Stage, uefi: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connect: object, _description: str) -> str:
        assert len(memories(stage)) == 2  # it was copied before
        raise DescriptionRefused

    before = memories(stage)
    monkeypatch.setattr(commands, "define", refuse)
    job = stage.do(clone.clone, uefi.ref, ("one",))
    assert job.problem
    assert job.problem.message_id == "DescriptionRefused"
    assert memories(stage) == before
