"""What can be decided without a hypervisor; the making itself is tested in tests/live."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.model import Kind, Record
from backend.operations import machine
from backend.specs import MachineSpec, Placing, SourceKind
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST


@pytest.mark.parametrize(
    ("spec", "message_id"),
    [
        (MachineSpec("a/b", SourceKind.DVD_IMAGE), "NameInvalid"),
        (MachineSpec("test", SourceKind.DVD_IMAGE), "NameTaken"),
        (MachineSpec("x", SourceKind.DVD_IMAGE, path=Path("/none.iso")), "ImageMissing"),
        (MachineSpec("x", SourceKind.DVD_IMAGE, network="nowhere"), "NetworkMissing"),
        (MachineSpec("x", SourceKind.SAMPLE_GUEST), "NotSupported"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_made(
    heard: Heard, spec: MachineSpec, message_id: str, sample_guest: None
) -> None:
    before = things(heard)
    job = heard.end_of(heard.engine.submit(machine.create, HOST, spec))
    assert job.problem
    assert job.problem.message_id == message_id
    assert things(heard) == before


@pytest.mark.parametrize("source", [SourceKind.DISK_IMAGE, SourceKind.NETWORK])
def test_two_machines_are_not_given_one_disk(heard: Heard, source: SourceKind) -> None:
    image = Path("/images/old.qcow2")
    is_its_own = source is SourceKind.DISK_IMAGE
    first = MachineSpec(
        "web-1",
        source,
        path=image if is_its_own else None,
        more_disks=() if is_its_own else (image,),
        placing=Placing.IN_PLACE,
    )
    specs = (first, replace(first, name="web-2"))
    before = things(heard)
    job = heard.end_of(heard.engine.submit(machine.create_all, HOST, specs))
    assert job.problem
    assert job.problem.message_id == "ImageInUse"
    assert dict(job.problem.arguments) == {"name": "web-1", "path": str(image)}
    assert things(heard) == before


def test_copies_of_one_image_are_disks_of_their_own(heard: Heard) -> None:
    first = MachineSpec("web-1", SourceKind.DISK_IMAGE, path=Path("/none.qcow2"))
    specs = (first, replace(first, name="web-2"))
    job = heard.end_of(heard.engine.submit(machine.create_all, HOST, specs))
    assert job.problem
    assert job.problem.message_id == "ImageMissing"  # it is asked what the image is


def things(heard: Heard) -> list[Record]:
    """Return what the host has; the record of the host itself goes on learning."""
    return [record for ref, record in heard.records.items() if ref.kind is not Kind.HOST]


@pytest.fixture
def sample_guest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELADON_GUEST_DIR", str(tmp_path))
    for name in ("vmlinux", "vmlinuz", "initrd.gz"):
        (tmp_path / name).touch()
    (tmp_path / "manifest.json").write_text('{"cmdline": "quiet", "memory_bytes": 1}')
