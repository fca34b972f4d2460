"""The chapter Keyboard would notice a pointer."""

from celadon_tour.chapters.keyboard import PointerWatch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


def test_a_pointer_is_counted_and_keys_are_not(qapp: QApplication, qtbot: QtBot) -> None:
    widget, watch = QWidget(), PointerWatch()
    qtbot.addWidget(widget)
    widget.show()
    qapp.installEventFilter(watch)
    QTest.keyClick(widget.windowHandle(), Qt.Key.Key_K)
    assert watch.count == 0
    QTest.mouseClick(widget.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert watch.count > 0
    qapp.removeEventFilter(watch)
