"""The pane shows what the registry says, and why not."""

from pytestqt.qtbot import QtBot

from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered, row


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
