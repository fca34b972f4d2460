"""A scroll bar stands on the ground of what it scrolls."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from console.shell.theme import Appearance, Theme
from tests.fakes.turning import turn


@pytest.mark.parametrize("role", [QPalette.ColorRole.Base, QPalette.ColorRole.Window])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_its_ground_is_that_of_what_it_scrolls(
    qapp: QApplication, qtbot: QtBot, role: QPalette.ColorRole, appearance: Appearance
) -> None:
    Theme(qapp, appearance)
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.viewport().setBackgroundRole(role)
    rows.addItems(["row"] * 99)
    rows.resize(200, 200)
    rows.show()
    turn()
    bar = rows.verticalScrollBar()
    picture = rows.grab().toImage()
    at = bar.mapTo(rows, QPoint(1, bar.height() - 3))
    assert picture.pixelColor(at) == qapp.palette().color(role)
