import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.sdk import afterwards
from console.widgets.curve import Curve, TimeMark
from console.widgets.plane import Plane
from console.widgets.plot import with_room
from console.widgets.time_span import Span

MINUTE = Span(-60.0, 0.0)
RISING = Curve("up", (-60.0, -30.0, 0.0), (0.0, 5.0, 10.0))


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    made = Plane()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def drawn(plane: Plane) -> QImage:
    return plane.grab().toImage()


def is_inked(plane: Plane, second: float, value: float) -> bool:
    """Whether something other than the ground is drawn there, a pixel more or less."""
    place, image = plane.place, drawn(plane)
    ground = plane.palette().color(QPalette.ColorRole.Base)
    x, y = round(place.x(second)), round(place.y(value))
    return any(image.pixelColor(x, y + by) != ground for by in (-1, 0, 1))


def test_a_hole_is_no_line_and_no_wash(plane: Plane) -> None:
    seconds = (-60.0, -45.0, -30.0, -15.0, 0.0)
    plane.show_curves((Curve("x", seconds, (4.5, 4.5, 4.5, 4.5, 4.5)),), MINUTE)
    assert is_inked(plane, -30.0, 4.5)
    assert is_inked(plane, -37.0, 1.3)
    plane.show_curves((Curve("x", seconds, (4.5, 4.5, None, 4.5, 4.5)),), MINUTE)
    assert is_inked(plane, -50.0, 4.5)
    assert is_inked(plane, -10.0, 1.3)
    assert not is_inked(plane, -30.0, 4.5)
    assert not is_inked(plane, -37.0, 1.3)


def test_one_reading_alone_is_seen(plane: Plane) -> None:
    plane.show_curves((Curve("x", (-31.0, -30.0, -29.0), (None, 4.5, None)),), MINUTE)
    assert is_inked(plane, -30.0, 4.5)


def test_what_it_went_through_is_a_band(plane: Plane) -> None:
    seconds, mean = (-60.0, 0.0), (2.0, 2.0)
    banded = Curve("x", seconds, mean, least=(1.0, 1.0), most=(9.0, 9.0))
    plane.show_curves((banded,), MINUTE)
    assert plane.plot.top == pytest.approx(10.0), "the highest of the band counts"
    assert is_inked(plane, -30.0, 7.3)
    assert not is_inked(plane, -30.0, 9.7)


def test_only_what_is_seen_makes_the_top(plane: Plane) -> None:
    peaked = Curve("x", (-600.0, -300.0, -60.0, 0.0), (900.0, 900.0, 4.0, 4.0))
    plane.show_curves((peaked,), MINUTE)
    assert plane.plot.top == pytest.approx(4.0)


def test_words_of_marks_run_into_no_other(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    metrics = QFontMetricsF(plane.font())

    def words(*marks: TimeMark) -> list[str]:
        return sorted(mark.text for mark in with_room(marks, plane.place, metrics))

    assert words(TimeMark(-40.0, "Started"), TimeMark(-5.0, "Paused")) == ["Paused", "Started"]
    near = (TimeMark(-6.0, "Started"), TimeMark(-5.0, "Paused"))
    assert words(*near) == ["Paused"], "the newer one; the other is a line without a word"
    assert words(TimeMark(-59.9, "Started")) == [], "it would begin outside"


def test_a_mark_is_a_line_where_it_happened(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    assert not is_inked(plane, -40.0, 9.3)
    plane.show_marks((TimeMark(-40.0, "a"), TimeMark(-61.0, "b")), with_words=False)
    image = drawn(plane)
    x = int(plane.place.x(-40.0))
    ground = plane.palette().color(QPalette.ColorRole.Base)
    column = [image.pixelColor(x, y) != ground for y in range(10, 90)]
    assert any(column)


def test_the_cross_hair_stands_and_goes(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    bare = drawn(plane)
    plane.show_cross(-30.0)
    crossed = drawn(plane)
    assert crossed != bare
    plane.show_cross(-30.0, is_pinned=True)
    assert drawn(plane) != crossed
    plane.show_cross(None)
    assert drawn(plane) == bare


def test_what_is_drawn_is_where_it_is_said_to_be(plane: Plane) -> None:
    plane.show_time(((-30.0, "12:00"),))
    plane.show_curves((RISING,), MINUTE)
    drawn(plane)
    assert plane._graph is not None
    box = plane._graph.item.getViewBox()
    for second, value in ((-60.0, 0.0), (-30.0, 5.0), (0.0, 10.0)):
        spot = box.mapViewToScene(QPointF(second, value))
        assert spot.x() == pytest.approx(plane.place.x(second), abs=0.5)
        assert spot.y() == pytest.approx(plane.place.y(value), abs=0.5)


def test_what_came_unseen_is_drawn_when_it_is_seen(plane: Plane) -> None:
    plane.hide()
    plane.show_curves((RISING,), MINUTE)
    plane.show()
    assert is_inked(plane, -30.0, 5.0)


def test_what_is_around_it_is_seen_first(plane: Plane) -> None:
    afterwards.at_once()
    assert plane._drawing.isVisible()
    plane.hide()
    plane.show()
    assert not plane._drawing.isVisible()
    afterwards.at_once()
    assert plane._drawing.isVisible()
    plane.resize(321, 123)
    assert plane._drawing.geometry() == plane.rect()


def point(plane: Plane, spot: QPoint) -> None:
    """Have the pointer move there, whichever windows other tests left above."""
    assert plane.childAt(spot) is None, "what draws leaves the hand to the plane"
    none = Qt.MouseButton.NoButton
    where = QPointF(spot)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, plane.mapToGlobal(where), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(plane, event)


def test_the_pointer_tells_the_second(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    told: list[float] = []
    plane.pointed.connect(told.append)
    point(plane, QPoint(round(plane.place.x(-30.0)), 50))
    assert told == pytest.approx([-30.0], abs=0.2)
    point(plane, QPoint(5, 50))
    assert len(told) == 1, "over the figures of the axis there is no second"


def test_it_takes_the_colours_of_light_and_dark(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    palette = plane.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#f0f0f0"))
    plane.setPalette(palette)
    assert drawn(plane).pixelColor(250, 20).lightness() > 200
    palette.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    plane.setPalette(palette)
    assert drawn(plane).pixelColor(250, 20).lightness() < 50


def test_an_axis_has_figures_where_there_is_something_to_measure(plane: Plane) -> None:
    plane.show_curves((Curve("x", (), ()),), MINUTE)
    assert not plane.plot.has_figures
    plane.show_curves((Curve("x", (0.0,), (0.0,)),), MINUTE)
    assert plane.plot.has_figures


def test_words_of_time_take_room_below(plane: Plane) -> None:
    plane.show_curves((RISING,), MINUTE)
    room = plane.place.room
    plane.show_time(((-30.0, "12:00"),))
    assert plane.place.room.bottom() < room.bottom() - 10
    assert plane.place.room.contains(QRectF(plane.place.x(-30.0), 20, 1, 1))


def test_nothing_can_be_typed_into_it(plane: Plane) -> None:
    assert plane.focusPolicy() is Qt.FocusPolicy.NoFocus


class Paints(QObject):
    """Counts how often what it watches is painted."""

    count = 0

    @override
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_step_of_a_drag_paints_once(plane: Plane) -> None:
    """Not once more after the library has found out where its curves are now."""
    seconds = tuple(float(n) for n in range(-120, 1))
    plane.show_curves((Curve("x", seconds, (5.0,) * 121, least=seconds, most=seconds),), MINUTE)
    for _ in range(3):
        QApplication.processEvents()
    paints = Paints()
    plane._drawing.viewport().installEventFilter(paints)
    for step in range(1, 4):
        plane.show_curves(plane.plot.curves, Span(-60.0 - step, -float(step)))
        for _ in range(3):
            QApplication.processEvents()
        assert paints.count == step


def test_what_is_dragged_by_pixels_looks_as_if_drawn_there(plane: Plane, qtbot: QtBot) -> None:
    seconds = tuple(float(second) for second in range(-180, 1))
    values = tuple(5 + second % 7 for second in seconds)
    wavy = Curve("x", seconds, values, least=tuple(v - 1 for v in values), most=(13.0,) * 181)
    plane.show_curves((wavy,), MINUTE)
    drawn(plane)
    pixel_s = MINUTE.length_s / plane.place.room.width()
    for step in range(1, 31):
        plane.show_curves((wavy,), MINUTE.moved(-2 * step * pixel_s))
        drawn(plane)
    moved = drawn(plane)
    other = Plane()
    qtbot.addWidget(other)
    other.resize(plane.size())
    other.show()
    other.show_curves((wavy,), plane.plot.span)
    QApplication.processEvents()
    there = drawn(other)
    places = ((x, y) for x in range(moved.width()) for y in range(moved.height()))
    far = [at for at in places if unlike(moved.pixelColor(*at), there.pixelColor(*at)) > 8]
    assert far == []


def unlike(one: QColor, other: QColor) -> int:
    """Return by how much two colours differ at most."""
    parts = (QColor.red, QColor.green, QColor.blue)
    return max(abs(int(part(one)) - int(part(other))) for part in parts)
