"""A sheet takes its room where there is some, and leaves the rest its own where there is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.tall_sheet import TallSheet


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window, sheet = QWidget(), QWidget()
    qtbot.addWidget(window)
    fields = QVBoxLayout(sheet)
    for _ in range(12):
        fields.addWidget(QLineEdit())
    column = QVBoxLayout(window)
    column.addWidget(TallSheet(sheet))
    column.addWidget(QPushButton("OK"))
    window.show()
    return window


def test_it_is_shown_whole(window: QWidget) -> None:
    (area,) = window.findChildren(TallSheet)
    assert area.verticalScrollBar().maximum() == 0
    assert area.height() == area.sizeHint().height()


def test_on_a_low_screen_it_scrolls_and_the_button_is_seen(window: QWidget, qtbot: QtBot) -> None:
    window.resize(window.width(), 260)
    (area,), (button,) = window.findChildren(TallSheet), window.findChildren(QPushButton)
    assert window.height() == 260
    assert area.verticalScrollBar().maximum() > 0
    assert window.rect().contains(button.geometry())
    assert area.horizontalScrollBar().maximum() == 0
    fields = window.findChildren(QLineEdit)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    fields[0].setFocus()
    for field in fields[:-1]:
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert fields[-1].hasFocus()
    assert not fields[-1].visibleRegion().isEmpty(), "it comes into sight with the keyboard"
