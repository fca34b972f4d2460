"""The list under mouse and keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes import snapin


def test_double_click_and_return_do_the_default(shell: MainWindow, qtbot: QtBot) -> None:
    pane = page(shell).area.pane
    choose(shell, "web-01")
    spot = pane.visualRect(pane.currentIndex()).center()
    QTest.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.mouseDClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert snapin.calls.count(("machine.connect", ("uuid-web-01",))) == 2


def test_columns_fit_the_room_until_the_user_arranges_them(shell: MainWindow, qtbot: QtBot) -> None:
    header = page(shell).area.pane.header()
    shell.resize(1440, 900)
    qtbot.waitUntil(lambda: header.sectionSize(2) > 150)
    shell.resize(900, 700)
    qtbot.waitUntil(lambda: header.sectionSize(2) < 150)
    header.resizeSection(2, 222)
    shell.resize(1440, 900)
    qtbot.wait(20)
    assert header.sectionSize(2) == 222
