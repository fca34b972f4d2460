"""Shift+F10 is the Menu key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.sdk.dialog import KeyedDialog


class Field(QWidget):
    """Hears what asks it for a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reasons: list[QContextMenuEvent.Reason] = []

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.reasons.append(event.reason())


def test_it_asks_what_has_the_keyboard(qtbot: QtBot) -> None:
    dialog = KeyedDialog()
    qtbot.addWidget(dialog)
    row = QHBoxLayout(dialog)
    fields = [Field(), Field()]
    for field in fields:
        row.addWidget(field)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    fields[1].setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert fields[1].reasons == [QContextMenuEvent.Reason.Keyboard]
    assert fields[0].reasons == []
