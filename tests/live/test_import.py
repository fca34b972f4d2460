"""Machines around disks that are there already: copied or in place, whole or not at all."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celadon_tour.evidence import GuestLog

from backend.hypervisor import streams
from backend.jobs import Job, JobState
from backend.model import Ref
from backend.operations import domain, machine
from backend.specs import MachineSpec, Placing, SourceKind
from tests.live.stage import HOST, Guest, Stage, place
from tests.live.test_bad_days import daemon_pid

pytestmark = pytest.mark.live
DISK = SourceKind.DISK_IMAGE
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system")
# A boot sector that writes "IT BOOTS" to the first serial port, again and again: 16-bit code at
# 0x7c00 (mov si, text; each letter: wait until bit 5 of port 0x3fd is set, out to 0x3f8).
BOOTS = bytes.fromhex(
    "31c08ed8be207cac84c074f888c4bafd03eca82074fb88e0baf803eeebe9"
)  # fmt: skip


def boot_sector() -> bytes:
    """Return 512 bytes that boot under BIOS."""
    code = BOOTS.ljust(0x20, b"\x90") + b"IT BOOTS\r\n\0"
    return code.ljust(510, b"\0") + b"\x55\xaa"


def raw_disk(path: Path, mebibytes: int = 4) -> Path:
    """Write a raw disk that boots."""
    path.write_bytes(boot_sector() + os.urandom(mebibytes * 2**20 - 512))
    return path


def converted(raw: Path, image_format: str) -> Path:
    """Return the same disk in another format, under a name that tells nothing of it."""
    image = raw.with_name(f"{raw.name}-{image_format}.img")
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", image_format, raw, image], check=True)
    return image


@pytest.fixture
def outside(stage: Stage) -> Path:
    """A folder that QEMU's user can reach, and that is no pool."""
    folder = stage.root.parent / "outside"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return folder


@pytest.fixture
def nothing_left(stage: Stage) -> Iterator[None]:
    """The host has the machines and files that it had before."""

    def there() -> tuple[list[str], list[str]]:
        files = sorted(path.name for path in stage.embedded().images.iterdir())
        return sorted(stage.virsh.names()), files

    before = there()
    yield
    assert there() == before


def made(stage: Stage, spec: MachineSpec) -> Guest:
    job = stage.must(machine.create, HOST, spec)
    assert isinstance(job.result, Ref)
    return Guest(stage, job.result, spec.name)


def problem_of(job: Job) -> str:
    assert job.state is JobState.FAILED, job
    assert job.problem
    return job.problem.message_id


@pytest.mark.parametrize("image_format", ["raw", "qcow2", "vmdk", "vdi", "vhdx"])
def test_each_format_is_copied(stage: Stage, tmp_path: Path, image_format: str) -> None:
    raw = raw_disk(tmp_path / "disk")
    guest = made(stage, MachineSpec("copied", DISK, path=converted(raw, image_format)))
    (disk,) = stage.engine.query(domain.owned_disks, guest.ref).result(10)
    compare = ["qemu-img", "compare", "-q", "-f", "raw", "-F", "qcow2", str(raw), disk.path]
    assert subprocess.run(compare, check=False).returncode == 0
    guest.remove()


@pytest.mark.parametrize("placing", Placing)
def test_it_boots(stage: Stage, outside: Path, placing: Placing) -> None:
    image = converted(raw_disk(outside / f"boots-{placing.value}"), "qcow2")
    spec = MachineSpec("boots", DISK, path=image, placing=placing, memory_bytes=64 * 2**20)
    guest = made(stage, spec)
    stage.must(domain.start, guest.ref)
    port = stage.virsh.description("boots").find("devices/serial/source")
    assert port is not None
    log = GuestLog(Path(port.attrib["path"]))
    assert log.wait_for("IT BOOTS") == "IT BOOTS"
    log.close()
    stage.must(domain.destroy, guest.ref)
    guest.remove()
    assert image.exists()


def test_several_disks_in_their_order(stage: Stage, tmp_path: Path) -> None:
    first, second = raw_disk(tmp_path / "a"), converted(raw_disk(tmp_path / "b"), "vmdk")
    spec = MachineSpec("two", DISK, path=first, more_disks=(second,), disk_bus="virtio")
    guest = made(stage, spec)
    disks = stage.virsh.description("two").findall("devices/disk")
    assert [d.find("target").attrib["dev"] for d in disks] == ["vda", "vdb"]  # type: ignore[union-attr]
    assert [d.find("boot").attrib["order"] for d in disks] == ["1", "2"]  # type: ignore[union-attr]
    names = [Path(d.find("source").attrib["file"]).name for d in disks]  # type: ignore[union-attr]
    assert names == ["two.qcow2", "two-2.qcow2"]
    guest.remove()


def test_in_place_is_the_file_itself_and_only_once(stage: Stage, outside: Path) -> None:
    image = raw_disk(outside / "in-place.raw")
    spec = MachineSpec("in place", DISK, path=image, placing=Placing.IN_PLACE)
    guest = made(stage, spec)
    source = stage.virsh.description("in place").find("devices/disk/source")
    assert source is not None
    assert source.attrib["file"] == str(image)
    second = MachineSpec("second", DISK, path=image, placing=Placing.IN_PLACE)
    assert problem_of(stage.do(machine.create, HOST, second)) == "ImageInUse"
    guest.remove()
    assert image.exists(), "it was somebody's before"


def test_what_cannot_be_used_in_place(stage: Stage, nothing_left: None, outside: Path) -> None:
    vmdk = converted(raw_disk(outside / "other"), "vmdk")
    closed = outside / "closed"
    closed.mkdir(exist_ok=True)
    hidden = raw_disk(closed / "hidden.raw")
    closed.chmod(0o700)
    overlay = outside / "overlay.qcow2"
    backing = converted(raw_disk(outside / "backing"), "qcow2")
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "qcow2", "-b", backing, "-F", "qcow2", overlay],
        check=True,
    )
    cases = {vmdk: "ImageNeedsCopy", overlay: "ImageNotAlone", outside / "no": "ImageMissing"}
    if os.geteuid() == 0:
        cases[hidden] = "ImageOutOfReach"
    for path, message_id in cases.items():
        spec = MachineSpec("bad", DISK, path=path, placing=Placing.IN_PLACE)
        assert problem_of(stage.do(machine.create, HOST, spec)) == message_id


class Halfway:
    """An upload that stops in the middle until it is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        upload = streams.upload

        def slow(connect: Any, path: str, read: Any, told: Any) -> None:
            def tell(sent: int) -> None:
                self.reached.set()
                self.go_on.wait(30)
                told(sent)

            upload(connect, path, read, tell)

        monkeypatch.setattr(streams, "upload", slow)


def test_a_name_that_is_taken_meanwhile(
    stage: Stage, nothing_left: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway = Halfway(monkeypatch)
    spec = MachineSpec("meanwhile", DISK, path=raw_disk(tmp_path / "a", 8))
    job_id = stage.engine.submit(machine.create, HOST, spec)
    assert halfway.reached.wait(30)
    file = tmp_path / "other.xml"
    file.write_text(
        "<domain type='qemu'><name>meanwhile</name><memory>65536</memory>"
        "<os><type arch='x86_64'>hvm</type></os></domain>"
    )
    stage.virsh("define", str(file))
    halfway.go_on.set()
    job = stage.heard.end_of(job_id)
    assert problem_of(job) == "NameTaken"
    stage.virsh("undefine", "meanwhile")


def test_the_daemon_killed_half_way(
    stage: Stage, nothing_left: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway = Halfway(monkeypatch)
    spec = MachineSpec("cut off", DISK, path=raw_disk(tmp_path / "a", 8))
    job_id = stage.engine.submit(machine.create, HOST, spec)
    assert halfway.reached.wait(30)
    os.kill(daemon_pid(stage), signal.SIGKILL)
    halfway.go_on.set()
    job = stage.heard.end_of(job_id)
    assert job.state is JobState.FAILED
    stage.heard.until(stage.is_ready)


@only_root
def test_a_pool_without_room_is_left_as_it_was(tmp_path: Path) -> None:
    with place() as root:
        (root / "images").mkdir(parents=True)
        images = str(root / "images")
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0711", "tmpfs", images], check=True
        )
        stage = Stage(root)
        try:
            stage.open()
            image = converted(raw_disk(tmp_path / "big", 16), "vmdk")
            job = stage.do(machine.create, HOST, MachineSpec("big", DISK, path=image))
            assert problem_of(job) == "DiskFull"
            assert list((root / "images").iterdir()) == []
            assert stage.virsh.names() == []
        finally:
            stage.strike()
            subprocess.run(["umount", images], check=True)


def test_holes_of_an_image_are_not_sent_and_stay_holes(
    stage: Stage, outside: Path, nothing_left: None
) -> None:
    """40 GiB that hold next to nothing: sent with their holes filled they would take minutes."""
    image = outside / "large.qcow2"
    command = ("qemu-img", "create", "-q", "-f", "qcow2", "-o", "preallocation=metadata")
    subprocess.run([*command, image, "40G"], check=True)
    subprocess.run(
        ["qemu-io", "-c", "write -P 7 30G 1M", image], check=True, stdout=subprocess.DEVNULL
    )
    assert image.stat().st_size > 39 * 2**30
    guest = made(stage, MachineSpec("large", DISK, path=image, memory_bytes=64 * 2**20))
    made_of = guest.record.next_start
    assert made_of
    disk = Path(made_of.disks[0].source)
    assert disk.stat().st_blocks * 512 < 200 * 2**20
    subprocess.run(["qemu-img", "check", "-q", disk], check=True)
    read = ("qemu-io", "-r", "-c", "read -P 7 30G 1M", "-c", "read -P 0 1G 1M", str(disk))
    told = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    assert "verification failed" not in told
    guest.remove()
    image.unlink()
