import pytest

from backend.history.course import Kept, draw, layered, level_for
from backend.history.rollup import Level
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Point, Series

SERIES = Series(Ref("h", Kind.DOMAIN, "u"), Measure.CPU)
NOW = 1_000_000_000.0
DAY = 86_400.0


def kept(at: float, value: float, step_s: float = 10.0) -> Kept:
    return Kept(at, step_s, value - 1, value, value + 1)


@pytest.mark.parametrize(
    ("since", "until", "level"),
    [
        (NOW - 600, NOW, Level.SECONDS),
        (NOW - 3600 * 3, NOW, Level.TENS),
        (NOW - DAY, NOW, Level.MINUTES),
        (NOW - 7 * DAY, NOW, Level.MINUTES),
        (NOW - 30 * DAY, NOW, Level.HOURS),
        (NOW - 365 * DAY, NOW, Level.HOURS),
        (NOW - 20 * DAY, NOW - 20 * DAY + 600, Level.MINUTES),
        (NOW - 40 * DAY, NOW - 40 * DAY + 600, Level.HOURS),
    ],
)
def test_the_level_has_so_many_points_or_is_the_finest_there_is(
    since: float, until: float, level: Level
) -> None:
    assert level_for(since, until, 600, NOW) is level


def test_stretches_are_put_together_to_so_many_points() -> None:
    course = draw(SERIES, [kept(10.0 * n, float(n)) for n in range(60)], 0.0, 600.0, 10)
    (run,) = course.runs
    assert len(run) == 10
    assert run[0] == Point(0.0, -1.0, 2.5, 6.0)
    assert course.step_s == 60.0


def test_a_gap_is_a_gap() -> None:
    there = [kept(10.0 * n, 1.0) for n in range(10)] + [kept(300.0 + 10.0 * n, 1.0) for n in (0, 1)]
    course = draw(SERIES, there, 0.0, 600.0, 600)
    assert [(run[0].at, run[-1].at) for run in course.runs] == [(0.0, 90.0), (300.0, 310.0)]


def test_one_or_two_that_were_missed_are_none() -> None:
    course = draw(SERIES, [kept(0.0, 1.0), kept(30.0, 1.0)], 0.0, 600.0, 600)
    assert len(course.runs) == 1


def test_where_two_levels_tell_the_same_the_finer_one_counts() -> None:
    fine = [kept(float(n), 5.0, 1.0) for n in range(10, 20)]
    coarse = [kept(0.0, 1.0), kept(10.0, 1.0), kept(20.0, 1.0)]
    told = layered([fine, [], coarse])
    assert [(one.at, one.mean) for one in told] == [
        (0.0, 1.0), *((float(n), 5.0) for n in range(10, 20)), (20.0, 1.0)
    ]  # fmt: skip


def test_nothing_is_a_course_without_runs() -> None:
    assert draw(SERIES, [], 0.0, 600.0, 10).runs == ()


def test_what_is_read_once_a_minute_has_no_gap_at_each_minute() -> None:
    full = Series(Ref("h", Kind.STORAGE_POOL, "p"), Measure.POOL_USED)
    minutes = [kept(60.0 * n, 1.0) for n in range(5)]
    assert len(draw(full, minutes, 0.0, 600.0, 600).runs) == 1
    assert len(draw(full, [*minutes, kept(600.0, 1.0)], 0.0, 900.0, 600).runs) == 2
    assert len(draw(SERIES, minutes, 0.0, 600.0, 600).runs) == 5
