"""The real window over a real host that hangs: it lives on, and closes."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.live.seeing import see
from tests.live.stage import Guest, Stage
from tests.live.test_bad_days import daemon_pid

pytestmark = [pytest.mark.live, pytest.mark.alone]
BEAT_MS, HANG_MS = 10, 4000


class Heart:
    """Beats in the GUI's thread, as often as that is free."""

    def __init__(self) -> None:
        self.beats = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        self.beats += 1


@pytest.mark.parametrize("hung", ["libvirtd", "QEMU"])
def test_it_paints_and_closes_while_a_hypervisor_hangs(
    qapp: QApplication, qtbot: QtBot, stage: Stage, guest: Guest, tmp_path: Path, hung: str
) -> None:
    with gui_loop():
        window = build(stage.engine, snapins(), Settings(tmp_path / "settings.json"))
        window.show()
        _hang(qtbot, window, stage, guest, hung)
    stage.heard.until(stage.is_ready)


def _hang(qtbot: QtBot, window: MainWindow, stage: Stage, guest: Guest, hung: str) -> None:
    """Stop the process, look at the window for a while, and close it."""

    def is_chosen() -> bool:
        shown = window.panes.result.list
        if shown is not None:
            shown.choose((guest.ref,))
        return bool(window.panes.result.chosen())

    see(qtbot, is_chosen)
    pid = daemon_pid(stage) if hung == "libvirtd" else guest.qemu()
    os.kill(pid, signal.SIGSTOP)
    heart = Heart()
    try:
        qtbot.wait(HANG_MS)
        before = window.grab().toImage()
        window.resize(window.width() - 200, window.height() - 100)
        qtbot.waitUntil(lambda: window.grab().toImage() != before, timeout=2000)
        # A GUI that waited for the hypervisor would hardly have beaten at all.
        assert heart.beats > HANG_MS / BEAT_MS / 4
        with qtbot.waitSignal(window.closed, timeout=2000):
            window.close()
    finally:
        os.kill(pid, signal.SIGCONT)
        heart.stop()
