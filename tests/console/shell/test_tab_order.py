"""Tab goes from part to part, also to what was made after the parts."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.shell.tab_order import OrderedWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen
BACK = Qt.KeyboardModifier.ShiftModifier


def test_tab_goes_as_one_reads_and_comes_round(qtbot: QtBot) -> None:
    window = OrderedWindow()
    qtbot.addWidget(window)
    middle = QWidget()
    row = QHBoxLayout(middle)
    left, right = QWidget(), QWidget()
    for part in (left, right):
        QHBoxLayout(part)
        row.addWidget(part)
    window.setCentralWidget(middle)
    window.parts = (left, right)
    made: dict[str, QWidget] = {}
    for name, part in (("end", right), ("begin", left), ("off", left), ("last", right)):
        made[name] = QPushButton(name)
        layout = part.layout()
        assert layout is not None
        layout.addWidget(made[name])
    made["beside"] = QLineEdit(window)
    made["off"].setEnabled(False)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made["begin"].setFocus()
    for modifier, names in (
        (Qt.KeyboardModifier.NoModifier, ("end", "last", "beside", "begin")),
        (BACK, ("beside", "last", "end", "begin")),
    ):
        for name in names:
            QTest.keyClick(window, Qt.Key.Key_Tab, modifier)
            assert window.focusWidget() is made[name], name


def test_tab_stays_in_its_window_while_a_dialog_stands_over_it(qtbot: QtBot) -> None:
    window = OrderedWindow()
    qtbot.addWidget(window)
    middle = QWidget()
    row = QHBoxLayout(middle)
    fields = [QLineEdit(), QLineEdit()]
    for field in fields:
        row.addWidget(field)
    window.setCentralWidget(middle)
    dialog = QDialog(window)
    QHBoxLayout(dialog).addWidget(QLineEdit())
    window.show()
    dialog.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    fields[0].setFocus()
    for field in (fields[1], fields[0]):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        assert window.focusWidget() is field


def test_return_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    window = OrderedWindow()
    qtbot.addWidget(window)
    button, off, more = QPushButton("Do"), QPushButton("Not now"), QToolButton()
    menu = QMenu(more)
    menu.addAction("One")
    more.setMenu(menu)
    more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    pressed = []
    button.clicked.connect(lambda: pressed.append("button"))
    off.clicked.connect(lambda: pressed.append("off"))
    off.setEnabled(False)
    menu.aboutToShow.connect(lambda: pressed.append("menu"))
    middle = QWidget()
    row = QHBoxLayout(middle)
    for one in (button, off, more):
        one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.addWidget(one)
    window.setCentralWidget(middle)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    more.setFocus()
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu.close))
    QTest.keyClick(more, Qt.Key.Key_Return)
    assert pressed == ["button", "menu"]
