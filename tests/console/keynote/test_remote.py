"""The presenter's keys reach the show from every window, and nothing else of the program."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.keynote.remote import Remote


def test_its_keys_are_heard_and_kept_from_the_window(qtbot: QtBot) -> None:
    fields = [QLineEdit(), QLineEdit()]
    remote, heard = Remote(), list[str]()
    remote.go_on_asked.connect(lambda: heard.append("on"))
    remote.leave_asked.connect(lambda: heard.append("leave"))
    for field in fields:
        qtbot.addWidget(field)
        field.show()
        field.activateWindow()
        qtbot.waitUntil(field.isActiveWindow)
        field.setFocus()
        handle = field.windowHandle()
        assert handle is not None
        for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Escape):
            QTest.keyClick(handle, key)
        QTest.keyClick(handle, Qt.Key.Key_A)
        assert heard == ["on", "on", "leave"]
        assert field.text() == "a"
        heard.clear()
