"""Bottlenecks made on purpose on a real guest, and what is said of them.

`PYTHONPATH=.:packaging/tour python -m tests.live.bottlenecks` as root: one after the other for a
minute each, judged by the clock as the console does it, with what is said in words. The suite has
some of them for a few seconds each (`test_bottlenecks`).
"""

import argparse
import contextlib
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Process
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import Diagnosis
from backend.fields import Field
from backend.model import Ref
from backend.operations import machine, slowness
from backend.operations.settings import sheet
from backend.settings import NOW, Edit, Setting
from backend.specs import MachineSpec, SourceKind
from console.snapins.machines.why.verdict import in_order, outcome, told_of, verdict
from tests.live.stage import HOST, Guest, Stage, place

MIB = 2**20
LASTS_S = 36.0
SETTLED_S = 11.0
"""The last ten seconds are kept when they are over."""
GROUPS = Path("/sys/fs/cgroup/memory")
THRASHED_MIB, ROOM_MIB = 160, 48
MEMORY_MIB = 512
"""Of less, what is left when it is short is so little that the guest panics."""
TAKEN_KIB, LEFT_KIB = 128 * 1024, 22 * 1024
LIMIT_BYTES_S = 2 * MIB
Make = Callable[[Stage, Guest], contextlib.AbstractContextManager[None]]


@contextlib.contextmanager
def nothing(_stage: Stage, _guest: Guest) -> Iterator[None]:
    """Leave the guest as it is: idle."""
    yield


@contextlib.contextmanager
def contention(_stage: Stage, guest: Guest) -> Iterator[None]:
    """Have a guest that computes share one processor with three others who do."""
    one = {0}
    threads = [int(task.name) for task in Path(f"/proc/{guest.qemu()}/task").iterdir()]
    others = [Process(target=_spin, args=(one,), daemon=True) for _ in range(3)]
    for other in others:
        other.start()
    for thread in threads:
        with contextlib.suppress(ProcessLookupError):
            os.sched_setaffinity(thread, one)
    guest.run_inside("while :; do :; done & echo $! > /run/load")
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.join()
        for thread in threads:
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(thread, os.sched_getaffinity(0))
        guest.run_inside("kill $(cat /run/load)")


@contextlib.contextmanager
def squeezed(stage: Stage, guest: Guest) -> Iterator[None]:
    """Have the balloon take nearly all that a guest does not need."""
    stats = stage.virsh("dommemstat", guest.name)
    told = {name: int(value) for name, value in (row.split() for row in stats.splitlines())}
    log = guest.listen()
    needed = told["usable"] - TAKEN_KIB - LEFT_KIB
    # What lies in such a file system cannot be dropped, as a page of a file on a disk could.
    guest.run_inside(
        ". /lib/guest.sh; mkdir -p /fill; mount -t tmpfs -o size=100% fill /fill; "
        f"dd if=/dev/zero of=/fill/it bs=1k count={needed}; say FILLED"
    )
    log.wait_for("FILLED")
    stage.virsh("setmem", guest.name, str(told["actual"] - TAKEN_KIB), "--live")
    try:
        yield
    finally:
        stage.virsh("setmem", guest.name, str(told["actual"]), "--live")
        guest.run_inside("umount /fill")


@contextlib.contextmanager
def slow_disk(stage: Stage, guest: Guest) -> Iterator[None]:
    """Have a guest write to a drive that may write little."""
    limit = Setting(Field.DRIVE_TOTAL_BYTES_S, "vda")
    stage.must(sheet.apply, guest.ref, NOW, (Edit(limit, LIMIT_BYTES_S),))
    guest.run_inside(
        "while :; do dd if=/dev/zero of=/dev/vda bs=256k count=40 oflag=direct; done "
        "& echo $! > /run/load"
    )
    try:
        yield
    finally:
        guest.run_inside("kill $(cat /run/load); killall dd")
        stage.must(sheet.apply, guest.ref, NOW, (Edit(limit, None),))


@contextlib.contextmanager
def host_memory(_stage: Stage, _guest: Guest) -> Iterator[None]:
    """Have processes of the host read a file that has no room in their memory, again and again.

    They have a group of their own, so that nobody else is short of memory; the kernel counts what
    they wait for among all that waits for memory.
    """
    group, file = GROUPS / f"celadon-{os.getpid()}", Path(f"/var/tmp/celadon-thrash-{os.getpid()}")
    group.mkdir()
    (group / "memory.limit_in_bytes").write_text(str(ROOM_MIB * MIB))
    file.write_bytes(os.urandom(MIB) * THRASHED_MIB)
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    others = [Process(target=_thrash, args=(group, file), daemon=True) for _ in range(2)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.join()
        file.unlink()
        _remove(group)


def _spin(processors: set[int]) -> None:
    os.sched_setaffinity(0, processors)
    while True:
        pass


def _thrash(group: Path, file: Path) -> None:
    (group / "cgroup.procs").write_text(str(os.getpid()))
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ) as pages:
        while True:
            for at in range(0, len(pages), mmap.PAGESIZE):
                pages[at]


def _remove(group: Path) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            group.rmdir()
        except OSError:  # its processes have ended, and are counted a moment longer
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


MADE: tuple[tuple[Make, frozenset[Cause]], ...] = (
    (nothing, frozenset()),
    (contention, frozenset({Cause.CPU_CONTENTION})),
    (squeezed, frozenset({Cause.BALLOON})),
    (slow_disk, frozenset({Cause.DISK_LIMIT})),
    (host_memory, frozenset({Cause.HOST_MEMORY})),
)
"""What is made, and what has to be named for it."""
BY_NAME = {make.__name__: (make, wanted) for make, wanted in MADE}


def names(diagnosis: Diagnosis) -> set[Cause]:
    """Return the causes that are named."""
    return {one.cause for one in diagnosis.found}


def judge(stage: Stage, guest: Guest, make: Make) -> Diagnosis:
    """Make it, let it last, and have it judged as the console does."""
    with make(stage, guest):
        began = time.time()
        time.sleep(LASTS_S + SETTLED_S)
        asked = stage.engine.query(slowness.judge, guest.ref, since=began, until=time.time())
        return asked.result(30)


def tell(diagnosis: Diagnosis, guest: Guest) -> str:
    """Return what the console would say."""
    if QCoreApplication.instance() is None:
        os.environ["QT_NO_GLIB"] = "1"  # libvirt's events are there already
        QCoreApplication(sys.argv[:1])
    said = verdict(diagnosis, guest.record)
    lines = [
        f"    {one.cause.id:15} {outcome(one)[0]:14} {told_of(one, guest.record)}"
        for one in in_order(diagnosis)
    ]
    return "\n".join((f"  {said.title}", f"  {said.detail}", *lines))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make each and say what was named; 1 if that was not right."""
    parser = argparse.ArgumentParser(description="Make bottlenecks, and say what is named.")
    parser.add_argument("which", nargs="*", help="these alone, of: " + ", ".join(BY_NAME))
    told = parser.parse_args(arguments)
    if unknown := set(told.which) - set(BY_NAME):
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    wrong = 0
    with place() as root:
        stage = Stage(root)
        try:
            stage.open()
            spec = MachineSpec("held up", SourceKind.SAMPLE_GUEST, memory_bytes=MEMORY_MIB * MIB)
            made = stage.must(machine.create, HOST, spec).result
            assert isinstance(made, Ref)
            guest = Guest(stage, made, spec.name)
            guest.boot()
            stops = [stage.engine.watch(ref) for ref in (guest.ref, HOST)]
            for make, wanted in (BY_NAME[name] for name in told.which or BY_NAME):
                found = judge(stage, guest, make)
                is_right = names(found) == wanted
                wrong += not is_right
                sys.stdout.write(f"{make.__name__}: {'right' if is_right else 'WRONG'}\n")
                sys.stdout.write(f"{tell(found, guest)}\n")
                sys.stdout.flush()
            for stop in stops:
                stop()
            guest.remove()
        finally:
            stage.strike()
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
