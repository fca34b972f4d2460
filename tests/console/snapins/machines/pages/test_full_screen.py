"""What is shown on the whole display comes back, however that ends."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.snapins.machines.pages.full_screen import FullScreen


@pytest.mark.parametrize("way", ["end", "escape", "close"])
def test_it_comes_back(qtbot: QtBot, way: str) -> None:
    home, guest = QWidget(), QLabel("screen")
    column = QVBoxLayout(home)
    column.addWidget(guest)
    full = FullScreen(lambda: column.addWidget(guest))
    qtbot.addWidget(home)
    qtbot.addWidget(full)
    home.show()
    full.begin(guest, home)
    assert full.isFullScreen()
    assert guest.window() is full
    if way == "end":
        full.end()
    elif way == "escape":
        QTest.keyClick(full, Qt.Key.Key_Escape)
    else:
        full.close()
    assert not full.is_shown
    assert not full.isVisible()
    assert guest.window() is home
