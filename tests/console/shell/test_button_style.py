"""Buttons tell by their looks whether they are on, in light and dark."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QPushButton,
    QRadioButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from console.shell.button_style import outline_colour
from console.shell.theme import Appearance, Theme


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QToolButton])
def test_what_is_on_looks_so(
    kind: type[QAbstractButton], appearance: Appearance, qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp, appearance)
    button = kind()
    qtbot.addWidget(button)
    button.setCheckable(True)
    button.resize(40, 28)
    off = button.grab().toImage()
    button.setChecked(True)
    assert button.grab().toImage() != off
    Theme(qapp, Appearance.LIGHT)


def test_an_outline_is_of_its_ground(qapp: QApplication) -> None:
    found = set()
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        Theme(qapp, appearance)
        ground = qapp.palette().color(QPalette.ColorRole.Base).lightness()
        outline = outline_colour(qapp.palette())
        assert abs(outline.lightness() - ground) > 60
        found.add(outline.name())
    Theme(qapp, Appearance.LIGHT)
    assert len(found) == 2


def test_the_words_of_a_button_have_room(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, Appearance.LIGHT)
    button = QPushButton("Keep Trying in the Background")
    qtbot.addWidget(button)
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert button.sizeHint().width() >= words + 24
