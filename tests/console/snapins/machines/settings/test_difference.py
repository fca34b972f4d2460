"""The difference in a description: to read and to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.snapins.machines.settings.difference import DifferenceDialog


def test_it_can_be_copied(qtbot: QtBot) -> None:
    dialog = DifferenceDialog("web-01", ("-<vcpu>2</vcpu>", "+<vcpu>4</vcpu>"))
    qtbot.addWidget(dialog)
    assert "web-01" in dialog.windowTitle()
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["Copy"].click()
    assert QGuiApplication.clipboard().text() == "-<vcpu>2</vcpu>\n+<vcpu>4</vcpu>"
    assert dialog.remark.text() == "Copied."
