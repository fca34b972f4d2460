from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.sdk.look import ROLES, tone_colour
from console.sdk.mark import Mark
from console.sdk.nodes import Tone


@pytest.fixture
def palette(qapp: QApplication) -> Iterator[QPalette]:
    before = qapp.palette()
    yield QPalette(before)
    qapp.setPalette(before)


def inks(mark: Mark) -> set[str]:
    picture = mark.grab().toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {picture.pixelColor(x, y).name() for x, y in places}


def test_it_takes_the_colours_of_now(qapp: QApplication, palette: QPalette, qtbot: QtBot) -> None:
    mark = Mark(20, "ph.x-circle-fill", Tone.BAD)
    qtbot.addWidget(mark)
    for colour in ("#a01020", "#ff9090"):
        palette.setColor(ROLES[Tone.BAD], QColor(colour))
        qapp.setPalette(palette)
        assert colour in inks(mark)


def test_it_can_be_another_or_none(qtbot: QtBot) -> None:
    mark = Mark(20)
    qtbot.addWidget(mark)
    ground = inks(mark)
    mark.show_icon("ph.x-circle-fill", Tone.BAD)
    assert tone_colour(QApplication.palette(), Tone.BAD).name() in inks(mark) - ground
    mark.show_icon("", Tone.BAD)
    assert inks(mark) == ground
