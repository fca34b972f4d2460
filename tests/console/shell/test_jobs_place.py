"""The panel of jobs comes when somebody looks."""

from pytestqt.qtbot import QtBot

from backend.jobs import JobState
from console.shell.jobs_panel import JobsPanel
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

WEB = domain("web-01").ref


def test_the_panel_is_made_when_it_is_first_looked_at(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    engine.finish(1)
    qtbot.waitUntil(lambda: [job.state for job in shell.bridge.mirror.jobs()] == [JobState.DONE])
    assert not shell.panes.jobs.findChildren(JobsPanel)
    shell.commands.jobs.trigger()
    (panel,) = shell.panes.jobs.findChildren(JobsPanel)
    assert panel.isVisible()
    assert panel.list.topLevelItemCount() == 1
    qtbot.waitUntil(lambda: panel.size() == shell.panes.jobs.size())
