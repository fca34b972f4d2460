"""A screen shows that the keyboard is there, until it is the guest's."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.display.channel import ChannelState, News, Standing
from backend.display.surface import Surface
from console.shell.theme import Appearance, Theme
from console.widgets.screen import Screen
from console.widgets.screen_ring import ScreenRing
from tests.fakes.turning import turn

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Home(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field, self.room, self.screen_view = QLineEdit(), QScrollArea(), Screen("Screen")
        self.room.setWidget(self.screen_view)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.room)
        self.ring = ScreenRing(self.screen_view, self.room)
        surface = Surface(64, 48)
        self.screen_view.show_news(News(Standing(ChannelState.LIVE), surface, (surface.whole,)))

    def picture(self) -> QImage:
        turn()
        place = self.room.rect().translated(self.room.mapTo(self, QPoint()))
        return self.grab(place).toImage()


@pytest.fixture
def home(qapp: QApplication, qtbot: QtBot) -> Home:
    Theme(qapp, Appearance.LIGHT)
    made = Home()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    turn()
    return made


def test_the_keyboard_is_seen_there_until_the_guest_has_it(home: Home) -> None:
    without = home.picture()
    QTest.keyClick(home.field, Qt.Key.Key_Tab)
    found = [(home.screen_view.is_entered, home.picture() != without)]
    QTest.keyClick(home.screen_view, Qt.Key.Key_Return)
    found.append((home.screen_view.is_entered, home.picture() != without))
    QTest.keyPress(home.screen_view, Qt.Key.Key_Left, BOTH)
    found.append((home.screen_view.is_entered, home.picture() != without))
    assert found == [(False, True), (True, False), (False, True)]
    QTest.keyClick(home.screen_view, Qt.Key.Key_Backtab)
    assert home.field.hasFocus()
    assert home.picture() == without


def test_who_clicked_sees_one_once_he_has_left_by_keys(home: Home) -> None:
    QTest.mouseClick(home.screen_view, Qt.MouseButton.LeftButton)
    turn()
    assert home.screen_view.is_entered
    assert not home.ring.is_shown
    QTest.keyPress(home.screen_view, Qt.Key.Key_Left, BOTH)
    turn()
    assert home.ring.is_shown
