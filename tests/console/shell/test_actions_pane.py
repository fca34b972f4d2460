"""The pane shows what the registry says, and why not."""

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from console.shell.actions_pane import ActionRow, GroupBox
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered, row
from tests.fakes import snapin
from tests.fakes.turning import turn


def test_actions_follow_the_selection_and_say_why_not(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "web-01")
    assert offered(shell)["machine.shutdown"]
    assert "machine.start" not in offered(shell)
    delete = row(shell, "machine.delete")
    assert not delete.isEnabled()
    assert delete.toolTip() == "Turn it off first."
    choose(shell, "web-01", "win-11")
    assert offered(shell)["machine.start"]
    assert offered(shell)["machine.delete"]
    assert not offered(shell)["machine.rename"]


def shown(shell: MainWindow, action_id: str) -> bool:
    buttons = shell.panes.actions_pane.findChildren(QToolButton)
    action = shell.actions_of.action(action_id)
    return any(button.isVisible() for button in buttons if button.defaultAction() is action)


def test_a_folded_group_stays_folded_wherever_one_goes(shell: MainWindow) -> None:
    for is_folded in (True, False):
        choose(shell, "web-01")
        turn()
        box = next(b for b in shell.panes.actions_pane.findChildren(GroupBox) if b.isVisible())
        box.findChildren(ActionRow)[0].click()
        choose(shell, "win-11")
        turn()
        assert shown(shell, "machine.new") is not is_folded
        assert shown(shell, "machine.delete")


@pytest.mark.parametrize(("after", "done_to"), [("cache-01", ["uuid-cache-01"]), ("win-11", [])])
def test_what_is_done_at_once_is_done_to_what_was_chosen_last(
    shell: MainWindow, after: str, done_to: list[str]
) -> None:
    choose(shell, "web-01")
    line = row(shell, "machine.turnoff")
    choose(shell, after)  # the latter is off
    line.click()  # before the pane has followed
    turn()
    assert snapin.calls == [("machine.turnoff", (one,)) for one in done_to]


def test_the_keyboard_stays_on_what_it_stood_on_where_other_lines_come(shell: MainWindow) -> None:
    choose(shell, "web-01")
    here = row(shell, "machine.new")
    here.setFocus()
    for chosen in ((), ("web-01",)):
        choose(shell, *chosen)
        before, here = here, row(shell, "machine.new")
        assert here is not before
        assert shell.focusWidget() is here
