"""Bad input gets one clear error, and nothing is left half-made."""

import asyncio
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.hypervisor import streams
from backend.jobs import JobState
from backend.model import Ref
from backend.operations import domain, machine
from backend.specs import MachineSpec, SourceKind
from tests.live.stage import HOST, Stage

pytestmark = pytest.mark.live


@pytest.fixture
def nothing_left(stage: Stage) -> Iterator[None]:
    """The host has the machines and files that it had before."""

    def there() -> tuple[list[str], list[str]]:
        files = sorted(path.name for path in stage.embedded().images.iterdir())
        return sorted(stage.virsh.names()), files

    before = there()
    yield
    assert there() == before


def problem_of(stage: Stage, spec: MachineSpec) -> str:
    job = stage.do(machine.create, HOST, spec)
    assert job.state is JobState.FAILED, job
    assert job.problem
    return job.problem.message_id


def bootable(path: Path, mebibytes: int = 4) -> Path:
    """Write a raw disk with a boot sector."""
    path.write_bytes(b"\0" * 510 + b"\x55\xaa" + b"x" * (mebibytes * 2**20 - 512))
    return path


@pytest.mark.parametrize(
    ("name", "message_id"),
    [("a/b", "NameInvalid"), ("", "NameInvalid"), ("x" * 201, "NameInvalid")],
)
def test_a_name_that_will_not_do(
    stage: Stage, nothing_left: None, name: str, message_id: str
) -> None:
    assert problem_of(stage, MachineSpec(name, SourceKind.SAMPLE_GUEST)) == message_id


def test_a_name_that_is_taken(stage: Stage) -> None:
    first = stage.create("twice")
    files = sorted(path.name for path in stage.embedded().images.iterdir())
    assert problem_of(stage, MachineSpec("twice", SourceKind.SAMPLE_GUEST)) == "NameTaken"
    assert sorted(path.name for path in stage.embedded().images.iterdir()) == files
    first.remove()


def test_images_that_will_not_do(stage: Stage, nothing_left: None, tmp_path: Path) -> None:
    disk, dvd = SourceKind.DISK_IMAGE, SourceKind.DVD_IMAGE
    text = tmp_path / "text"
    text.write_text("no image\n" * 1000)
    broken = tmp_path / "broken.qcow2"
    broken.write_bytes(b"QFI\xfb" + b"\xff" * 600)
    for kind, path, message_id in (
        (disk, tmp_path / "none", "ImageMissing"),
        (dvd, tmp_path / "none", "ImageMissing"),
        (disk, tmp_path, "ImageUnreadable"),
        (disk, text, "ImageNotRecognised"),
        (dvd, text, "ImageNotRecognised"),
        (disk, broken, "ImageNotRecognised"),
    ):
        assert problem_of(stage, MachineSpec("bad", kind, path=path)) == message_id


def test_a_network_that_is_not_there(stage: Stage, nothing_left: None) -> None:
    spec = MachineSpec("bad", SourceKind.SAMPLE_GUEST, network="nowhere")
    assert problem_of(stage, spec) == "NetworkMissing"


def test_more_memory_than_libvirt_takes(stage: Stage, nothing_left: None) -> None:
    spec = MachineSpec("bad", SourceKind.SAMPLE_GUEST, memory_bytes=2**60, vcpus=100_000)
    assert problem_of(stage, spec) == "DescriptionRefused"


def test_a_start_without_its_sample_guest(
    stage: Stage, nothing_left: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELADON_GUEST_DIR", str(tmp_path))
    assert problem_of(stage, MachineSpec("bad", SourceKind.SAMPLE_GUEST)) == "SampleGuestMissing"


def test_a_copy_that_is_cancelled_half_way_is_taken_back(
    stage: Stage, nothing_left: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = tmp_path / "raw.img"
    subprocess.run(
        ["qemu-img", "convert", "-f", "raw", "-O", "qcow2", bootable(image, 64), image.with_suffix(
            ".qcow2")], check=True,
    )  # fmt: skip
    half_way, go_on = threading.Event(), threading.Event()
    upload = streams.upload

    def slow_upload(connect: Any, path: str, read: Any, told: Any) -> None:
        def tell(sent: int) -> None:
            half_way.set()
            go_on.wait(20)
            told(sent)

        upload(connect, path, read, tell)

    monkeypatch.setattr(streams, "upload", slow_upload)
    spec = MachineSpec("cancelled", SourceKind.DISK_IMAGE, path=image.with_suffix(".qcow2"))
    job_id = stage.engine.submit(machine.create, HOST, spec)
    assert half_way.wait(30)
    stage.heard.until(lambda: stage.heard.jobs[job_id].is_cancellable)
    stage.engine.cancel(job_id)
    asyncio.run(asyncio.sleep(0.2))
    go_on.set()
    assert stage.heard.end_of(job_id).state is JobState.CANCELLED


@pytest.mark.parametrize("format_", ["raw", "qcow2", "vmdk"])
def test_a_disk_image_is_copied_whatever_its_format(
    stage: Stage, tmp_path: Path, format_: str
) -> None:
    raw = bootable(tmp_path / "disk.raw")
    image = tmp_path / f"disk.{format_}.img"
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", format_, raw, image], check=True)
    spec = MachineSpec(f"from {format_}", SourceKind.DISK_IMAGE, path=image, disk_bytes=8 * 2**20)
    job = stage.must(machine.create, HOST, spec)
    assert isinstance(job.result, Ref)
    (disk,) = stage.engine.query(domain.owned_disks, job.result).result(10)
    compare = ["qemu-img", "compare", "-q", "-f", "raw", "-F", "qcow2", str(raw), disk.path]
    assert subprocess.run(compare, check=False).returncode == 0
    assert disk.capacity_bytes == 8 * 2**20
    stage.must(domain.delete, job.result, (disk.path,))
    assert not Path(disk.path).exists()


def test_a_dvd_is_used_where_it_lies_and_stays_its_owners(stage: Stage) -> None:
    image = stage.root.parent / "public.iso"
    image.write_bytes(b"\0" * 0x8001 + b"CD001" + b"\0" * 2**20)
    image.chmod(0o644)
    owner = image.stat().st_uid
    spec = MachineSpec("from dvd", SourceKind.DVD_IMAGE, path=image)
    job = stage.must(machine.create, HOST, spec)
    assert isinstance(job.result, Ref)
    made = stage.virsh.description("from dvd")
    assert made.find("devices/disk[@device='cdrom']/source").attrib["file"] == str(image)  # type: ignore[union-attr]
    stage.must(domain.start, job.result)
    assert image.stat().st_uid == owner
    stage.must(domain.destroy, job.result)
    assert image.stat().st_uid == owner
    disks = stage.engine.query(domain.owned_disks, job.result).result(10)
    stage.must(domain.delete, job.result, tuple(disk.path for disk in disks))
    assert image.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's QEMU reads what the user can")
def test_a_dvd_that_qemu_cannot_reach_is_copied(stage: Stage, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    image = hidden / "private.iso"
    image.write_bytes(b"\0" * 0x8001 + b"CD001" + b"\0" * 2**20)
    job = stage.must(machine.create, HOST, MachineSpec("p", SourceKind.DVD_IMAGE, path=image))
    assert isinstance(job.result, Ref)
    source = stage.virsh.description("p").find("devices/disk[@device='cdrom']/source")
    assert source is not None
    assert Path(source.attrib["file"]).parent == stage.embedded().images
    stage.must(domain.start, job.result)
    stage.must(domain.destroy, job.result)
    disks = stage.engine.query(domain.owned_disks, job.result).result(10)
    stage.must(domain.delete, job.result, tuple(disk.path for disk in disks))
    stage.virsh("vol-delete", source.attrib["file"])
