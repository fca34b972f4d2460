"""The line at the bottom."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.shell.window import MainWindow
from tests.console.shell.steps import choose
from tests.fakes.engine import FakeEngine
from tests.fakes.turning import turn


def test_jobs_show_progress_and_can_be_cancelled(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.start")
    turn()
    engine.report(1, 0.4, "waiting")
    bar = shell.panes.jobs_bar
    qtbot.waitUntil(bar._cancel.isVisible)
    assert bar._progress.value() == 40
    QTest.mouseClick(bar._cancel, Qt.MouseButton.LeftButton)
    assert engine.cancelled == [1]
    qtbot.waitUntil(lambda: not bar._cancel.isVisible())
    QTest.mouseClick(bar._count, Qt.MouseButton.LeftButton)
    assert shell.panes.jobs.isVisible()
    assert shell.panes.jobs.panel.list.topLevelItemCount() == 1
