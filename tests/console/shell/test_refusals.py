"""Keys of what cannot be done now are answered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes.machines import domain


def test_delete_on_a_running_machine_says_why_not(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "web-01")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    page(shell).area.pane.setFocus()
    for _ in range(2):
        QTest.keyClick(page(shell).area.pane, Qt.Key.Key_Delete)
    (notice,) = shell.panes.notices.shown
    assert (notice.title, notice.sentence) == ("Delete", "Turn it off first.")
    assert (notice.subject, notice.tone) == (domain("web-01").ref, Tone.WARNING)


def test_other_keys_say_nothing(shell: MainWindow) -> None:
    choose(shell, "web-01")
    QTest.keyClick(page(shell).area.pane, Qt.Key.Key_F9)
    assert shell.panes.notices.shown == ()
