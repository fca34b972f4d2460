"""What can be done is in force everywhere at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.sdk.actions import StandardVerb
from console.shell.questions import QuestionDialog
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered, page, row
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn


def test_actions_follow_the_record(shell: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    choose(shell, "web-01")
    engine.put(domain("web-01", DomainState.OFF))
    qtbot.waitUntil(lambda: "machine.start" in offered(shell))
    assert offered(shell)["machine.delete"]
    assert [record.ref.key for record in page(shell).area.pane.chosen()] == ["uuid-web-01"]


def test_an_action_that_is_not_here_has_no_keys_here(shell: MainWindow) -> None:
    assert shell.actions_of.action("machine.new") is not None
    shell.context.navigate("host/here")
    action = shell.actions_of.action("machine.new")
    assert action is not None
    assert not action.isEnabled()


def test_an_action_runs_only_on_what_it_applies_to(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "web-01", "win-11")
    QTest.mouseClick(row(shell, "machine.turnoff"), Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_reach_the_same_actions(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    page(shell).area.pane.setFocus()
    QTest.keyClick(page(shell).area.pane, Qt.Key.Key_Delete)
    turn()
    dialogs = shell.findChildren(QuestionDialog)
    assert len(dialogs) == 1
    (box,) = dialogs[0].findChildren(QCheckBox)
    box.click()
    button = next(b for b in dialogs[0].findChildren(QPushButton) if b.text() == "Delete")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("answer", ("0", "(True,)")) in snapin.calls)


def test_the_same_name_is_not_a_header_twice(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.navigate("host/here")
    assert [group.title for group in shell.actions_of.groups] == ["this-computer"]


def test_what_nobody_handles_is_not_offered(shell: MainWindow) -> None:
    assert not shell.actions_of.declares(StandardVerb.PROPERTIES)
    assert not shell.commands.properties.isVisible()
    assert shell.actions_of.declares(StandardVerb.DELETE)
