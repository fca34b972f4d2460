"""Many random devices come and go, from two consoles and virsh at once, on a guest under load.

Not a test of the suite: `python -m tests.live.soak_hot_add --cycles 200 [--seed N]`. It ends with
an error where inventory, libvirt and guest disagree, a heartbeat was lost, or something is left.
"""

import argparse
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from backend.defaults import MIB
from backend.devices import Device, NewDiskSpec, NicSpec
from backend.heartbeat import Pulse
from backend.jobs import Job, JobState
from backend.model import Domain
from backend.operations import device, prospects
from tests.live.stage import Guest, Stage, place

_PATIENCE_S = 60.0


class Soak:
    """One guest, and those who plug devices into it."""

    def __init__(self, root: Path, cycles: int, seed: int) -> None:
        self.cycles, self.seed = cycles, seed
        self.consoles = (Stage(root), Stage(root))
        self.failures: list[str] = []
        self.gaps: list[tuple[float, float]] = []
        self.done = 0

    def run(self) -> None:
        """Plug and unplug until all cycles are over; raise what does not agree."""
        first, second = self.consoles
        first.open()
        second.open()
        guest = first.create("soaked")
        guest.boot()
        second.heard.until(lambda: guest.ref in second.heard.records)
        guest.run_inside("load 8")
        before, files = what_is_there(guest), open_files(guest)
        workers = [
            threading.Thread(target=self._repeat, args=(number, work, guest), name=f"soak-{number}")
            for number, work in enumerate((self._by_console, self._by_console, self._by_virsh))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self._compare(guest, before, files)
        guest.remove()

    def close(self) -> None:
        """Leave nothing behind."""
        self.consoles[1].engine.close()
        self.consoles[0].strike()

    def _repeat(self, number: int, work: Callable[..., None], guest: Guest) -> None:
        chance = random.Random(self.seed + number)  # noqa: S311  # no secret
        for _ in range(-(-self.cycles // 3)):
            try:
                work(self.consoles[number % 2], guest, chance)
            except Exception as error:  # noqa: BLE001  # all that failed is told at the end
                self.failures.append(f"{type(error).__name__}: {error}")
            self.done += 1
            say(f"{self.done} of {self.cycles}")

    def _by_console(self, console: Stage, guest: Guest, chance: random.Random) -> None:
        spec = chance.choice(
            (NicSpec("nat"), NicSpec("isolated"), NewDiskSpec("default", 16 * MIB),
             NewDiskSpec("default", 16 * MIB, bus="scsi"))
        )  # fmt: skip
        added = console.do(device.add, guest.ref, (spec,))
        while added.problem and added.problem.message_id == "VolumeTaken":
            added = console.do(device.add, guest.ref, (spec,))  # the other console was quicker
        self._note(added)
        if not isinstance(added.result, tuple):
            return
        time.sleep(chance.random())
        (target,) = added.result
        path = source_of(console, guest, target)
        while (
            self._note(console.do(device.remove, guest.ref, (target,))).state is not JobState.DONE
        ):
            time.sleep(chance.random())
        if path:
            console.virsh("vol-delete", path)

    def _by_virsh(self, console: Stage, guest: Guest, chance: random.Random) -> None:
        mac = "52:54:00:ee:" + ":".join(f"{chance.randrange(256):02x}" for _ in range(2))
        where = ("--mac", mac, "--live", "--config")
        console.virsh(
            "attach-interface", guest.name, "network", "isolated", "--model", "virtio", *where
        )
        time.sleep(0.5 + chance.random())
        console.virsh("detach-interface", guest.name, "network", *where)
        end = time.monotonic() + _PATIENCE_S
        while mac in console.virsh("domiflist", guest.name):
            if time.monotonic() > end:
                raise TimeoutError(mac)
            time.sleep(0.2)

    def _note(self, job: Job) -> Job:
        if job.problem:
            self.failures.append(f"{job.operation}: {job.problem}")
        beat = job.heartbeat
        if beat and beat.pulse is Pulse.COUNTER and beat.idle_gap_ms and beat.gap_ms:
            self.gaps.append((beat.idle_gap_ms, beat.gap_ms))
        return job

    def _compare(self, guest: Guest, before: set[str], files: int) -> None:
        time.sleep(3)
        told = {"virsh": what_is_there(guest)}
        told |= {f"console {n}": in_inventory(c, guest) for n, c in enumerate(self.consoles)}
        wrong = [f"{who}: {there ^ before}" for who, there in told.items() if there != before]
        wrong += [*self.failures, *what_the_guest_lost(guest)]
        if (left := open_files(guest) - files) > 0:
            wrong.append(f"QEMU has {left} more files open")
        if ratios := sorted(during / idle for idle, during in self.gaps):
            say(f"gap during / idle: median {ratios[len(ratios) // 2]:.2f} of {len(ratios)}")
        if wrong:
            raise SystemExit("\n".join(wrong))


def say(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def what_the_guest_lost(guest: Guest) -> list[str]:
    """Return what the guest saw come and not go, and whether its heart stood still."""
    lines = [line for _, line in guest.listen().lines]
    wrong = []
    for kind in ("NIC", "DISK"):
        come = sum(f" {kind} hot-add" in line for line in lines)
        gone = sum(f" {kind} remove" in line for line in lines)
        say(f"{kind}: the guest saw {come} come and {gone} go")
        if come != gone or not come:
            wrong.append(f"guest: {kind} {come} come, {gone} gone")
    numbers = [number for _, number, _ in guest.listen().ticks()]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        wrong.append("a heartbeat was lost")
    return wrong


def what_is_there(guest: Guest) -> set[str]:
    """Return the devices that virsh shows, now and at the next start."""
    found = set()
    for flag in ((), ("--inactive",)):
        for command in ("domiflist", "domblklist"):
            told = guest.stage.virsh(command, guest.name, *flag).splitlines()
            column = -1 if command == "domiflist" else 0
            found |= {line.split()[column] for line in told if line.strip()}
    return found


def in_inventory(console: Stage, guest: Guest) -> set[str]:
    """Return the devices that a console shows."""
    record = console.heard.records[guest.ref]
    assert isinstance(record, Domain)
    both = (record.live, record.next_start)
    return {prospects.device_of(p).key for made in both if made for p in prospects.parts_of(made)}


def source_of(console: Stage, guest: Guest, target: Device) -> str:
    """Return the file of a drive, "" for an adapter."""
    record = console.heard.records[guest.ref]
    disks = record.live.disks if isinstance(record, Domain) and record.live else ()
    return next((disk.source for disk in disks if disk.target == target.key), "")


def open_files(guest: Guest) -> int:
    """Return how many files the guest's QEMU has open."""
    return len(list(Path(f"/proc/{guest.qemu()}/fd").iterdir()))


def main() -> None:
    """Soak as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with place() as root:
        soak = Soak(root, chosen.cycles, chosen.seed)
        try:
            soak.run()
        finally:
            soak.close()
    say("inventory, libvirt and guest agree")


if __name__ == "__main__":
    main()
