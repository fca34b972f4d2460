"""A tile is painted as told."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from console.sdk.nodes import Tone
from console.sdk.views import Tile
from console.widgets.tiles import HEIGHT, WIDTH, paint_tile, picture_area


def painted(tile: Tile, image: QImage | None = None) -> QImage:
    canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    canvas.fill(QColor("white"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, HEIGHT)
    painter = QPainter(canvas)
    paint_tile(painter, option, tile, image)
    painter.end()
    return canvas


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


AREA = picture_area(QRect(0, 0, WIDTH, HEIGHT))


def test_a_picture_keeps_its_proportions_on_black(qapp: QApplication) -> None:
    tall = QImage(40, 80, QImage.Format.Format_RGB32)
    tall.fill(QColor("red"))
    canvas = painted(Tile("web", "Running"), tall)
    middle = AREA.center()
    assert canvas.pixelColor(middle).name() == "#ff0000"
    assert canvas.pixelColor(AREA.left() + 3, middle.y()).name() == "#101514"


@pytest.mark.parametrize("image", [None, QImage()])
def test_without_one_its_mark_stands_there(image: QImage | None, qapp: QApplication) -> None:
    bare = painted(Tile("web", "Off"), image)
    marked = painted(Tile("web", "Off", icon="ph.stop-circle", tone=Tone.MUTED), image)
    inside = AREA.adjusted(2, 2, -2, -2)
    assert len(colours(bare, inside)) == 1
    assert len(colours(marked, inside)) > 1


def test_long_words_stay_in_the_tile(qapp: QApplication) -> None:
    canvas = painted(Tile("a very long name " * 9, "Shutting down for ever " * 5, "100 %"))
    assert colours(canvas, QRect(WIDTH - 4, AREA.bottom() + 2, 4, 40)) == {"#ffffff"}
