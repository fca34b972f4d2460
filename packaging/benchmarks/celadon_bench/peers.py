"""Ours and virt-manager by the same stop-watch, from outside; null where it is not installed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from celadon_tour import room

from celadon_bench.rig import say
from celadon_bench.rows import Row, percentile
from celadon_bench.screen import Screen

PEER = "virt-manager"
_PATIENCE_S = 90.0
_CLICKS = 30
_IDLE_SHARE = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Program:
    """How a program is started on a host, and the title of its window."""

    command: Callable[[str, Path], list[str]]
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the stop-watch said: until the list stood there, and from a click to its row."""

    filled_ms: float
    click_ms: float


def _ours(uri: str, folder: Path) -> list[str]:
    settings = str(folder / "console.json")
    return [sys.executable, "-P", "-m", "console", "--no-embedded", "--connect", uri,
            "--settings", settings]  # fmt: skip


def _peers(uri: str, _folder: Path) -> list[str]:
    return [PEER, "--no-fork", "-c", uri]


def compared(count: int) -> tuple[Row, ...]:
    """Return the rows for a host with so many machines; none where there is no screen to be had."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool", "dbus-run-session")
               if shutil.which(name) is None]  # fmt: skip
    if missing:
        say(f"not measured from outside: {', '.join(missing)} is not installed")
        return ()
    ours = _measured(Program(_ours, "Celadon"), count)
    peer = None
    if shutil.which(PEER):
        peer = _measured(Program(_peers, "^Virtual Machine Manager$"), count)
    else:
        say(f"{PEER} is not installed, so there is nothing to compare with: apt-get install {PEER}")
    name = PEER if peer else ""
    return (
        Row("start to list filled", "ms", ours.filled_ms, peer.filled_ms if peer else None, name),
        Row("click to row marked, p95", "ms", ours.click_ms, peer.click_ms if peer else None, name),
    )


def _measured(program: Program, count: int) -> Told:
    with tempfile.TemporaryDirectory(prefix="celadon-bench-") as name:
        folder = Path(name)
        uri = room.write(folder / "room.xml", count)
        screen = Screen()
        try:
            began = time.perf_counter()
            process = screen.start(program.command(uri, folder))
            try:
                return _timed(screen, process, program, began)
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                _wait(process)
        finally:
            screen.close()


def _timed(
    screen: Screen, process: "subprocess.Popen[bytes]", program: Program, began: float
) -> Told:
    window = screen.window(program.title, _PATIENCE_S)
    screen.hand("windowmove", window, "0", "0")
    screen.hand("windowsize", window, "1200", "740")
    busy = _Busy(process.pid)
    filled = screen.settled_after_s(began, busy.now, _PATIENCE_S)
    clicks = []
    for number in range(_CLICKS):
        top = (230, 310)[number % 2]
        screen.hand("mousemove", "420", str(top))
        time.sleep(0.3)
        place = (380, top - 8, 80, 16)
        clicks.append(screen.change_after_ms(place, ["click", "1"]))
    return Told(filled * 1000, percentile(clicks, 0.95))


class _Busy:
    """Whether a program and its children use more than a quarter of a processor."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._at, self._used = time.perf_counter(), self._ticks()
        self._is = True

    def now(self) -> bool:
        """Return it, as of the last half second."""
        since = time.perf_counter() - self._at
        if since > 0.5:
            used = self._ticks()
            self._is = (used - self._used) / _TICKS > _IDLE_SHARE * since
            self._at, self._used = time.perf_counter(), used
        return self._is

    def _ticks(self) -> int:
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = (
                    stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
                )
            except OSError:
                continue
            if int(fields[3]) == self._session:
                total += int(fields[11]) + int(fields[12])
        return total


def _wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
