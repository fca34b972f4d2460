from typing import Any

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from console.widgets.plane import Curve, Ink, Plane, TimeMark, figure, ink_of, round_up

RISING = Curve("up", (-60.0, -30.0, 0.0), (0.0, 5.0, 10.0))


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    made = Plane()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def words(plane: Plane) -> list[str]:
    return [line.label.format for line in shown(plane) if line.label.format]


def shown(plane: Plane) -> list[Any]:
    return [line for line in plane._mark_lines if line.isVisible()]


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 0.1), (0.3, 0.5), (1.0, 1.0), (3.4, 5.0), (51.0, 100.0), (1e9, 1e9)]
)
def test_the_top_is_a_round_figure(value: float, top: float) -> None:
    assert round_up(value) == pytest.approx(top)


def test_curves_have_the_ink_of_their_place_or_their_own() -> None:
    assert [ink_of(RISING, index) for index in (0, 1)] == [Ink.GREEN, Ink.BLUE]
    assert ink_of(Curve("x", (), (), ink=Ink.ORANGE), 0) is Ink.ORANGE


def test_a_hole_is_no_line(plane: Plane) -> None:
    whole = Curve("x", (-60.0, -59.0, -1.0, 0.0), (5.0, 5.0, 5.0, 5.0))
    holed = Curve("x", (-60.0, -59.0, -30.0, -1.0, 0.0), (5.0, 5.0, None, 5.0, 5.0))
    plane.show_curves((whole,), 60)
    drawn = plane.grab().toImage()
    plane.show_curves((holed,), 60)
    assert plane.grab().toImage() != drawn


def test_marks_stand_in_words_where_these_fit(plane: Plane) -> None:
    plane.show_curves((RISING,), 60)
    apart = (TimeMark(-40.0, "Started"), TimeMark(-5.0, "Paused"))
    plane.show_marks(apart, with_words=True)
    assert sorted(words(plane)) == ["Paused", "Started"]
    plane.show_marks((TimeMark(-6.0, "Started"), TimeMark(-5.0, "Paused")), with_words=True)
    assert words(plane) == ["Paused"], "the newer one; the other is a line without a word"
    assert [line.value() for line in shown(plane)] == [-6.0, -5.0]
    plane.show_marks(apart, with_words=False)
    assert words(plane) == []
    plane.show_marks((TimeMark(-61.0, "Started"),), with_words=True)
    assert shown(plane) == []


def test_marks_that_move_leave_no_garbage_of_qt(plane: Plane) -> None:
    """What Python collects in another thread waits for Qt's locks, while Qt waits for Python."""
    plane.show_curves((RISING,), 60)
    plane.show_marks((TimeMark(-6.0, "a"), TimeMark(-5.0, "b")), with_words=True)
    lines = list(plane._mark_lines)
    for second in range(50):
        plane.show_marks((TimeMark(-float(second), "a"),), with_words=True)
        plane.show_curves((RISING,), 60)
    assert plane._mark_lines == lines


def test_the_cross_hair_stands_and_goes(plane: Plane) -> None:
    plane.show_curves((RISING,), 60)
    assert not plane._cross_line.isVisible()
    plane.show_cross(-30.0)
    assert plane._cross_line.isVisible()
    assert plane._cross_line.value() == -30.0
    plane.show_cross(None)
    assert not plane._cross_line.isVisible()


def test_the_pointer_tells_the_second(plane: Plane, qtbot: QtBot) -> None:
    plane.show_curves((RISING,), 60)
    told: list[float] = []
    plane.pointed.connect(told.append)
    box = plane._plot.getViewBox()
    plane.grab()
    plane._on_moved(box.mapViewToScene(box.viewRect().center()))
    assert told == pytest.approx([-30.0], abs=1)


def test_it_takes_the_colours_of_light_and_dark(plane: Plane, qtbot: QtBot) -> None:
    plane.show_curves((RISING,), 60)
    palette = plane.palette()
    assert plane.grab().toImage().pixelColor(250, 20).lightness() > 200
    palette.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    plane.setPalette(palette)
    assert plane.grab().toImage().pixelColor(250, 20).lightness() < 50


def test_figures_at_the_axis() -> None:
    assert figure(5.0) == "5"
    assert figure(0.5)[0] == "0"
    assert figure(0.05) != figure(0.1)


def test_an_axis_has_figures_where_there_is_something_to_measure(plane: Plane) -> None:
    plane.show_curves((Curve("x", (), ()),), 60)
    bare = plane.grab().toImage()
    plane.show_curves((Curve("x", (0.0,), (0.0,)),), 60)
    assert plane.grab().toImage() != bare
