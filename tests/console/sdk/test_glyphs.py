"""Icons that are letters."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from console.sdk.glyphs import LetterEngine, letter

RED, BLUE = QColor("red"), QColor("blue")


def colours(image: QImage) -> set[str]:
    """Return those that are painted in full."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in pixels if colour.alpha() == 255}


def test_a_letter_is_drawn_in_the_colour_of_its_mode(qapp: QApplication) -> None:
    icon = QIcon(LetterEngine(letter("ph.stop-fill"), RED, {QIcon.Mode.Disabled: BLUE}))
    size = QSize(40, 40)
    assert colours(icon.pixmap(size).toImage()) == {RED.name()}
    assert colours(icon.pixmap(size, mode=QIcon.Mode.Selected).toImage()) == {RED.name()}
    assert colours(icon.pixmap(size, mode=QIcon.Mode.Disabled).toImage()) == {BLUE.name()}


def test_it_has_all_pixels_of_a_screen(qapp: QApplication) -> None:
    icon = QIcon(LetterEngine(letter("ph.stop-fill"), RED))
    pixmap = icon.pixmap(QSize(16, 16), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


def test_no_letter_has_a_name_of_no_icon(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        letter("ph.no-such-thing")
