"""Courses and readings against the clock."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from backend.measures import Measure, Unit
from backend.series import Course, Point, Sample, Series
from console.snapins.machines.pages import plotted
from console.snapins.machines.pages.chart_kinds import Line
from tests.fakes.machines import domain, reading

REF = domain("a").ref
CPU = (Measure.CPU, "")
LINE = Line(Measure.CPU, "used")
PER_CENT = plotted.Scale(100.0, "%")


def read(*moments: float, cpu: float | None = 0.5) -> list[Sample]:
    return [replace(reading(REF, at, cpu=cpu), when=at) for at in moments]


def kept(*moments: float, step_s: float = 1.0) -> Course:
    run = tuple(Point(at, 0.1, 0.2, 0.3) for at in moments)
    return Course(Series(REF, Measure.CPU), (run,), step_s)


def moments(runs: plotted.Runs) -> list[list[float]]:
    return [[point.at for point in run] for run in runs]


def test_what_was_not_read_is_a_gap() -> None:
    assert moments(plotted.lately(read(1, 2, 9, 10), CPU, 0.1)) == [[1, 2], [9, 10]]


def test_a_slow_host_is_no_gap() -> None:
    slow = read(*range(0, 60, 6))
    assert len(plotted.lately(slow, CPU, 0.1)) == 1


def test_a_reading_without_the_figure_is_no_zero_and_no_gap() -> None:
    told = read(1) + read(2, cpu=None) + read(3)
    assert moments(plotted.lately(told, CPU, 0.1)) == [[1, 3]]
    assert plotted.lately(read(1, 2), (Measure.MEMORY_USED, ""), 0.1) == []


def test_of_many_readings_a_pixel_has_least_mean_and_most() -> None:
    told = read(0, 1, 2, cpu=0.0) + read(3, cpu=1.0)
    (run,) = plotted.lately(told, CPU, 4.0)
    assert run == [Point(2.0, 0.0, 0.25, 1.0)]


def test_what_was_kept_goes_on_as_what_is_read() -> None:
    runs = plotted.joined(kept(1, 2, 3), plotted.lately(read(4, 5), CPU, 0.1))
    assert moments(runs) == [[1, 2, 3, 4, 5]]


def test_what_both_have_is_drawn_once() -> None:
    runs = plotted.joined(kept(1, 2, 3, 4, 5), plotted.lately(read(4, 5), CPU, 0.1))
    assert moments(runs) == [[1, 2, 3, 4, 5]]


def test_between_what_was_kept_and_what_is_read_there_may_be_a_gap() -> None:
    runs = plotted.joined(kept(1, 2), plotted.lately(read(60, 61), CPU, 0.1))
    assert moments(runs) == [[1, 2], [60, 61]]
    assert moments(plotted.joined(None, runs)) == [[1, 2], [60, 61]]
    assert moments(plotted.joined(kept(1, 2), [])) == [[1, 2]]


def test_what_is_read_once_a_minute_goes_on_within_that() -> None:
    seldom = replace(kept(1, 2), series=Series(REF, Measure.POOL_USED))
    assert moments(plotted.joined(seldom, plotted.lately(read(60, 61), CPU, 0.1))) == [
        [1, 2, 60, 61]
    ]


def test_long_stretches_stand_at_their_middle() -> None:
    assert moments(plotted.joined(kept(0, 60, step_s=60.0), [])) == [[30.0, 90.0]]


def test_a_curve_has_holes_a_band_and_its_newest_value() -> None:
    runs: Sequence[Sequence[Point]] = [[Point(1, 0.1, 0.2, 0.3)], [Point(9, 0.5, 0.5, 0.5)]]
    curve = plotted.curve(LINE, runs, PER_CENT)
    assert list(curve.seconds) == [1, 5, 9]
    assert list(curve.values) == [20, None, 50]
    assert list(curve.most) == [30, None, 50]
    assert plotted.as_of(curve, 10.0).newest == "50"
    assert plotted.as_of(curve, 60.0).newest == "", "it is no more"
    flat = plotted.curve(LINE, [[Point(1, 0.5, 0.5, 0.5)]], PER_CENT)
    assert (flat.least, flat.most) == ((), ()), "without a band where there is none"
    assert not plotted.as_of(plotted.curve(LINE, [], PER_CENT), 1.0).seconds


@pytest.mark.parametrize(
    ("unit", "highest", "told"),
    [
        (Unit.SHARE, 0.2, "%"), (Unit.BYTES, 3 * 2**30, "GiB"), (Unit.BYTES, 70 * 2**20, "MiB"),
        (Unit.BYTES, None, "GiB"), (Unit.BYTES_PER_S, 3.0, "KiB/s"),
        (Unit.BYTES_PER_S, 3.0 * 2**20, "MiB/s"), (Unit.SECONDS, 0.004, "ms"),
        (Unit.SECONDS, 2.0, "s"), (Unit.PER_S, 5.0, "a second"), (Unit.COUNT, 2.0, ""),
    ],
)  # fmt: skip
def test_units_follow_what_is_seen(unit: Unit, highest: float | None, told: str) -> None:
    assert plotted.scale_for(unit, highest).unit == told
