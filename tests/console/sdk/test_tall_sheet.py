"""A sheet takes its room where there is some, and leaves the rest its own where there is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.forms import ToneLabel
from console.sdk.tall_sheet import WINDOW_FRAME, GrowingSheet, TallSheet, show_beside
from tests.fakes.turning import turn


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


class Column(QWidget):
    """A sheet that grows, with a word of the window's own below it."""

    def __init__(self, count: int) -> None:
        super().__init__()
        sheet = QWidget()
        self.fields = QVBoxLayout(sheet)
        for _ in range(count):
            self.fields.addWidget(QLineEdit())
        self.word, self.button, self.more = ToneLabel(), QPushButton("OK"), QPushButton("More")
        self.more.hide()
        self.word.setWordWrap(True)
        self.area = GrowingSheet(sheet)
        column = QVBoxLayout(self)
        for widget in (self.area, self.word, self.more, self.button):
            column.addWidget(widget)
        self.resize(300, 100)
        self.show()


def test_a_window_grows_with_its_sheet(qtbot: QtBot) -> None:
    window = Column(4)
    qtbot.addWidget(window)
    turn()
    assert window.area.verticalScrollBar().maximum() == 0
    before = window.height()
    for _ in range(4):
        window.fields.addWidget(QLineEdit())
    turn()
    assert window.height() > before
    assert window.area.verticalScrollBar().maximum() == 0


def test_it_never_grows_over_the_screen(qtbot: QtBot) -> None:
    window = Column(80)
    qtbot.addWidget(window)
    turn()
    room = window.screen().availableGeometry().height()
    assert window.height() <= room - WINDOW_FRAME.height()
    assert window.area.verticalScrollBar().maximum() > 0
    window.word.setText("Something went wrong with it, for reasons of many words. " * 8)
    turn()
    assert window.height() <= room - WINDOW_FRAME.height()
    window.more.show()
    turn()
    assert window.height() <= room - WINDOW_FRAME.height()
    assert window.rect().contains(window.button.geometry())


def test_a_reason_comes_into_sight_beside_the_field(qtbot: QtBot) -> None:
    window = Column(80)
    qtbot.addWidget(window)
    turn()
    found = window.findChildren(QLineEdit)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    far, near = found[-1], found[-3]
    near.setFocus()
    show_beside(far, near)
    assert not far.visibleRegion().isEmpty()
    assert not near.visibleRegion().isEmpty()
    show_beside(far, found[0])
    assert not found[0].visibleRegion().isEmpty(), "where one types"
