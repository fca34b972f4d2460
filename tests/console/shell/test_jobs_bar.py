"""The line at the bottom."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.jobs import Job, JobState
from console.shell.jobs_bar import JobsBar
from console.shell.window import MainWindow
from tests.console.shell.steps import choose
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
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


def test_the_end_of_the_words_is_seen_where_the_name_is_long(qtbot: QtBot) -> None:
    bar = JobsBar()
    qtbot.addWidget(bar)
    bar.resize(300, 32)
    bar.show()

    def seen(name: str) -> QImage:
        ref = domain("web-01").ref
        bar.show_jobs((Job(1, "domain.start", ref, "long-" * 40 + name, JobState.DONE, 0.0, 1.0),))
        turn()
        return bar.grab().toImage()

    assert seen("first") != seen("other")
