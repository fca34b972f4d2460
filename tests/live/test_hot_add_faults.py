"""What goes wrong while devices come and go: said, and the state as it really is."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour.patience import Patience

from backend.devices import NewDiskSpec, NicSpec
from backend.jobs import JobState, StepState
from backend.journal import remnants
from backend.journal.entry import What
from backend.model import DomainState, StorageVolume
from backend.operations import device, domain, storage, unplugging
from tests.live.plugs import adapters, add, devices_of, drives, look, remove, step
from tests.live.stage import SWITCH, Guest, Stage, place
from tests.live.test_bad_days import daemon_pid

pytestmark = [pytest.mark.live, pytest.mark.alone]
MIB = 2**20
DISK = NewDiskSpec("default", 64 * MIB)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest that keeps a device is told as that after seconds, not half a minute."""
    monkeypatch.setattr(unplugging, "GUEST_DEADLINE_S", 2.0)


def submit_and_await(guest: Guest, stage_word: str) -> int:
    """Hand a new disk in; return the job's number once it does that."""
    number = guest.stage.engine.submit(device.add, guest.ref, (DISK,))
    jobs = guest.stage.heard.jobs
    guest.stage.heard.until(lambda: number in jobs and jobs[number].stage == stage_word)
    return number


@pytest.mark.usefixtures("impatient")
def test_a_guest_in_its_firmware_may_miss_it_and_obeys_when_asked_again(stage: Stage) -> None:
    guest = stage.create("still starting")
    (nic,) = look(guest).removables[:1]
    stage.must(domain.start, guest.ref)
    first = remove(guest, nic.device)
    is_there = nic.device.key in adapters(guest)
    assert is_there is (first.state is not JobState.DONE)
    if is_there:
        assert first.problem
        assert first.problem.message_id == "GuestKeepsDevice"
        guest.listen().wait_for("TICK")
        assert remove(guest, nic.device).state is JobState.DONE
    assert nic.device.key not in adapters(guest) + adapters(guest, "--inactive")
    guest.remove()


def test_qemu_killed_in_the_middle_is_told_and_leaves_no_disk(stage: Stage) -> None:
    victim = stage.create("victim")
    victim.boot()
    before = stage.virsh("vol-list", "default")
    number = submit_and_await(victim, "measuring_heartbeat")
    pid = victim.qemu()
    os.kill(pid, signal.SIGSTOP)
    stage.heard.until(lambda: stage.heard.jobs[number].stage == "adding_device")
    time.sleep(0.5)
    os.kill(pid, signal.SIGKILL)
    job = stage.heard.end_of(number)
    assert job.problem
    assert job.problem.message_id == "MachineStopped", job.problem
    victim.until(lambda record: record.state is DomainState.OFF)
    assert drives(victim) == {"vda"}
    assert stage.virsh("vol-list", "default") == before
    victim.remove()


def test_libvirtd_killed_in_the_middle_the_machine_decides(stage: Stage, guest: Guest) -> None:
    before = stage.virsh("vol-list", "default")
    number = submit_and_await(guest, "measuring_heartbeat")
    pid = guest.qemu()
    os.kill(pid, signal.SIGSTOP)
    stage.heard.until(lambda: stage.heard.jobs[number].stage == "adding_device")
    time.sleep(0.5)
    os.kill(daemon_pid(stage), signal.SIGKILL)
    os.kill(pid, signal.SIGCONT)
    job = stage.heard.end_of(number)
    stage.heard.until(stage.is_ready)
    has_it = "vdb" in drives(guest)
    assert (job.state is JobState.DONE) is has_it, job
    assert ("vdb" in drives(guest, "--inactive")) is has_it
    is_there = stage.virsh("vol-list", "default") != before
    assert is_there or not has_it, "rather a file too many than a machine without its disk"
    assert guest.record.state is DomainState.RUNNING
    assert guest.listen().count_ticks(1) > 3
    if has_it:
        (disk,) = devices_of(job)
        assert remove(guest, disk).state is JobState.DONE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system")
def test_a_full_location_is_said_and_nothing_is_left_there() -> None:
    with place() as root:
        (root / "images").mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=0711", "tmpfs", str(root / "images")]
        subprocess.run(mount, check=True)
        stage = Stage(root)
        try:
            stage.open()
            # The machine's own disk fits; another one does not.
            job = stage.do(device.add, make_small(stage).ref, (DISK,))
            assert job.problem
            assert job.problem.message_id == "DiskFull", job.problem
            assert len(list((root / "images").iterdir())) <= 1
        finally:
            stage.strike()
            time.sleep(0.2)
            subprocess.run(["umount", str(root / "images")], check=True)


def make_small(stage: Stage) -> Guest:
    description = """<domain type='qemu'><name>small</name><memory>65536</memory><vcpu>1</vcpu>
    <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>"""
    path = stage.root / "small.xml"
    path.write_text(description)
    stage.virsh("define", str(path))
    stage.heard.until(lambda: any(d.name == "small" for d in stage.domains()))
    ref = next(d.ref for d in stage.domains() if d.name == "small")
    return Guest(stage, ref, "small")


_CONSOLE = """
import sys
from pathlib import Path
from backend.devices import NewDiskSpec
from backend.hypervisor import devices as plugs
from backend.operations import device
from tests.live.stage import Stage

attach = plugs.attach
def attach_when_told(*arguments):
    print("asked", flush=True)
    sys.stdin.readline()
    attach(*arguments)
plugs.attach = attach_when_told
stage = Stage(Path(sys.argv[1]), Path(sys.argv[2]))
stage.open()
(machine,) = (one for one in stage.domains() if one.name == sys.argv[3])
stage.do(device.add, machine.ref, (NewDiskSpec("default", 64 * 2**20),))
"""


def a_console_that_adds_a_disk(guest: Guest, journal: Path) -> "subprocess.Popen[str]":
    """Return another console that has made the disk and waits for a line before it adds it."""
    path = os.pathsep.join(["packaging/tour", "."])
    console = subprocess.Popen(
        [sys.executable, "-c", _CONSOLE, str(guest.stage.root), str(journal), guest.name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert console.stdout
    assert console.stdout.readline() == "asked\n"
    return console


@contextlib.contextmanager
def next_console(stage: Stage, journal: Path) -> Iterator[Stage]:
    """Open the next console on the same host, with the same journal."""
    opened = Stage(stage.root, journal)
    opened.open()
    try:
        yield opened
    finally:
        opened.engine.close()


def unsettled(journal: Path) -> list[str]:
    """Return the files of which the journal does not know what became of them."""
    with contextlib.closing(sqlite3.connect(journal)) as file:
        return [row[0] for row in file.execute("SELECT unused FROM job WHERE unused != ''")]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(remnants, "_SETTLING_S", 3.0)
    return tmp_path / "journal.sqlite"


def test_a_console_killed_before_the_disk_is_added_the_next_tells_of_the_file(
    stage: Stage, guest: Guest, journal: Path
) -> None:
    console = a_console_that_adds_a_disk(guest, journal)
    console.kill()
    console.communicate()
    with next_console(stage, journal) as opened:
        opened.heard.until(lambda: any(_left(opened)))
        (path,) = set(_left(opened))
        assert Path(path).exists()
        assert drives(guest) == drives(guest, "--inactive") == {"vda"}, "half there"
        assert unsettled(journal) == []
        volumes = [r for r in opened.heard.records.values() if isinstance(r, StorageVolume)]
        (volume,) = (one for one in volumes if one.path == path)
        opened.must(storage.delete_volume, volume.ref)
    assert not Path(path).exists()


def test_a_console_killed_in_the_middle_leaves_nothing_half_there(
    stage: Stage, guest: Guest, journal: Path
) -> None:
    console = a_console_that_adds_a_disk(guest, journal)
    pid = guest.qemu()
    os.kill(pid, signal.SIGSTOP)
    try:
        assert console.stdin
        console.stdin.write("go on\n")
        console.stdin.flush()
        time.sleep(2)  # on most days libvirtd has asked QEMU by then, and waits
        console.kill()
        console.communicate()
    finally:
        os.kill(pid, signal.SIGCONT)
    with next_console(stage, journal) as opened:
        patience = Patience(30)
        while unsettled(journal):
            assert not patience.is_over, "it is looked for without end"
            time.sleep(0.1)
        left = set(_left(opened))
    has_it = "vdb" in drives(guest)
    assert ("vdb" in drives(guest, "--inactive")) is has_it, "half there"
    assert bool(left) is not has_it, "what a machine has was not left, and what it has not was"
    live, kept = (guest.stage.virsh("dumpxml", guest.name, *f) for f in ((), ("--inactive",)))
    assert live.count("ua-celadon-") == kept.count("ua-celadon-") == int(has_it)
    if has_it:
        (disk,) = (one.device for one in look(guest).removables if one.device.key == "vdb")
        assert remove(guest, disk).state is JobState.DONE


def _left(stage: Stage) -> Iterator[str]:
    for entry in stage.heard.entries:
        for fact in entry.facts:
            if fact.what == What.FILE_LEFT:
                yield str(fact["path"])


def test_an_adapter_added_in_the_firmware_is_there_when_the_guest_is(stage: Stage) -> None:
    guest = stage.create("starts with one more")
    stage.must(domain.start, guest.ref)
    log = guest.listen()
    job = add(guest, NicSpec(SWITCH))
    (nic,) = devices_of(job)
    assert step(job, "shown_to_guest").state is StepState.DONE
    assert nic.key in adapters(guest)
    assert nic.key in adapters(guest, "--inactive")
    log.wait_for("READY")
    log.wait_for(f"NIC (hot-)?add .*{nic.key}")
    guest.remove()
