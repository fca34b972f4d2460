"""What goes wrong on real hosts: told apart, said, survived."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.model import DomainState, Host, HostState, StateReason
from backend.operations import domain
from backend.series import Sample
from tests.live.stage import HOST, Guest, Stage, place

pytestmark = [pytest.mark.live, pytest.mark.alone]


def daemon_pid(stage: Stage) -> int:
    """Return the private libvirtd's process id."""
    (path,) = stage.root.rglob("libvirtd.pid")
    return int(path.read_text())


def test_the_daemon_killed_and_back_nothing_is_doubled_or_lost(stage: Stage, guest: Guest) -> None:
    before = {record.ref: record.name for record in stage.domains()}
    ticks, since = guest.listen().ticks(), len(stage.heard.changes)
    os.kill(daemon_pid(stage), signal.SIGKILL)

    def states() -> list[HostState]:
        told = [change.after for change in stage.heard.changes[since:]]
        return [record.state for record in told if isinstance(record, Host)]

    stage.heard.until(lambda: HostState.AWAY in states())
    stage.heard.until(lambda: states()[-1] is HostState.CONNECTED)
    assert {record.ref: record.name for record in stage.domains()} == before
    assert guest.record.state is DomainState.RUNNING
    later = guest.listen().ticks()
    numbers = [number for _, number, _ in later]
    assert len(later) > len(ticks)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "a heartbeat was lost"
    stage.must(domain.suspend, guest.ref)
    stage.must(domain.resume, guest.ref)


def test_the_daemon_stopped_is_said_and_forgiven(stage: Stage, guest: Guest) -> None:
    pid = daemon_pid(stage)
    os.kill(pid, signal.SIGSTOP)
    try:
        stage.engine.submit(domain.suspend, guest.ref)
        stage.heard.until(lambda: stage.host().state is not HostState.CONNECTED)
        assert stage.host().problem
    finally:
        os.kill(pid, signal.SIGCONT)
    stage.heard.until(stage.is_ready)
    stage.heard.until(lambda: all(job.is_over for job in stage.heard.jobs.values()))
    stage.do(domain.resume, guest.ref)


def test_a_stopped_qemu_is_said_and_costs_nobody_else(stage: Stage, guest: Guest) -> None:
    other = stage.create("the other")
    other.boot()
    pid = guest.qemu()
    stop = stage.engine.watch(HOST)
    os.kill(pid, signal.SIGSTOP)
    try:
        guest.until(lambda record: record.reason is StateReason.NOT_ANSWERING)
        since = len(stage.heard.samples)

        def fresh() -> list[Sample]:
            return [s for s in stage.heard.samples[since:] if s.ref == other.ref]

        stage.heard.until(lambda: len(fresh()) >= 2)
        assert stage.host().state is HostState.CONNECTED
        stage.must(domain.suspend, other.ref)
    finally:
        os.kill(pid, signal.SIGCONT)
    guest.until(lambda record: record.reason is StateReason.NORMAL)
    stop()
    other.remove()


def test_a_panic_is_told_apart(stage: Stage) -> None:
    guest = stage.create("panics")
    guest.boot()
    guest.panic()
    guest.until(lambda record: record.reason is StateReason.PANICKED)
    assert guest.record.is_active
    stage.must(domain.reset, guest.ref)
    guest.listen().wait_for("BOOT")
    assert guest.record.reason is StateReason.NORMAL
    guest.remove()


def test_a_killed_qemu_is_a_crash(stage: Stage) -> None:
    guest = stage.create("crashes")
    guest.boot()
    os.kill(guest.qemu(), signal.SIGKILL)
    guest.until(lambda record: record.reason is StateReason.CRASHED)
    assert guest.record.state is DomainState.OFF
    guest.boot()
    guest.remove()


def test_a_start_that_fails_says_why(stage: Stage) -> None:
    guest = stage.create("has no disk")
    (disk,) = stage.engine.query(domain.owned_disks, guest.ref).result(10)
    Path(disk.path).write_bytes(b"this is no qcow2")
    job = stage.do(domain.start, guest.ref)
    assert job.problem
    assert job.problem.message_id == "StartFailed"
    assert any("qcow2" in line for line in job.problem.detail), job.problem
    guest.until(lambda record: record.reason is StateReason.START_FAILED)
    assert stage.engine.query(domain.log_tail, guest.ref).result(10)
    guest.remove()


_CONSOLE = """
import sys
from pathlib import Path
from tests.live.stage import Stage
stage = Stage(Path(sys.argv[1]))
stage.open()
print("open", len(stage.domains()), flush=True)
sys.stdin.read()
"""


def another_console(stage: Stage) -> "subprocess.Popen[str]":
    """Start another console's engine on the same host; return it once it is connected."""
    path = os.pathsep.join(["packaging/tour", "."])
    console = subprocess.Popen(
        [sys.executable, "-c", _CONSOLE, str(stage.root)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert console.stdout
    assert console.stdout.readline() == f"open {len(stage.domains())}\n"
    return console


def test_a_console_killed_leaves_its_guests_to_the_next(stage: Stage, guest: Guest) -> None:
    console = another_console(stage)
    console.kill()
    console.communicate()
    assert guest.listen().count_ticks(1) > 2
    fresh = another_console(stage)
    fresh.communicate("")
    assert stage.virsh.state(guest.name) == "running"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system")
def test_a_full_disk_pauses_the_machine_and_is_said() -> None:
    """The images lie on a file system of 24 MiB; root alone can make one."""
    with place() as root:
        (root / "images").mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o"]
        what = ["tmpfs", str(root / "images")]
        subprocess.run([*mount, "size=24m,mode=0711", *what], check=True)
        stage = Stage(root)
        try:
            stage.open()
            guest = stage.create("writes a lot")
            guest.boot()
            guest.run_inside("dd if=/dev/zero of=/dev/vda bs=1M count=200 conv=fsync")
            guest.until(lambda record: record.reason is StateReason.DISK_FULL)
            assert guest.record.state is DomainState.PAUSED
            assert guest.record.failed_disks == (("vda", "no space"),)
            subprocess.run([*mount, "remount,size=256m", *what], check=True)
            stage.must(domain.resume, guest.ref)
            guest.until(lambda record: record.reason is StateReason.NORMAL)
            guest.remove()
        finally:
            stage.strike()
            time.sleep(0.2)
            subprocess.run(["umount", str(root / "images")], check=True)
