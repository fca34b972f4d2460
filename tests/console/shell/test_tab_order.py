"""Tab goes from part to part, also to what was made after the parts."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.shell.tab_order import OrderedWindow

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
