"""A machine that is cloned, exported and imported is the same one, its firmware's memory too."""

import difflib
import errno
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from celadon_tour.sshd import Sshd

from backend.errors import DescriptionRefused, HypervisorRefused
from backend.hypervisor import commands, streams
from backend.jobs import JobState
from backend.model import Firmware, Kind, Ref
from backend.operations import clone, domain, images, machine
from backend.operations.clone import Copying
from backend.operations.package import files, freight, incoming, outgoing
from backend.operations.package.arrival import Identity, ImportSpec
from backend.operations.undo import undoing
from backend.specs import MachineSpec, SourceKind, Then
from tests.backend.conftest import Heard
from tests.backend.operations.package import ovf_packages
from tests.backend.xmldesc.envelopes import VIRTUALBOX
from tests.live.stage import HOST, Guest, Stage
from tests.live.test_display_far import far as _far

pytestmark = pytest.mark.live
far = _far
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


def packed(stage: Stage, folder: Path, ref: Ref) -> Path:
    """Export a machine; return the list of its package."""
    made = stage.must(outgoing.export, ref, folder).result
    assert isinstance(made, Path)
    return made / "machine.json"


def spec_of(stage: Stage, listed: Path, name: str, **choices: Any) -> ImportSpec:
    """Return what a package is brought in as, as it stands."""
    look = stage.engine.query(incoming.look, HOST, listed).result(30)
    return ImportSpec(listed, name, look.networks, **choices)


def brought(stage: Stage, listed: Path, name: str, **choices: Any) -> Guest:
    """Import a package as it stands."""
    spec = spec_of(stage, listed, name, **choices)
    assert stage.engine.query(incoming.doubts, HOST, spec).result(30) == ()
    job = stage.must(incoming.bring_in, HOST, spec)
    assert isinstance(job.result, Ref)
    return Guest(stage, job.result, name)


def content(guest: Guest, folder: Path) -> bytes:
    """Return how the first disk of a machine that is off begins."""
    made_of = guest.record.next_start
    assert made_of
    raw = folder / "raw"
    disk = made_of.disks[0].source
    subprocess.run(["qemu-img", "convert", "-O", "raw", disk, raw], check=True)
    with raw.open("rb") as file:
        return file.read(512)


def changed(before: str, after: str) -> list[str]:
    """Return the lines of a description that differ, with - and +."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in list(lines)[2:] if not line.startswith("@@")]


def test_a_guest_goes_out_and_comes_back(stage: Stage, tmp_path: Path) -> None:
    first = stage.create("first")
    job = stage.must(clone.clone, first.ref, ("packed",), Copying.LINKED)
    assert isinstance(job.result, tuple)
    linked = Guest(stage, job.result[0], "packed")
    linked.boot()
    linked.run_inside("echo in-the-disk | dd of=/dev/vda conv=fsync; poweroff -f")
    linked.until(lambda record: not record.is_active)
    before = stage.virsh("dumpxml", "--inactive", "packed")
    listed = packed(stage, tmp_path, linked.ref)
    linked.remove()
    first.remove()
    guest = brought(stage, listed, "packed", identity=Identity.KEPT)
    assert guest.ref == linked.ref
    after = stage.virsh("dumpxml", "--inactive", "packed")
    # What was loaded from a folder of this computer is a file of the machine's own by now.
    differing = {line.split()[1].strip("</>").partition(">")[0] for line in changed(before, after)}
    assert differing <= {"celadon:machine", "celadon:file", "kernel", "initrd"}
    assert content(guest, tmp_path).startswith(b"in-the-disk")
    guest.boot()
    guest.remove()


def test_an_import_is_taken_back_until_somebody_takes_it_up(
    stage: Stage, uefi: Guest, tmp_path: Path
) -> None:
    listed = packed(stage, tmp_path, uefi.ref)
    before = stage.virsh.names()
    job = stage.must(incoming.bring_in, HOST, spec_of(stage, listed, "again"))
    assert job.inverse
    stage.must(undoing(job.inverse), HOST)
    assert stage.virsh.names() == before
    assert set(memories(stage)) == {"uefi_VARS.fd"}
    job = stage.must(incoming.bring_in, HOST, spec_of(stage, listed, "again"))
    assert isinstance(job.result, Ref)
    assert job.inverse
    guest = Guest(stage, job.result, "again")
    stage.must(domain.start, guest.ref)
    stage.must(domain.destroy, guest.ref)
    refused = stage.do(undoing(job.inverse), HOST).problem
    assert refused
    assert refused.message_id == "ChangedSince"
    guest.remove()
    assert set(memories(stage)) == {"uefi_VARS.fd"}


def test_what_the_firmware_remembered_goes_along(stage: Stage, uefi: Guest, tmp_path: Path) -> None:
    guest = brought(stage, packed(stage, tmp_path, uefi.ref), "uefi again")
    stage.must(domain.start, guest.ref)
    own = [path for name, path in memories(stage).items() if name.startswith("uefi again")]
    assert [path.read_bytes()[-len(MARK) :] for path in own] == [MARK]
    guest.remove()
    assert len(memories(stage)) == 1


def test_a_host_far_away_is_no_other(
    stage: Stage, uefi: Guest, far: tuple[Heard, Sshd], tmp_path: Path
) -> None:
    heard, _server = far
    there = Ref("there", Kind.HOST, "there")
    machine_there = Ref("there", Kind.DOMAIN, uefi.ref.key)
    heard.until(lambda: machine_there in heard.records)
    job = heard.end_of(heard.engine.submit(outgoing.export, machine_there, tmp_path))
    assert isinstance(job.result, Path), job
    look = heard.engine.query(incoming.look, there, job.result).result(30)
    spec = ImportSpec(look.contents.path, "far", look.networks)
    job = heard.end_of(heard.engine.submit(incoming.bring_in, there, spec))
    assert isinstance(job.result, Ref), job
    guest = Guest(stage, Ref(HOST.host, Kind.DOMAIN, job.result.key), "far")
    guest.until(lambda record: record.name == "far")
    own = [path for name, path in memories(stage).items() if name.startswith("far")]
    assert [path.read_bytes()[-len(MARK) :] for path in own] == [MARK]
    stage.must(domain.start, guest.ref)
    guest.remove()


def test_a_machine_of_another_program_comes_in(stage: Stage, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes(b"from-the-box".ljust(510, b"\0") + b"\x55\xaa" + bytes(2**20))
    envelope = ovf_packages.folder(tmp_path / "box", VIRTUALBOX.replace('"EFI"', '"BIOS"'))
    disk = envelope.parent / ovf_packages.DISK
    words = ("convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=streamOptimized", raw, disk)
    subprocess.run(["qemu-img", *words], check=True)
    (envelope.parent / "box.mf").unlink()
    guest = brought(stage, ovf_packages.archive(envelope), "box")
    assert content(guest, tmp_path).startswith(b"from-the-box")
    stage.must(domain.start, guest.ref)
    guest.remove()
    assert not list(images.image_workshop().glob("celadon-import-*"))


HELD = {
    "copying": ((streams, "download"), (streams, "upload")),
    "checking": ((freight, "seal"), (files, "verify")),
}


@pytest.mark.parametrize("moment", HELD)
def test_nothing_is_left_of_one_that_is_cancelled(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whichever way it goes, and however far it is."""
    guest = stage.create("cut off")
    before = stage.virsh.names(), sorted(stage.embedded().images.iterdir())

    def cut_off(verb: Callable[..., object], ref: Ref, *args: object) -> None:
        job_id = stage.engine.submit(verb, ref, *args)  # type: ignore[arg-type]
        stage.heard.until(
            lambda: job_id in stage.heard.jobs and stage.heard.jobs[job_id].stage == moment
        )
        stage.engine.cancel(job_id)
        release.set()
        assert stage.heard.end_of(job_id).state is JobState.CANCELLED

    release = threading.Event()
    for module, name in HELD[moment]:
        _hold(monkeypatch, module, name, release)
    cut_off(outgoing.export, guest.ref, tmp_path)
    assert list(tmp_path.iterdir()) == []
    release.set()
    listed = packed(stage, tmp_path, guest.ref)
    release.clear()
    look = stage.engine.query(incoming.look, HOST, listed).result(30)
    cut_off(incoming.bring_in, HOST, ImportSpec(listed, "again", look.networks))
    assert (stage.virsh.names(), sorted(stage.embedded().images.iterdir())) == before
    guest.remove()


def _hold(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, release: threading.Event
) -> None:
    """Have what copies or checks wait before it begins, until it is released."""
    real = getattr(module, name)

    def held(*args: object) -> object:
        assert release.wait(30)
        return real(*args)

    monkeypatch.setattr(module, name, held)


def test_a_full_disk_on_either_side_leaves_nothing(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = stage.create("full")
    before = sorted(stage.embedded().images.iterdir())

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(streams, "download", full)
        job = stage.do(outgoing.export, guest.ref, tmp_path)
    assert job.problem
    assert job.problem.message_id == "DiskFull"
    assert list(tmp_path.iterdir()) == []
    listed = packed(stage, tmp_path, guest.ref)
    refused = HypervisorRefused(code=38, detail=("cannot write: No space left on device",))
    monkeypatch.setattr(streams, "upload", lambda *_args: _raise(refused))
    look = stage.engine.query(incoming.look, HOST, listed).result(30)
    job = stage.do(incoming.bring_in, HOST, ImportSpec(listed, "again", look.networks))
    assert job.problem
    assert job.problem.message_id == "DiskFull"
    assert sorted(stage.embedded().images.iterdir()) == before
    guest.remove()


def _raise(error: Exception) -> None:
    raise error
