"""The thumbnail."""

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from console.widgets.thumbnail import Thumbnail


def picture() -> QImage:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def test_proportions_hold_and_a_stale_one_is_grey(qtbot: QtBot) -> None:
    label = Thumbnail("Screen")
    qtbot.addWidget(label)
    label.resize(320, 400)
    label.show_image(picture())
    fresh = label.grab().toImage()
    assert fresh.pixelColor(160, 100) == QColor("red")
    assert fresh.pixelColor(10, 100) != QColor("red")
    label.set_stale("The machine is off.")
    stale = label.grab().toImage().pixelColor(160, 60)
    assert stale.red() == stale.green() == stale.blue() or abs(stale.red() - stale.green()) < 8
    assert label.accessibleDescription() == "The machine is off."


def test_without_a_picture_there_are_words(qtbot: QtBot) -> None:
    label = Thumbnail("Screen")
    qtbot.addWidget(label)
    label.show_image(picture())
    label.show_words("No picture")
    assert label.image.isNull()
    assert label.accessibleDescription() == "No picture"
    assert not label.grab().isNull()
