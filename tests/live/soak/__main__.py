"""Have two consoles and virsh plug at once, then compare; exit with what does not agree."""

import argparse
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.live.soak.outsider import Outsider
from tests.live.soak.traces import Held, aliases, devices, grown, held, lying_about
from tests.live.stage import Guest, Stage, place

_MEMORY_MIB = 24.0
_SETTLE_S = 4.0


class Console:
    """One of the consoles, and what it has written so far."""

    def __init__(self, number: int, root: Path, name: str, cycles: int, seed: int) -> None:
        self.number, self.told = number, list[dict[str, Any]]()
        code = ("-m", "tests.live.soak.console", str(root), name, str(cycles), str(seed))
        self._process = subprocess.Popen(
            [sys.executable, *code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, name=f"soak-console-{number}")
        self._reader.start()

    @property
    def cycles(self) -> int:
        """How many it has done."""
        return max((line["cycle"] for line in list(self.told) if "cycle" in line), default=0)

    @property
    def is_done(self) -> bool:
        """Whether it has done all its cycles, or died over it."""
        return self._process.poll() is not None or any("after" in line for line in self.told)

    def until_done(self) -> None:
        """Return when it has done all its cycles; raise if it died over it."""
        self._until("after")

    def look(self) -> set[str]:
        """Ask what it shows."""
        assert self._process.stdin
        self._process.stdin.write("look\n")
        self._process.stdin.flush()
        self._until("devices")
        return set(self.told[-1]["devices"])

    def close(self) -> list[str]:
        """Have it end; return in words how that went wrong."""
        if not self.is_done:
            self._process.kill()  # something else has failed, or nobody wants to wait
        if self._process.stdin:
            self._process.stdin.close()
        try:
            code = self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = -9
        self._reader.join()
        return [f"console {self.number} ended with {code}"] if code else []

    def _until(self, word: str) -> None:
        while not any(word in line for line in self.told):
            if self._process.poll() is not None:
                raise RuntimeError(f"console {self.number} died")
            time.sleep(0.2)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.told.append(json.loads(line))
            if "cycle" in self.told[-1]:
                say(f"console {self.number}: {self.told[-1]['cycle']}")


class Soak:
    """One guest, and those who plug devices into it."""

    def __init__(self, stage: Stage, cycles: int, seed: int) -> None:
        self.stage, self.seed = stage, seed
        self.each = -(-cycles // 3)
        self.wrong: list[str] = []

    def run(self) -> None:
        """Plug and unplug until all cycles are over; `wrong` is then what does not agree."""
        guest = self.stage.create("soaked")
        guest.boot()
        guest.run_inside("load 8; while :; do :; done")
        pids = {"QEMU": guest.qemu(), "libvirtd": daemon(self.stage)}
        begun = time.monotonic()
        before = self._sight(guest)
        consoles = [
            Console(number, self.stage.root, guest.name, self.each, self.seed + number)
            for number in (0, 1)
        ]
        try:
            holding = self._plug_from_outside(guest, pids, consoles)
            for console in consoles:
                console.until_done()
            say(f"{3 * self.each} cycles in {time.monotonic() - begun:.0f} s")
            time.sleep(_SETTLE_S)
            self._compare(guest, before, consoles)
            for name, pid in pids.items():
                self._weigh(name, holding[name], held(pid))
        finally:
            for console in consoles:
                self.wrong += console.close()
        self.wrong += what_the_guest_lost(guest)
        guest.remove()

    def _plug_from_outside(
        self, guest: Guest, pids: dict[str, int], consoles: list[Console]
    ) -> dict[str, Held]:
        """Plug by virsh beside them; return what the processes held when all had begun."""
        outsider = Outsider(
            self.stage.virsh, guest.name, self.stage.embedded().images, self.seed + 2
        )
        holding: dict[str, Held] = {}
        for number in range(self.each):
            # It is the quickest of them, and is to be there until the end.
            while number > min(one.cycles for one in consoles) and not all(
                one.is_done for one in consoles
            ):
                time.sleep(0.1)
            if number == min(3, self.each - 1):
                holding = {name: held(pid) for name, pid in pids.items()}
            try:
                say(f"virsh: {number + 1}, {outsider.cycle()}")
            except Exception as error:  # noqa: BLE001  # all that failed is told at the end
                self.wrong.append(f"virsh: {type(error).__name__}: {error}")
        say(f"virsh was refused {outsider.refusals} times: a console had taken its target")
        return holding

    def _sight(self, guest: Guest) -> tuple[set[str], set[str], set[str]]:
        virsh = self.stage.virsh
        lying = lying_about(self.stage.root, virsh)
        return devices(virsh, guest.name), aliases(virsh, guest.name), lying

    def _compare(
        self, guest: Guest, before: tuple[set[str], set[str], set[str]], consoles: list[Console]
    ) -> None:
        after = self._sight(guest)
        for name, was, now in zip(("devices", "aliases", "left"), before, after, strict=True):
            if was != now:
                self.wrong.append(f"{name}: {sorted(was ^ now)}")
        for console in consoles:
            if (there := console.look()) != before[0]:
                self.wrong.append(f"console {console.number} shows {sorted(there ^ before[0])}")
            self._judge(console)

    def _judge(self, console: Console) -> None:
        jobs = [line for line in console.told if "did" in line]
        for job in jobs:
            if job["problem"] or job["lost"] or (job["unused"] and not job["problem"]):
                self.wrong.append(f"console {console.number}: {job}")
        counted = Counter(job["pulse"] for job in jobs)
        beats = [
            job["gap_ms"] / job["idle_gap_ms"]
            for job in jobs
            if job["pulse"] == "counter" and job["idle_gap_ms"] and job["gap_ms"]
        ]
        middle = f"{sorted(beats)[len(beats) // 2]:.2f}" if beats else "-"
        say(f"console {console.number}: {len(jobs)} jobs, {dict(counted)}; "
            f"gap during / idle: median {middle}, worst {max(beats, default=0):.2f} "
            f"of {len(beats)}")  # fmt: skip
        told = next(line for line in console.told if "after" in line)
        self._weigh(f"console {console.number}", Held(**told["before"]), Held(**told["after"]))

    def _weigh(self, who: str, before: Held, after: Held) -> None:
        say(f"{who}: {before} -> {after}")
        self.wrong += grown(who, before, after, memory_mib=_MEMORY_MIB)


def say(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def daemon(stage: Stage) -> int:
    """Return the process of the host's libvirtd."""
    (path,) = stage.root.rglob("libvirtd.pid")
    return int(path.read_text())


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
    ticks = guest.listen().ticks()
    numbers = [number for _, number, _ in ticks]
    missing = numbers[-1] - numbers[0] + 1 - len(numbers)
    longest = max(later[2] - before[2] for before, later in itertools.pairwise(ticks))
    say(f"{len(numbers)} heartbeats, {missing} lost; the longest gap in the guest {longest:.2f} s")
    if missing:
        wrong.append(f"{missing} heartbeats were lost")
    return wrong


def main() -> None:
    """Soak as the command line says."""
    parser = argparse.ArgumentParser(prog="packaging/soak", description=__doc__)
    parser.add_argument("--cycles", type=int, default=200, help="in all, of the three together")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with place() as root:
        stage = Stage(root)
        stage.open()
        soak = Soak(stage, chosen.cycles, chosen.seed)
        try:
            soak.run()
        finally:
            stage.strike()
    if soak.wrong:
        raise SystemExit("\n".join(soak.wrong))
    say("inventory, libvirt and guest agree; nothing is left")


if __name__ == "__main__":
    main()
