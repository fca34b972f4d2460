"""What tests of real screens have in common: viewers, another program that looks, QEMU's memory."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from celadon_tour.patience import Patience

from backend.display.channel import ChannelState, FramebufferChannel, Transport
from backend.errors import Problem
from backend.operations import display
from tests.live.stage import PATIENCE_S, Guest, Stage
from tests.live.test_display import Viewer

MB = 10**6
_OTHER = """
import sys, time, libvirt
from backend.display.channel import ChannelState
from backend.display.dbus.channel import Carrier
from backend.hypervisor import screens
carrier = Carrier()
view = carrier.view()
way = screens.open_dbus(libvirt.open(sys.argv[1]), sys.argv[2])
carrier.begin(way.sock, lambda: True)
while view.standing.state is ChannelState.CONNECTING:
    time.sleep(0.02)
print(view.standing.state.value, carrier._process.pid, flush=True)
for line in sys.stdin:
    reason = view.standing.reason
    print(view.standing.state.value, reason and reason.message_id, flush=True)
"""


class Other:
    """Another program that has the display, in a session of its own."""

    def __init__(self, stage: Stage, guest: Guest) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _OTHER, stage.host().uri, guest.ref.key],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        state, reader = self._line()
        assert state == "live"
        self.reader = int(reader)

    def standing(self) -> list[str]:
        """Return its state, and why it ended."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._line()

    def stop(self) -> None:
        """Stop all of it that stops with a window: Ctrl+Z in its terminal."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.killpg(self._process.pid, signal.SIGCONT)

    def kill(self) -> None:
        for process in (self._process.pid, self.reader):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.communicate()

    def _line(self) -> list[str]:
        assert self._process.stdout
        return self._process.stdout.readline().split()


def opened(stage: Stage, guest: Guest, transport: Transport = Transport.BEST) -> FramebufferChannel:
    return stage.engine.query(display.open_display, guest.ref, transport).result(PATIENCE_S)


def viewer_of(stage: Stage, guest: Guest, transport: Transport = Transport.BEST) -> Viewer:
    return Viewer(opened(stage, guest, transport))


def end_of(viewer: Viewer) -> Problem | None:
    return viewer.until(lambda n: n.standing.state is ChannelState.ENDED).standing.reason


def qemu_version(stage: Stage) -> tuple[int, int]:
    """Return QEMU's version, as far as it matters."""
    told = stage.virsh("version").partition("hypervisor: QEMU ")[2].split(".")
    return int(told[0]), int(told[1])


def qemu_bytes(guest: Guest) -> int:
    """Return what QEMU has in memory."""
    pages = int(Path(f"/proc/{guest.qemu()}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def answers(stage: Stage, guest: Guest) -> bool:
    """Whether QEMU's main loop turns."""
    return "running" in stage.virsh("qemu-monitor-command", guest.name, "--hmp", "info status")


def until(holds: Callable[[], object], patience_s: float = PATIENCE_S) -> bool:
    patience = Patience(patience_s)
    while not patience.is_over:
        if holds():
            return True
        time.sleep(0.1)
    return bool(holds())
