"""Machines made and not made, with a fault at each step: whatever happens, nothing is left.

`PYTHONPATH=.:packaging/tour python -m tests.live.soak_create --cycles 50` as root: the pool is a
small file system, so that it really becomes full. It ends with an error at the first thing left.
A console that is killed cannot take back what it made: then its own volumes, which nothing uses and
which the journal names, are all that may be there.
"""

import argparse
import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backend.hypervisor import commands, streams
from backend.jobs import Job, JobState
from backend.model import Domain
from backend.operations import machine, samples
from backend.specs import CloudSeed, KernelSpec, MachineSpec, SourceKind, Then
from tests.live.stage import HOST, Guest, Stage, place
from tests.live.test_bad_days import daemon_pid
from tests.live.test_import import raw_disk

MIB = 2**20
POOL_MIB = 160
STEPS = ("create_volume", "upload", "define", "start")
FAULTS = ("cancel", "disk_full", "name_taken", "daemon_killed", "console_killed")
PATIENCE_S = 60.0
OTHER = """<domain type='qemu'><name>{name}</name><memory>65536</memory>
<os><type arch='x86_64'>hvm</type></os></domain>"""


class LeftBehindError(AssertionError):
    """Something is there that was not there before."""


@dataclass(frozen=True)
class Cycle:
    """What is made, and what goes wrong the `nth` time that it comes to a step."""

    number: int
    step: str
    nth: int
    fault: str

    @property
    def name(self) -> str:
        """What its machines are called."""
        return f"soak {self.number}"

    def specs(self, folder: Path) -> tuple[MachineSpec, ...]:
        """Return two machines of each kind in turn: the second fails where the first is there."""
        sample = samples.load()
        kernel = KernelSpec(sample.kernel_compressed, sample.initrd, "quiet", self.number % 2 == 0)
        image = raw_disk(folder / "image", 8)
        kinds = (
            MachineSpec("", SourceKind.SAMPLE_GUEST),
            MachineSpec("", SourceKind.KERNEL, kernel=kernel, memory_bytes=128 * MIB),
            MachineSpec(
                "", SourceKind.CLOUD_IMAGE, path=image, seed=CloudSeed("a", ("k",)),
                memory_bytes=128 * MIB,
            ),
        )  # fmt: skip
        spec = kinds[self.number % len(kinds)]
        made = {name: getattr(spec, name) for name in spec.__slots__}
        return tuple(MachineSpec(**made | {"name": f"{self.name} {n}"}) for n in (1, 2))


class Hook:
    """Calls `act` when it comes to the nth call of a step; the call itself goes on after that."""

    def __init__(self, step: str, nth: int, act: Callable[[], None]) -> None:
        self._step, self._act = step, act
        self._left = itertools.count(nth - 1, -1)
        self._room = streams if step == "upload" else commands
        self._real = getattr(self._room, step)
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        setattr(self._room, self._step, self._call)

    def __exit__(self, *_told: object) -> None:
        setattr(self._room, self._step, self._real)

    def _call(self, *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            left = next(self._left)
        if left == 0:
            self._act()
        return self._real(*args, **kwargs)


class Soak:
    """One host, on which it is tried."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.images = stage.embedded().images

    def there(self) -> tuple[list[str], list[str]]:
        """Return the machines and the files that are there."""
        return sorted(self.stage.virsh.names()), sorted(path.name for path in self.images.iterdir())

    def run(self, cycle: Cycle) -> str:
        """Run it; return how it ended. Raises LeftBehindError."""
        before = self.there()
        with TemporaryDirectory(dir="/var/tmp") as folder:
            Path(folder).chmod(0o711)
            if cycle.fault == "console_killed":
                ended = self._in_a_console_of_its_own(cycle)
            else:
                ended = self._here(cycle, Path(folder))
        self._forget(cycle)
        end = time.monotonic() + PATIENCE_S
        while (now := self.there()) != before and time.monotonic() < end:
            time.sleep(0.2)
        if now != before:
            raise LeftBehindError(f"{cycle} ended {ended}: {before} before, {now} now")
        return ended

    def _here(self, cycle: Cycle, folder: Path) -> str:
        job_ids: list[int] = []
        handed_in = threading.Event()

        def act() -> None:
            handed_in.wait(PATIENCE_S)
            self._fault(cycle, job_ids[0])

        with Hook(cycle.step, cycle.nth, act):
            specs = cycle.specs(folder)
            job_ids.append(self.stage.engine.submit(machine.create_all, HOST, specs, Then.START))
            handed_in.set()
            job = self.stage.heard.end_of(job_ids[0])
        self.stage.heard.until(self.stage.is_ready)
        return self._outcome(job)

    def _outcome(self, job: Job) -> str:
        if job.state is JobState.DONE and isinstance(job.result, tuple):
            for ref in job.result:
                record = self.stage.heard.records[ref]
                assert isinstance(record, Domain)
                Guest(self.stage, ref, record.name).remove()
        return job.problem.message_id if job.problem else job.state.value

    def _fault(self, cycle: Cycle, job_id: int) -> None:
        if cycle.fault == "cancel":
            self.stage.engine.cancel(job_id)
        elif cycle.fault == "disk_full":
            with contextlib.suppress(OSError), (self.images / "filler").open("wb") as file:
                while True:
                    file.write(bytes(MIB))
        elif cycle.fault == "name_taken":
            with TemporaryDirectory() as folder:
                file_ = Path(folder) / "other.xml"
                file_.write_text(OTHER.format(name=f"{cycle.name} 2"))
                with contextlib.suppress(Exception):
                    self.stage.virsh("define", str(file_))
        elif cycle.fault == "daemon_killed":
            os.kill(daemon_pid(self.stage), signal.SIGKILL)

    def _in_a_console_of_its_own(self, cycle: Cycle) -> str:
        words = [sys.executable, "-m", "tests.live.soak_create", "--console", str(self.stage.root)]
        words += ["--step", cycle.step, "--nth", str(cycle.nth), "--number", str(cycle.number)]
        ended = subprocess.run(words, check=False, timeout=PATIENCE_S * 2)
        return "killed" if ended.returncode == -signal.SIGKILL else f"ended {ended.returncode}"

    def _forget(self, cycle: Cycle) -> None:
        """Take away what is the soak's own doing, and what a killed console could not."""
        if cycle.fault == "disk_full":
            (self.images / "filler").unlink(missing_ok=True)
            self.stage.virsh("pool-refresh", "default")
        if cycle.fault == "name_taken":
            with contextlib.suppress(Exception):
                self.stage.virsh("undefine", f"{cycle.name} 2")
        if cycle.fault != "console_killed":
            return
        self.stage.virsh("pool-refresh", "default")
        for name in (n for n in self.stage.virsh.names() if n.startswith(cycle.name)):
            with contextlib.suppress(Exception):
                self.stage.virsh("destroy", name)
            self.stage.virsh("undefine", name, "--nvram")
        for path in self.images.glob(f"{cycle.name} *"):
            self.stage.virsh("vol-delete", str(path))


def console(root: Path, step: str, nth: int, number: int) -> None:
    """Be a console that is killed at a step."""
    cycle = Cycle(number, step, nth, "console_killed")
    stage = Stage(root)
    stage.open()
    with TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        specs = cycle.specs(Path(folder))
        with Hook(step, nth, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            job = stage.do(machine.create_all, HOST, specs, Then.START)
    Soak(stage)._outcome(job)
    stage.engine.close()


def cycles(count: int, seed: int) -> Iterator[Cycle]:
    """Yield so many: each fault at each step first, then by chance."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    pairs = list(itertools.product(FAULTS, STEPS))
    chance.shuffle(pairs)
    for number in range(count):
        fault, step = pairs[number] if number < len(pairs) else chance.choice(pairs)
        yield Cycle(number, step, chance.choice((1, 2)), fault)


@contextlib.contextmanager
def small_host() -> Iterator[Stage]:
    """Give a host whose pool is a small file system."""
    with place() as root:
        images = root / "images"
        images.mkdir(parents=True)
        options = f"size={POOL_MIB}m,mode=0711"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(images)], check=True)
        stage = Stage(root)
        try:
            stage.open()
            yield stage
        finally:
            stage.strike()
            subprocess.run(["umount", str(images)], check=True)


def main() -> None:
    """Run it, and say how each cycle ended."""
    parser = argparse.ArgumentParser(description="Make machines, with a fault at each step.")
    parser.add_argument("--cycles", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--console", type=Path)
    parser.add_argument("--step", default=STEPS[0])
    parser.add_argument("--nth", type=int, default=1)
    parser.add_argument("--number", type=int, default=0)
    told = parser.parse_args()
    if told.console:
        console(told.console, told.step, told.nth, told.number)
        return
    with small_host() as stage:
        soak = Soak(stage)
        for cycle in cycles(told.cycles, told.seed):
            began = time.monotonic()
            ended = soak.run(cycle)
            took = f"{time.monotonic() - began:.1f} s"
            step = f"{cycle.step} {cycle.nth}"
            sys.stdout.write(f"{cycle.number}: {cycle.fault} at {step}: {ended}, {took}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{told.cycles} cycles, nothing left\n")


if __name__ == "__main__":
    main()
