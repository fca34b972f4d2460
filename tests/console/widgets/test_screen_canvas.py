"""Where the guest's pixels stand 1:1 they are copied, and wherever they stand they are its own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.display.surface import Rect
from backend.display.synthetic import SyntheticChannel
from console.widgets.screen_canvas import ScreenCanvas
from console.widgets.screen_place import Zoom

RED, GREEN = 0xFF0000, 0x00FF00
GROUND = QColor("#101514")


@pytest.fixture
def channel() -> SyntheticChannel:
    channel = SyntheticChannel(40, 20)
    channel.fill(channel.surface.whole, RED)
    return channel


@pytest.fixture
def canvas(qtbot: QtBot, channel: SyntheticChannel) -> Iterator[ScreenCanvas]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(200, 120)
    canvas = ScreenCanvas(holder)
    canvas.setGeometry(QRect(0, 0, 100, 60))
    canvas.take(channel.surface)
    canvas.set_zoom(Zoom.ACTUAL)
    holder.show()
    yield canvas
    holder.close()


def corners(canvas: ScreenCanvas) -> QRect:
    """Return where it is red; all else has to be the ground."""
    image = canvas.grab().toImage()
    red = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == QColor("red")
    ]
    others = image.width() * image.height() - len(red)
    ground = sum(
        image.pixelColor(x, y) == GROUND
        for x in range(image.width())
        for y in range(image.height())
    )
    assert others == ground
    (left, top), (right, bottom) = min(red), max(red)
    assert len(red) == (right - left + 1) * (bottom - top + 1)
    return QRect(left, top, right - left + 1, bottom - top + 1)


def test_it_stands_in_the_middle_and_goes_there_again(canvas: ScreenCanvas) -> None:
    assert corners(canvas) == QRect(30, 20, 40, 20)
    canvas.setGeometry(QRect(7, 3, 120, 40))
    canvas.place_anew()
    assert corners(canvas) == QRect(40, 10, 40, 20)
    canvas.set_zoom(Zoom.DOUBLE)
    assert corners(canvas) == QRect(20, 0, 80, 40)
    canvas.set_zoom(Zoom.ACTUAL)
    assert corners(canvas) == QRect(40, 10, 40, 20)


def test_only_what_is_damaged_is_painted(
    qtbot: QtBot, canvas: ScreenCanvas, channel: SyntheticChannel
) -> None:
    seen = QWidget.grab(canvas)  # painted once
    assert not seen.isNull()
    qtbot.waitUntil(lambda: canvas.paints > 1)
    before = canvas.paints
    channel.fill(Rect(1, 1, 3, 3), GREEN)
    canvas.damage((Rect(1, 1, 3, 3), Rect(30, 10, 2, 2)))
    qtbot.waitUntil(lambda: canvas.paints > before)
    assert canvas.paints == before + 1, "two parts are painted at once"
    canvas.damage(())
    qtbot.wait(30)
    assert canvas.paints == before + 1


def test_without_a_surface_there_is_the_ground(canvas: ScreenCanvas) -> None:
    canvas.take(None)
    assert canvas.placement() is None
    assert canvas.grab().toImage().pixelColor(50, 30) == GROUND
