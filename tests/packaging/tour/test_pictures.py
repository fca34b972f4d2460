"""Pictures are numbered, show what is in front, and can be compared."""

from pathlib import Path

import pytest
from celadon_tour import pictures
from celadon_tour.pictures import Album
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.display.channel import News, Standing
from backend.display.surface import Surface
from console.widgets.screen_picture import ScreenPicture


def drawn(width: int, height: int, spot: float) -> QImage:
    """Return a picture with a bright field whose left edge is at a part of the width."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#103020"))
    painter = QPainter(image)
    place = QRect(int(spot * width), height // 4, width // 3, height // 2)
    painter.fillRect(place, QColor("#f0e080"))
    painter.end()
    return image


def test_the_same_screen_is_near_at_any_size() -> None:
    one, same, moved = drawn(1280, 800, 0.1), drawn(320, 200, 0.1), drawn(320, 200, 0.6)
    assert pictures.distance(one, one) == 0
    assert pictures.distance(one, same) < 3
    assert pictures.distance(one, moved) > 25
    assert pictures.colours(one) == 2


def test_a_blank_picture_has_no_contrast() -> None:
    blank = QImage(100, 50, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    assert pictures.contrast(blank) == 0
    assert pictures.brightness(blank) == 255
    assert pictures.contrast(drawn(100, 50, 0.1)) > 25


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_pictures_are_numbered_and_show_dialogs(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "01-old.png").touch()
    (tmp_path / "holiday.png").touch()
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet("background: white")
    window.resize(300, 200)
    window.show()
    album = Album(tmp_path, window)
    assert album.take("Quick Create") == "01-quick-create.png"
    dialog = QDialog(window)
    dialog.setWindowTitle("Sure?")
    dialog.setStyleSheet("background: black")
    dialog.setGeometry(QRect(window.mapToGlobal(QPoint(100, 80)), window.size() / 4))
    dialog.show()
    assert album.take("Resume, by keys") == "02-resume-by-keys.png"
    dialog.close()
    before, after = (
        QImage(str(tmp_path / name)) for name in ("01-quick-create.png", "02-resume-by-keys.png")
    )
    assert before.pixelColor(120, 100).lightness() == 255
    assert after.pixelColor(120, 100).lightness() == 0
    assert not (tmp_path / "01-old.png").exists()
    assert (tmp_path / "holiday.png").exists()


def test_a_guests_pixels_are_seen_whatever_their_fourth_byte_says(qtbot: QtBot) -> None:
    """One that is scaled down is painted byte for byte: grabbed, it would be seen through."""
    surface, room = Surface(200, 150), QWidget()
    surface.pixels[:] = 0x00_FF_FF_FF
    qtbot.addWidget(room)
    screen = ScreenPicture("a guest", room)
    screen.resize(160, 120)
    screen.show_news(News(Standing(), surface, (surface.whole,)))
    assert pictures.brightness(pictures.shown(screen)) > 250
