"""What the shell lends a snap-in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.errors import Gone, Problem
from backend.jobs import JobState
from backend.model import Change
from console.sdk.dialog import Dialog
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain
from tests.fakes.turning import turn


def test_a_job_can_be_awaited(shell: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    ends: list[JobState] = []

    async def work() -> None:
        ends.append((await shell.context.submit(snapin.start, domain("win-11").ref)).state)

    shell.context.run(work())
    turn()
    engine.finish(1)
    qtbot.waitUntil(lambda: ends == [JobState.DONE])


def test_listeners_hear_until_they_leave(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    heard: list[tuple[Change, ...]] = []
    leave = shell.context.subscribe(heard.append)
    engine.put(domain("one"))
    qtbot.waitUntil(lambda: len(heard) == 1)
    leave()
    leave()
    with qtbot.waitSignal(shell.bridge.inventory_changed):
        engine.put(domain("two"))
    assert len(heard) == 1


def test_a_listener_that_fails_is_told_of_and_the_others_hear(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    heard: list[object] = []

    def fail(_news: object) -> None:
        raise Gone(name="x")

    shell.context.subscribe(fail)
    shell.context.subscribe(heard.append)
    engine.put(domain("one"))
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert len(shell.panes.notices.shown) == 1


def test_a_question_to_the_host_is_answered(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    answers: list[object] = []
    engine.answers["snapin.start"] = "yes"

    async def work() -> None:
        answers.append(await shell.context.query(snapin.start, HOST))

    shell.context.run(work())
    qtbot.waitUntil(lambda: answers == ["yes"])


def test_a_problem_is_told_in_words(shell: MainWindow) -> None:
    shell.context.show_problem("Odd", Problem("Gone", (("name", "x"),), ("raw",)))
    (notice,) = shell.panes.notices.shown
    assert (notice.title, notice.detail) == ("Odd", ("raw",))
    assert notice.sentence


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_dialog_stands_over_the_window(shell: MainWindow) -> None:
    dialog = Dialog(shell.context, "New", "Create")
    shell.context.show_dialog(dialog)
    assert dialog.isVisible()
    assert dialog.parent() is shell
    assert not dialog.isModal()
    dialog.close()


def test_a_window_of_its_own_is_closed_with_the_one_it_was_asked_for_in(
    shell: MainWindow, qtbot: QtBot
) -> None:
    own, gone = QWidget(), QWidget()
    for widget in (own, gone):
        widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shell.context.show_dialog(widget)
        assert widget.isVisible()
        assert widget.parent() is None
    gone.close()
    qtbot.waitUntil(lambda: shell.context.windows == [own])
    shell.context.show_dialog(own)
    shell.close()
    qtbot.waitUntil(lambda: shell.context.windows == [])


def test_what_is_remembered_is_in_the_settings(shell: MainWindow) -> None:
    shell.context.memory.put("display/release", "Right Ctrl")
    assert shell.session.settings.text("display/release") == "Right Ctrl"
    assert shell.context.memory.text("display/never", "so") == "so"
