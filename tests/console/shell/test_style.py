"""What we draw ourselves can be seen on both grounds."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.shell.style import outline_colour
from console.shell.theme import Appearance, Theme


def has_outline(widget: QWidget, image: QImage) -> bool:
    wanted = outline_colour(widget.palette())
    middle = image.height() // 2
    return any(
        abs(image.pixelColor(x, middle).lightness() - wanted.lightness()) < 26
        for x in range(min(image.width(), 24))
    )


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QCheckBox])
def test_a_field_has_an_outline(
    kind: type[QWidget], appearance: Appearance, qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp, appearance)
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(120, 28)
    assert has_outline(widget, widget.grab().toImage())
    Theme(qapp, Appearance.LIGHT)
