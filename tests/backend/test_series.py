from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Course, Point, Series


def test_points_are_those_of_all_runs() -> None:
    first, second = Point(0.0, 1.0, 2.0, 3.0), Point(60.0, 1.0, 1.0, 1.0)
    series = Series(Ref("h", Kind.DOMAIN, "u"), Measure.CPU)
    assert list(Course(series, ((first,), (second,)), 10.0).points) == [first, second]
    assert list(Course(series).points) == []
