"""Tones and icons."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QToolBar, QToolButton
from pytestqt.qtbot import QtBot

from console.sdk.look import icon, is_dark, tone_colour
from console.sdk.nodes import Tone

CONSOLE = Path(__file__).parents[3] / "console"
NAMES = sorted(
    {
        name
        for path in CONSOLE.rglob("*.py")
        for name in re.findall(r'"(ph\.[a-z0-9-]+)"', path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_that_is_named_exists(name: str, qapp: QApplication) -> None:
    assert not icon(name).pixmap(18, 18).isNull()


def test_no_name_is_no_icon(qapp: QApplication) -> None:
    assert icon("").isNull()


def test_tones_come_from_the_palette(qapp: QApplication) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("black"))
    palette.setColor(QPalette.ColorRole.BrightText, QColor("red"))
    assert is_dark(palette)
    assert tone_colour(palette, Tone.BAD) == QColor("red")


def test_an_icon_is_drawn_in_the_colours_of_now(qapp: QApplication) -> None:
    before, palette = qapp.palette(), QPalette(qapp.palette())
    stop = icon("ph.stop-fill")
    try:
        for colour in ("red", "blue"):
            palette.setColor(QPalette.ColorRole.Text, QColor(colour))
            qapp.setPalette(palette)
            wanted = tone_colour(qapp.palette(), Tone.PLAIN)
            drawn = stop.pixmap(40, 40).toImage().pixelColor(20, 20)
            assert drawn == wanted
    finally:
        qapp.setPalette(before)


def test_buttons_fields_and_actions_follow_the_colours_unasked(
    qapp: QApplication, qtbot: QtBot
) -> None:
    before, palette = qapp.palette(), QPalette(qapp.palette())
    button, bar, field = QToolButton(), QToolBar(), QLineEdit()
    button.setIcon(icon("ph.stop-fill"))
    bar.addAction(icon("ph.stop-fill"), "Stop")
    field.addAction(icon("ph.stop-fill"), QLineEdit.ActionPosition.LeadingPosition)
    for widget in (button, bar, field):
        qtbot.addWidget(widget)
        widget.show()
    try:
        for name in ("#ff0000", "#0000ff"):
            palette.setColor(QPalette.ColorRole.Text, QColor(name))
            qapp.setPalette(palette)
            wanted = tone_colour(qapp.palette(), Tone.PLAIN)
            for widget in (button, bar, field):
                image = widget.grab().toImage()
                places = product(range(image.width()), range(image.height()))
                assert any(image.pixelColor(*place) == wanted for place in places)
    finally:
        qapp.setPalette(before)
