"""Cells are painted as told."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from console.sdk.look import ROLES
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.shell.theme import Appearance, Theme
from console.widgets.cells import paint_cell


def painted(cell: Cell, width: int = 200) -> QImage:
    image = QImage(width, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 30)
    option.displayAlignment = Qt.AlignmentFlag.AlignLeft
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_cell(painter, option, cell)
    painter.end()
    return image


def ink(image: QImage, left: int, right: int) -> int:
    white = QColor("white").rgb()
    return sum(
        image.pixel(x, y) != white for x in range(left, right) for y in range(image.height())
    )


def test_words_stand_left_and_long_ones_end_in_dots(qapp: QApplication) -> None:
    assert ink(painted(Cell("web")), 0, 60) > 0
    assert ink(painted(Cell("web")), 100, 200) == 0
    assert ink(painted(Cell("a very long name " * 9)), 194, 200) == 0


def test_names_are_cut_in_the_middle_and_sentences_at_their_end(qapp: QApplication) -> None:
    name, other = "disk-of-the-database-" * 3 + "1", "disk-of-the-database-" * 3 + "2"
    assert painted(Cell(name)) != painted(Cell(other))
    assert painted(Cell(name.replace("-", " "))) == painted(Cell(other.replace("-", " ")))


@pytest.mark.parametrize(
    ("share", "role"),
    [
        (0.84, QPalette.ColorRole.Accent),
        (0.85, ROLES[Tone.WARNING]),
        (0.95, ROLES[Tone.BAD]),
        (1.2, ROLES[Tone.BAD]),
    ],
)
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_a_meter_says_when_it_is_nearly_full(
    qapp: QApplication, share: float, role: QPalette.ColorRole, appearance: Appearance
) -> None:
    Theme(qapp, appearance)
    image = painted(Cell("1.9 of 2 TiB", share=share))
    assert image.pixelColor(150, 15) == qapp.palette().color(role)


def test_a_trend_is_a_curve_with_its_figure_beside_it(qapp: QApplication) -> None:
    image = painted(Cell("34 %", trend=(0.1, 0.9, 0.4)))
    assert ink(image, 10, 140) > 100
    assert ink(image, 150, 195) > 0


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.5, 1.0, 7.0])
def test_a_meter_stays_in_its_room(share: float, qapp: QApplication) -> None:
    image = painted(Cell("5 %", share=share))
    assert ink(image, 0, 6) == 0


def test_a_cell_too_narrow_for_a_curve_has_none(qapp: QApplication) -> None:
    curve = (0.1, 0.9)
    for width, is_drawn in ((20, False), (40, False), (200, True)):
        is_other = painted(Cell("", trend=curve), width) != painted(Cell(""), width)
        assert is_other is is_drawn


def test_an_icon_takes_the_tone_and_the_words_stay_plain(qapp: QApplication) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.BrightText, QColor("red"))
    before = qapp.palette()
    qapp.setPalette(palette)
    image = painted(Cell("web", "ph.play-circle-fill", Tone.BAD))
    qapp.setPalette(before)
    reds = {x for x in range(200) for y in range(30) if image.pixelColor(x, y) == QColor("red")}
    assert reds
    assert max(reds) < 30
