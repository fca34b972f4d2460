from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.filmstrip import Filmstrip, Frame
from console.widgets.time_span import moment
from console.widgets.time_view import TimeView

NOW = 1_764_000_000.0
RED = QImage(64, 40, QImage.Format.Format_RGB32)
RED.fill(QColor("red"))


@pytest.fixture
def strip(qtbot: QtBot) -> Filmstrip:
    view = TimeView(600)
    view.set_now(NOW)
    made = Filmstrip("The screen", view)
    view.setParent(made)
    qtbot.addWidget(made)
    made.resize(800, 100)
    made.show()
    return made


def show_all(strip: Filmstrip) -> None:
    """Give every stretch a picture of its end."""
    stretches = strip.stretches()
    strip.show_frames(stretches, [Frame(until, until, RED) for _since, until in stretches])


def x_of(strip: Filmstrip, number: int) -> QPoint:
    return strip._cells()[number][1].center().toPoint()


def test_pieces_of_time_touch_and_move_along_with_it(strip: Filmstrip) -> None:
    before = strip.stretches()
    assert before[0][0] <= NOW - 600
    assert before[-1][1] >= NOW
    assert all(one[1] == other[0] for one, other in pairwise(before))
    strip.view.set_now(NOW + 1)
    strip.follow()
    assert set(before[1:]) <= set(strip.stretches()), "what is shown is not asked for anew"


def test_at_the_cross_hair_it_is_the_picture_of_that_very_moment(strip: Filmstrip) -> None:
    wished: list[None] = []
    strip.wished.connect(lambda: wished.append(None))
    strip.view.set_cross(NOW - 123)
    assert (NOW - 123, NOW - 123) in strip.stretches()
    assert len(wished) == 1
    assert strip.current() is None
    show_all(strip)
    frame = strip.current()
    assert frame
    assert frame.at == NOW - 123
    assert strip.accessibleDescription()
    strip.view.set_cross(None)
    assert len(wished) == 2
    assert strip.current() is None


def test_a_picture_stands_where_its_time_is(strip: Filmstrip) -> None:
    stretches = strip.stretches()
    strip.show_frames(
        stretches, [Frame(NOW, NOW, RED) if i == 2 else None for i in range(len(stretches))]
    )
    image = strip.grab().toImage()
    assert image.pixelColor(x_of(strip, 2)) == QColor("red")
    assert image.pixelColor(x_of(strip, 3)) != QColor("red"), "what was not seen is a gap"


def test_a_click_stands_the_cross_hair_at_its_moment(strip: Filmstrip) -> None:
    show_all(strip)
    (_since, until) = strip.stretches()[1]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=x_of(strip, 1))
    assert (strip.view.cross, strip.view.is_pinned) == (until, True)


def test_it_is_seen_large_by_return_or_a_double_click(strip: Filmstrip) -> None:
    opened: list[Frame] = []
    strip.opened.connect(opened.append)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert opened == [], "there is no picture yet"
    QTest.keyClick(strip, Qt.Key.Key_Left)
    show_all(strip)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert [frame.at for frame in opened] == [strip.view.cross]
    show_all(strip)
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=x_of(strip, 1))
    assert len(opened) == 2


def test_without_pictures_it_says_so(strip: Filmstrip) -> None:
    empty = strip.grab().toImage()
    show_all(strip)
    assert strip.grab().toImage() != empty
    strip.show_frames((), ())
    assert strip.grab().toImage() == empty


def test_no_piece_is_shorter_than_asked_for(qtbot: QtBot) -> None:
    view = TimeView(60)
    view.set_now(NOW)
    made = Filmstrip("The screen", view, 12)
    view.setParent(made)
    qtbot.addWidget(made)
    made.resize(3000, 100)
    assert {round(until - since) for since, until in made.stretches()} == {12}
    view.zoom(0.1)
    assert {round(until - since) for since, until in made.stretches()} == {12}
    made._last = made.stretches()
    assert len(made._cells()) == len(made.stretches())


def test_a_picture_of_before_the_cross_hairs_moment_says_of_when(strip: Filmstrip) -> None:
    cross = NOW - 300
    strip.view.set_cross(cross)
    stretches = strip.stretches()

    def shown(frame: Frame | None) -> QImage:
        others = Frame(NOW, NOW, RED)
        frames = [frame if one == (cross, cross) else others for one in stretches]
        strip.show_frames(stretches, frames)
        return strip.grab().toImage()

    of_then = shown(Frame(cross - 60, cross + 5, RED))
    assert strip.accessibleDescription() == moment(cross, 0.0, NOW), "it was so at that very moment"
    of_before = shown(Frame(cross - 60, cross - 20, RED))
    assert strip.accessibleDescription() == moment(cross - 20, 0.0, NOW)
    assert of_before != of_then, "it says so"
    of_none = shown(None)
    assert strip.accessibleDescription() == "No picture of this moment"
    assert of_none not in (of_before, of_then)
