"""The chart of a heartbeat counts from the moment of the change, as its marks do."""

from pytestqt.qtbot import QtBot

from console.widgets.curve import TimeMark
from console.widgets.gap_chart import GapChart, ticks


def test_ticks_are_round_seconds_from_the_moment() -> None:
    found = ticks(-4.0, 4.0)
    assert [words for _at, words in found] == ["-4", "-3", "-2", "-1", "0", "1", "2", "3", "4"]
    assert found[0][0] == -4.0
    assert found[-1][0] == 4.0


def test_a_long_time_has_few_ticks_and_a_short_one_has_some() -> None:
    assert len(ticks(-4.0, 90.0)) <= 9
    assert [words for _at, words in ticks(-1.0, 1.0)] == ["-1", "-0.5", "0", "0.5", "1"]


def test_gaps_marks_and_the_gap_before_are_drawn_on_one_axis(qtbot: QtBot) -> None:
    chart = GapChart()
    qtbot.addWidget(chart)
    chart.show()
    chart.tell("Longest gap 31 ms", "Told by the guest.")
    chart.show_beats([(-3.0, 20.0), (0.5, 31.0), (2.0, 21.0)], 20.0, [TimeMark(0.0, "begin")])
    gap, before = chart.plane.plot.curves
    assert list(gap.seconds) == [-3.0, 0.5, 2.0]
    assert list(before.values) == [20.0, 20.0]
    assert [mark.seconds for mark in chart.plane.plot.marks] == [0.0]
    assert chart.accessibleName() == "Longest gap 31 ms"
    assert chart.told_by.isVisible()


def test_without_beats_nothing_is_drawn(qtbot: QtBot) -> None:
    chart = GapChart()
    qtbot.addWidget(chart)
    chart.show_beats([], None, [])
    assert chart.plane.plot.curves == ()


def test_words_that_would_cross_the_line_of_another_mark_are_left_out(qtbot: QtBot) -> None:
    chart = GapChart()
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    chart.show()
    qtbot.waitExposed(chart)
    marks = [TimeMark(0.0, "begin"), TimeMark(0.1, "driver"), TimeMark(2.0, "address")]
    chart.show_beats([(-2.0, 20.0), (3.0, 21.0)], 20.0, marks)
    assert [mark.text for mark in chart.plane.plot.marks] == ["begin", "", "address"]
