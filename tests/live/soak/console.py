"""A console: a process with an engine of its own that plugs devices into a machine and out.

`console.py ROOT NAME CYCLES SEED` writes a line of JSON for each thing that it did. When it has
done them all it says what it holds; asked on its standard input, what it shows.
"""

import gc
import json
import os
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path

from backend.defaults import MIB
from backend.devices import Device, DeviceKind, DeviceSpec, NewDiskSpec, NicSpec
from backend.jobs import Job, JobState
from backend.model import Domain
from backend.operations import device, prospects
from tests.live.soak.traces import Held, held
from tests.live.stage import Guest, Stage

_PLUGGED = (DeviceKind.NETWORK_ADAPTER, DeviceKind.DISK, DeviceKind.DVD_DRIVE)
_WARM_UP = 3
_TRIES = 20
_SPECS: tuple[tuple[DeviceSpec, ...], ...] = (
    (NicSpec("nat"),),
    (NicSpec("isolated"),),
    (NewDiskSpec("default", 16 * MIB),),
    (NewDiskSpec("default", 16 * MIB, bus="scsi"),),
    (NewDiskSpec("default", 16 * MIB), NewDiskSpec("default", 16 * MIB, bus="scsi")),
)


class Plugger:
    """One console on a host that is there, and the machine that it plugs into."""

    def __init__(self, stage: Stage, guest: Guest, seed: int) -> None:
        self.stage, self.guest = stage, guest
        self._chance = random.Random(seed)  # noqa: S311  # no secret

    def cycle(self) -> None:
        """Some devices come and go; what happened is written."""
        specs = self._chance.choice(_SPECS)
        added = self.stage.do(device.add, self.guest.ref, specs)
        self._tell(added, len(specs))
        targets = added.result if isinstance(added.result, tuple) else ()
        time.sleep(self._chance.random())
        files = [self._file(target) for target in targets]
        for _ in range(_TRIES if targets else 0):
            removed = self.stage.do(device.remove, self.guest.ref, targets)
            self._tell(removed, len(targets))
            if removed.state is JobState.DONE:
                break
            targets = tuple(one for one in targets if self._has(one))
            time.sleep(self._chance.random())
        for path in filter(None, files):
            self.stage.virsh("vol-delete", path)

    def look(self) -> list[str]:
        """Return the adapters and drives that this console shows, now and at the next start."""
        record = self.guest.record
        both = (record.live, record.next_start)
        found = {prospects.device_of(p) for made in both if made for p in prospects.parts_of(made)}
        return sorted(one.key for one in found if one.kind in _PLUGGED)

    def _has(self, target: Device) -> bool:
        return target.key in self.look()

    def _file(self, target: Device) -> str:
        live = self.guest.record.live
        disks = live.disks if live else ()
        return next((disk.source for disk in disks if disk.target == target.key), "")

    def _tell(self, job: Job, count: int) -> None:
        beat = job.heartbeat
        tell(
            did=job.operation,
            count=count,
            seconds=round((job.ended_at or 0) - job.started_at, 2),
            problem=f"{job.problem}" if job.problem else "",
            unused=list(job.unused),
            pulse=beat.pulse.value if beat else "",
            idle_gap_ms=beat.idle_gap_ms if beat else None,
            gap_ms=beat.gap_ms if beat else None,
            lost=beat.lost if beat else 0,
        )


def tell(**fields: object) -> None:
    """Write a line for whoever started this."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def holds(stage: Stage) -> Held:
    """Return what this process holds when nothing is under way; what was heard is forgotten."""
    heard = stage.heard
    for kept in (heard.changes, heard.samples, heard.entries, heard.jobs):
        kept.clear()  # a test's memory, not the console's
    time.sleep(2)
    gc.collect()
    return held(os.getpid())


def main() -> None:
    """Plug as the command line says."""
    root, name, cycles, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    stage = Stage(root)
    stage.open()
    stage.heard.until(lambda: any(one.name == name for one in stage.domains()))
    ref = next(one.ref for one in stage.domains() if one.name == name)
    assert isinstance(stage.heard.records[ref], Domain)
    plugger = Plugger(stage, Guest(stage, ref, name), seed)
    before = None
    for number in range(cycles):
        if number == min(_WARM_UP, cycles - 1):
            before = holds(stage)
        plugger.cycle()
        tell(cycle=number + 1)
    assert before
    tell(before=asdict(before), after=asdict(holds(stage)))
    for _ in sys.stdin:
        tell(devices=plugger.look())
    stage.engine.close()
    tell(threads_left=sum(1 for _ in Path("/proc/self/task").iterdir()))


if __name__ == "__main__":
    main()
