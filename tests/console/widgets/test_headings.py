"""A heading is painted as told."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from console.widgets.headings import ARROW_WIDTH, paint_heading


def painted(text: str, *, is_open: bool) -> QImage:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_heading(painter, QRect(0, 0, 200, 30), QApplication.palette(), text, is_open=is_open)
    painter.end()
    return image


def ink(image: QImage, left: int, right: int) -> int:
    white = QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(left, right) for y in range(28))


def test_the_arrow_says_whether_it_is_open_and_long_words_end(qapp: QApplication) -> None:
    assert painted("Off (3)", is_open=True) != painted("Off (3)", is_open=False)
    assert ink(painted("", is_open=True), 0, ARROW_WIDTH) > 0
    assert ink(painted("", is_open=True), ARROW_WIDTH, 200) == 0
    assert ink(painted("many words " * 20, is_open=True), 194, 200) == 0
