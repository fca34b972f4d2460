import time

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.widgets.chart import Chart
from console.widgets.plane import Curve, TimeMark
from console.widgets.time_charts import TimeCharts, time_ticks

NOON = time.mktime((2025, 11, 24, 12, 0, 10, 0, 0, -1))


@pytest.fixture
def charts(qtbot: QtBot) -> TimeCharts:
    made = TimeCharts("Charts", [Chart(name) for name in ("A", "B", "C", "D")], 60)
    qtbot.addWidget(made)
    made.resize(600, 600)
    made.show()
    seconds = tuple(float(second) for second in range(-60, 1))
    for chart in made.charts:
        chart.show_curves((Curve("x", seconds, tuple(-s for s in seconds), "0"),), "%", 60)
    return made


def test_one_cross_hair_stands_in_all(charts: TimeCharts) -> None:
    crossed: list[object] = []
    charts.crossed.connect(crossed.append)
    charts.charts[2].plane.pointed.emit(-20.0)
    assert crossed == [-20.0]
    assert charts.account() == "A x 20 %; B x 20 %; C x 20 %; D x 20 %"
    charts.charts[2].plane.left.emit()
    assert charts.cross is None


def test_the_keyboard_moves_it(charts: TimeCharts) -> None:
    charts.setFocus()
    seen = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(charts, key)
        seen.append(charts.cross)
    assert seen == [-1.0, -2.0, -1.0, -60.0]
    QTest.keyClick(charts, Qt.Key.Key_Left)
    assert charts.cross == -60.0, "there is nothing further back"
    QTest.keyClick(charts, Qt.Key.Key_End)
    QTest.keyClick(charts, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert charts.cross == -10.0
    assert "x 10 %" in charts.accessibleDescription()
    QTest.keyClick(charts, Qt.Key.Key_Escape)
    assert charts.cross is None


def test_where_it_is_wide_and_low_two_stand_beside_two(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    charts = TimeCharts("Charts", [Chart(name) for name in ("A", "B", "C", "D")], 60, room)
    room.resize(1000, 300)
    room.show()
    charts.resize(1000, 300)
    assert charts._columns == 2
    charts.resize(500, 300)
    assert charts._columns == 1


def test_words_of_time_stand_below_the_lowest_only(charts: TimeCharts) -> None:
    charts.set_now(NOON)
    assert [chart.plane._has_time_axis for chart in charts.charts] == [False, False, False, True]
    charts.set_marks((TimeMark(-5.0, "Started"),))
    assert [chart.plane._has_words for chart in charts.charts] == [True, False, False, False]
    charts.set_span(600)
    assert charts.span_s == 600


def test_ticks_are_round_moments() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        assert time_ticks(NOON, 60, 4) == [
            (-55.0, "11:59:15"), (-40.0, "11:59:30"), (-25.0, "11:59:45"), (-10.0, "12:00:00"),
        ]  # fmt: skip
        assert time_ticks(NOON, 600, 5)[-1] == (-10.0, "12:00")
        assert len(time_ticks(NOON, 600, 5)) <= 6
    finally:
        QLocale.setDefault(before)
