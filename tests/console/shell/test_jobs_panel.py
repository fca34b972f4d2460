"""The panel of jobs: what one does with them, and that yesterday's are there."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import HostNotAnswering, Problem, StartFailed
from backend.jobs import Job, JobState
from backend.journal.entry import Author, AuthorKind, PastJob
from backend.operations import host as host_verbs
from console.shell.jobs_panel import JobsPanel
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain
from tests.fakes.turning import turn

ADA = Author(AuthorKind.CELADON, "ada", "rack-1", 1)
WEB = domain("web-01").ref


@pytest.fixture
def panel(shell: MainWindow) -> JobsPanel:
    shell.commands.jobs.trigger()
    return shell.panes.jobs.panel


def past(uid: int, at: float = 500.0) -> PastJob:
    problem = StartFailed(name="web-01").problem
    job = Job(1, "domain.start", WEB, "web-01", JobState.FAILED, at, at + 1, problem=problem)
    return PastJob(uid, job, ADA)


def choose(panel: JobsPanel, row: int) -> None:
    item = panel.list.topLevelItem(row)
    assert item is not None
    panel.list.setCurrentItem(item)


def test_yesterdays_failure_is_still_there(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.past_jobs.jobs = [past(uid, 1000.0 - uid) for uid in range(1, 4)]
    panel = shell.panes.jobs.panel
    assert panel.list.topLevelItemCount() == 0, "nobody has looked yet"
    shell.commands.jobs.trigger()
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 3)
    item = panel.list.topLevelItem(0)
    assert item is not None
    assert "did not start" in item.text(2)
    assert item.text(1) == "this-computer"


def test_older_ones_come_when_one_scrolls_to_the_end(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.past_jobs.jobs = [past(uid, 1000.0 - uid) for uid in range(1, 450)]
    shell.commands.jobs.trigger()
    tree = shell.panes.jobs.panel.list
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 200)
    for count in (400, 449):
        tree.scrollToBottom()
        qtbot.waitUntil(lambda: tree.topLevelItemCount() == count)  # noqa: B023
    tree.scrollToTop()
    tree.scrollToBottom()
    qtbot.wait(20)
    assert tree.topLevelItemCount() == 449


def test_a_journal_that_cannot_be_read_is_said(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.past_jobs.problem = Problem("JournalNotAnswering", (("seconds", 10),))
    shell.commands.jobs.trigger()
    panel = shell.panes.jobs.panel
    qtbot.waitUntil(lambda: "no answer" in panel._remark.text())


def test_a_job_leads_to_what_it_was_about(
    shell: MainWindow, panel: JobsPanel, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 1)
    choose(panel, 0)
    panel.open.trigger()
    assert shell.windowTitle().startswith("web-01")


def test_what_is_gone_is_said_to_be(
    shell: MainWindow, panel: JobsPanel, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 1)
    engine.drop(WEB)
    qtbot.waitUntil(lambda: shell.bridge.mirror.any_record(WEB) is None)
    choose(panel, 0)
    panel.open.trigger()
    assert "not there now" in shell.panes.notices.shown[0].sentence


def test_what_failed_can_be_tried_again(
    shell: MainWindow, panel: JobsPanel, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 1)
    choose(panel, 0)
    assert not panel.retry.isEnabled(), "it runs"
    engine.fail(1, HostNotAnswering(seconds=5))
    qtbot.waitUntil(panel.retry.isEnabled)
    panel.retry.trigger()
    turn()
    assert [job.operation for job in engine.submissions] == ["snapin.start", "snapin.start"]
    assert engine.submissions[1].ref == WEB


def test_an_answer_to_a_question_is_never_kept_to_be_given_again(shell: MainWindow) -> None:
    shell.context.submit(host_verbs.decline, HOST, 1)
    assert list(shell.context.asked.values()) == [None]


def test_the_list_is_cleared_and_stays_so(
    shell: MainWindow, panel: JobsPanel, engine: FakeEngine, settings: Settings, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    engine.finish(1)
    qtbot.waitUntil(lambda: panel.list.count_shown() == 1)
    panel.clear.trigger()
    qtbot.waitUntil(lambda: panel.list.count_shown() == 0)
    assert not panel.clear.isEnabled()
    again = shell.session.open()
    again.show()
    qtbot.waitUntil(lambda: again.panes.jobs.panel.list.topLevelItemCount() == 1)
    assert again.panes.jobs.panel.list.count_shown() == 0
    again.close()
    panel.restore.trigger()
    assert panel.list.count_shown() == 1


def test_another_window_shows_the_same_jobs(
    shell: MainWindow, panel: JobsPanel, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.submit(snapin.start, WEB)
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 1)
    other = shell.session.open()
    assert other.panes.jobs.panel.list.topLevelItemCount() == 1
    other.close()


def test_each_thing_in_the_strip_has_a_name(panel: JobsPanel) -> None:
    from PySide6.QtWidgets import QToolButton  # noqa: PLC0415

    buttons = panel.findChildren(QToolButton)
    named: Callable[[QToolButton], str] = lambda button: button.accessibleName()  # noqa: E731
    assert all(named(button) for button in buttons)
