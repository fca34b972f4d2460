"""What is worked out once; how it is worked out is test_plotted's."""

from dataclasses import replace

from backend.measures import Measure
from backend.series import Course, Point, Sample, Series
from console.snapins.machines.pages import plotted
from console.snapins.machines.pages.chart_kinds import Line
from console.snapins.machines.pages.trace import Trace
from console.widgets.time_span import Span
from tests.fakes.machines import domain, reading

REF = domain("a").ref
CPU = (Measure.CPU, "")
LINE = Line(Measure.CPU, "used")
PER_CENT = plotted.Scale(100.0, "%")
COURSE = Course(Series(REF, Measure.CPU), ((Point(1, 0.1, 0.2, 0.9), Point(2, 0.1, 0.2, 0.3)),), 1)


def read(*moments: float) -> list[Sample]:
    return [replace(reading(REF, at, cpu=0.5), when=at) for at in moments]


def test_it_holds_as_long_as_nothing_is_known_anew() -> None:
    samples = read(3, 4)
    trace = Trace(COURSE, samples, CPU, 0.1)
    assert trace.is_of(COURSE, samples, 0.2), "a little nearer it is the same"
    assert not trace.is_of(COURSE, samples, 5.0), "from far away it is folded"
    assert not trace.is_of(COURSE, read(3, 4, 5), 0.1)
    assert not trace.is_of(replace(COURSE), samples, 0.1)


def test_the_highest_is_that_of_what_is_seen() -> None:
    trace = Trace(COURSE, read(3, 4), CPU, 0.1)
    assert trace.highest(Span(0, 9)) == 0.9
    assert trace.highest(Span(2, 2)) == 0.3
    assert trace.highest(Span(3, 9)) == 0.5
    assert trace.highest(Span(20, 30)) is None


def test_its_curve_is_made_once_and_its_newest_value_grows_old() -> None:
    trace = Trace(COURSE, read(3, 4), CPU, 0.1)
    curve = trace.curve(LINE, PER_CENT, 4.0)
    assert curve.newest == "50"
    later = trace.curve(LINE, PER_CENT, 60.0)
    assert later.newest == ""
    assert later.seconds is curve.seconds
    assert trace.curve(LINE, plotted.Scale(1.0, ""), 60.0).values[-1] == 0.5
    assert not Trace(None, [], CPU, 0.1).runs
