import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.widgets.chart import Chart
from console.widgets.curve import Curve, TimeMark
from console.widgets.time_charts import TimeCharts
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

NOON = time.mktime((2025, 11, 24, 12, 0, 10, 0, 0, -1))
MINUTE = Span(NOON - 60, NOON)


@pytest.fixture
def charts(qtbot: QtBot) -> TimeCharts:
    view = TimeView(60)
    view.set_now(NOON)
    made = TimeCharts("Charts", [Chart(name) for name in ("A", "B", "C", "D")], view)
    view.setParent(made)
    qtbot.addWidget(made)
    made.resize(600, 600)
    made.show()
    ago = range(60, -1, -1)
    for chart in made.charts:
        curve = Curve("x", tuple(NOON - s for s in ago), tuple(float(s) for s in ago), "0")
        chart.show_curves((curve,), "%", MINUTE)
    return made


def crossed(charts: TimeCharts) -> float | None:
    """Return how many seconds ago the cross-hair stands."""
    return None if charts.view.cross is None else round(NOON - charts.view.cross, 3)


def test_one_cross_hair_stands_in_all(charts: TimeCharts) -> None:
    charts.charts[2].plane.pointed.emit(NOON - 20.0)
    assert charts.account() == "A x 20 %; B x 20 %; C x 20 %; D x 20 %"
    assert {chart.plane._cross for chart in charts.charts} == {NOON - 20.0}
    charts.charts[2].plane.left.emit()
    assert charts.view.cross is None


def test_a_click_pins_it_and_another_lets_it_go(charts: TimeCharts) -> None:
    plane = charts.charts[1].plane
    spot = QPoint(round(plane.place.x(NOON - 30)), 40)
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, pos=spot)
    assert charts.view.is_pinned
    plane.pointed.emit(NOON - 5.0)
    plane.left.emit()
    assert crossed(charts) == pytest.approx(30.0, abs=0.2)
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, pos=spot)
    assert not charts.view.is_pinned


def test_the_keyboard_moves_it(charts: TimeCharts) -> None:
    charts.setFocus()
    seen = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(charts, key)
        seen.append(crossed(charts))
    assert seen == [0.3, 0.6, 0.3, 60.0]
    QTest.keyClick(charts, Qt.Key.Key_End)
    QTest.keyClick(charts, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert crossed(charts) == 3.0
    assert "x 3 %" in charts.accessibleDescription()
    QTest.keyClick(charts, Qt.Key.Key_Space)
    assert charts.view.is_pinned
    QTest.keyClick(charts, Qt.Key.Key_Escape)
    assert charts.view.cross is None


def test_the_keyboard_looks_nearer_and_into_the_past(charts: TimeCharts) -> None:
    charts.setFocus()
    QTest.keyClick(charts, Qt.Key.Key_Plus)
    assert (charts.view.span.length_s, charts.view.is_live) == (30.0, True)
    QTest.keyClick(charts, Qt.Key.Key_Minus)
    QTest.keyClick(charts, Qt.Key.Key_Minus)
    assert charts.view.span.length_s == 120.0
    QTest.keyClick(charts, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert (charts.view.span.until, charts.view.is_live) == (NOON - 30, False)
    QTest.keyClick(charts, Qt.Key.Key_Home)
    QTest.keyClick(charts, Qt.Key.Key_Left)
    assert charts.view.cross == charts.view.span.since < NOON - 150, "it goes on into the past"


def test_the_keyboard_leads_from_what_happened_to_what_happened(charts: TimeCharts) -> None:
    charts.view.set_marks((TimeMark(NOON - 50, "a"), TimeMark(NOON - 10, "b")))
    charts.setFocus()
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(charts, key)
        seen.append(crossed(charts))
    assert seen == [10.0, 50.0, 10.0]


def test_where_it_is_wide_and_low_two_stand_beside_two(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    charts = TimeCharts(
        "Charts", [Chart(name) for name in ("A", "B", "C", "D")], TimeView(60), room
    )
    room.resize(1000, 300)
    room.show()
    charts.resize(1000, 300)
    assert charts._columns == 2
    charts.resize(500, 300)
    assert charts._columns == 1


def test_words_of_time_stand_below_the_lowest_only(charts: TimeCharts) -> None:
    charts.show_time()
    assert [bool(chart.plane.plot.ticks) for chart in charts.charts] == [False] * 3 + [True]
    charts.show_only(charts.charts[:3])
    assert not charts.charts[3].isVisible()
    assert [bool(chart.plane.plot.ticks) for chart in charts.charts[:3]] == [False, False, True]


def test_marks_stand_in_all_of_them(charts: TimeCharts) -> None:
    charts.view.set_marks((TimeMark(NOON - 5.0, "Started"),))
    charts.show_time()
    assert all(chart.plane.plot.marks for chart in charts.charts)
