import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.widgets.time_plane import TimePlane
from console.widgets.time_span import Span

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plane(qtbot: QtBot) -> TimePlane:
    made = TimePlane(ceiling=100)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.show_curves((), Span(0.0, 100.0))
    return made


def at(plane: TimePlane, second: float) -> QPoint:
    return QPoint(round(plane.place.x(second)), 60)


def test_a_drag_to_the_right_shows_what_was_before(plane: TimePlane) -> None:
    told: list[float] = []
    pressed: list[float] = []
    plane.dragged.connect(told.append)
    plane.pressed.connect(pressed.append)
    QTest.mousePress(plane, LEFT, pos=at(plane, 50))
    QTest.mouseMove(plane, at(plane, 50) + QPoint(2, 0))
    assert told == [], "a hand is never quite still"
    QTest.mouseMove(plane, at(plane, 60))
    QTest.mouseMove(plane, at(plane, 70))
    QTest.mouseRelease(plane, LEFT, pos=at(plane, 70))
    assert sum(told) == pytest.approx(-20.0, abs=0.5)
    assert pressed == []


def test_a_click_tells_its_second(plane: TimePlane) -> None:
    pressed: list[float] = []
    plane.pressed.connect(pressed.append)
    QTest.mouseClick(plane, LEFT, pos=at(plane, 25))
    QTest.mouseClick(plane, LEFT, pos=QPoint(3, 60))
    QTest.mouseClick(plane, Qt.MouseButton.RightButton, pos=at(plane, 25))
    assert pressed == pytest.approx([25.0], abs=0.3)


def wheel(plane: TimePlane, second: float, delta: QPoint) -> None:
    place = QPointF(at(plane, second))
    event = QWheelEvent(
        place, plane.mapToGlobal(place), QPoint(), delta, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
    )  # fmt: skip
    QApplication.sendEvent(plane, event)
    assert event.isAccepted()


def test_the_wheel_tells_where_and_how_far(plane: TimePlane) -> None:
    told: list[tuple[float, float]] = []
    dragged: list[float] = []
    plane.turned.connect(lambda notches, second: told.append((notches, second)))
    plane.dragged.connect(dragged.append)
    wheel(plane, 25, QPoint(0, 240))
    ((notches, second),) = told
    assert notches == 2.0
    assert second == pytest.approx(25.0, abs=0.3)
    wheel(plane, 25, QPoint(120, 0))
    assert dragged == [-10.0]
