"""The picture is the memory's, pixel for pixel, and only what changed is painted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from backend.display.surface import Rect
from backend.display.synthetic import SyntheticChannel
from console.widgets.screen_picture import ScreenPicture
from console.widgets.screen_place import Zoom

ROOT = Path(__file__).parents[3]
RED, GREEN = 0xFF0000, 0x00FF00


@pytest.fixture
def channel() -> SyntheticChannel:
    return SyntheticChannel(200, 100)


@pytest.fixture
def picture(qtbot: QtBot, channel: SyntheticChannel) -> ScreenPicture:
    shown = ScreenPicture("Screen of web-01")
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show()
    shown.show_news(channel.take())
    return shown


def colour(picture: ScreenPicture, x: int, y: int) -> QColor:
    return picture.grab().toImage().pixelColor(x, y)


def test_it_shows_the_memory_itself(picture: ScreenPicture, channel: SyntheticChannel) -> None:
    channel.fill(Rect(10, 20, 1, 1), RED)
    picture.show_news(channel.take())
    picture.set_zoom(Zoom.ACTUAL)
    assert colour(picture, 110, 120) == QColor("red")
    assert colour(picture, 111, 120) == QColor("black")
    picture.set_zoom(Zoom.DOUBLE)
    for x, y in ((20, 90), (21, 91)):
        assert colour(picture, x, y) == QColor("red")
    assert colour(picture, 22, 90) == QColor("black")


def test_it_fits_itself_in(picture: ScreenPicture, channel: SyntheticChannel) -> None:
    channel.fill(channel.surface.whole, GREEN)
    picture.show_news(channel.take())
    grabbed = picture.grab().toImage()
    assert grabbed.pixelColor(0, 50) == grabbed.pixelColor(399, 249) == QColor("lime")
    assert grabbed.pixelColor(200, 49) == QColor("#101514")


def test_what_stands_still_is_kept_as_large_as_it_is_shown(
    picture: ScreenPicture, channel: SyntheticChannel
) -> None:
    channel.fill(Rect(0, 0, 100, 100), RED)
    picture.show_news(channel.take())
    picture.shrink()
    assert picture.surface is channel.surface, "larger than life: there is nothing to save"
    picture.resize(160, 120)
    before = picture.grab().toImage()
    picture.shrink()
    assert picture.picture().size().toTuple() == (160, 80)
    assert picture.grab().toImage() == before
    channel.fill(channel.surface.whole, GREEN)
    picture.show_news(channel.take())
    assert picture.surface is channel.surface
    assert colour(picture, 80, 60) == QColor("lime")


def test_only_what_changed_is_painted(
    qtbot: QtBot, picture: ScreenPicture, channel: SyntheticChannel
) -> None:
    qtbot.waitExposed(picture)
    qtbot.wait(50)
    before = picture.paints
    # Written, and not told: it is not to be seen until it is damaged.
    channel.surface.pixels[:] = RED
    channel.fill(Rect(0, 0, 10, 10), GREEN)
    picture.show_news(channel.take())
    qtbot.waitUntil(lambda: picture.paints > before)
    assert picture.paints == before + 1


def test_another_size_is_placed_anew(picture: ScreenPicture, channel: SyntheticChannel) -> None:
    channel.resize(50, 50)
    channel.fill(channel.surface.whole, RED)
    picture.show_news(channel.take())
    assert picture.surface is channel.surface
    picture.set_zoom(Zoom.ACTUAL)
    assert colour(picture, 200, 150) == QColor("red")
    assert colour(picture, 150, 150) == QColor("#101514")
    picture.set_zoom(Zoom.TRIPLE)
    assert picture.minimumSize().width() == 150


def test_one_that_stands_still_is_grey_and_says_why(
    picture: ScreenPicture, channel: SyntheticChannel
) -> None:
    channel.fill(channel.surface.whole, RED)
    picture.show_news(channel.take())
    picture.set_away("web-01 is off.")
    faint = colour(picture, 20, 60)
    assert abs(faint.red() - faint.green()) < 8
    assert picture.accessibleDescription() == "web-01 is off."
    picture.set_away("")
    assert colour(picture, 20, 60) == QColor("red")
    assert picture.accessibleDescription() == ""


def test_a_copy_outlives_the_screen(picture: ScreenPicture, channel: SyntheticChannel) -> None:
    channel.fill(channel.surface.whole, RED)
    copy = picture.picture()
    channel.fill(channel.surface.whole, GREEN)
    picture.forget()
    assert copy.pixelColor(QPoint(3, 3)) == QColor("red")
    assert picture.picture().isNull()
    assert colour(picture, 20, 60) == QColor("#101514")


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "1.75", "2"])
def test_each_pixel_is_exact_at_every_scale_of_the_display(scale: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.console.widgets.scaled_screen"],
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    lines = [[int(word) for word in line.split()] for line in ran.stdout.splitlines()]
    assert len(lines) == 12
    for size, compared, wrong in lines:
        assert compared > 5000, size
        assert wrong == 0, f"{wrong} of {compared} points, a pixel being {size}"
