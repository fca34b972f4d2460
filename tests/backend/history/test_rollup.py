from backend.history.rollup import Gatherer, Level
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Sample

REF = Ref("h", Kind.DOMAIN, "u")
CPU = (Measure.CPU, "")


def sample(when: float, cpu: float) -> Sample:
    return Sample(REF, when, {CPU: cpu}, when=when)


def test_a_stretch_has_least_mean_and_most() -> None:
    gatherer = Gatherer()
    assert gatherer.add([sample(100.0, 0.2), sample(105.0, 0.8), sample(109.9, 0.5)]) == []
    (row,) = gatherer.add([sample(110.0, 0.1)])
    assert (row.ref, row.level, row.at) == (REF, Level.TENS, 100)
    assert row.figures == {CPU: (0.2, 0.5, 0.8)}


def test_seconds_are_kept_only_of_what_is_read_each_second() -> None:
    gatherer = Gatherer()
    rows = gatherer.add([sample(float(second), 0.5) for second in range(100, 130)])
    assert [row.at for row in rows if row.level is Level.SECONDS] == list(range(101, 129))
    assert [row.at for row in rows if row.level is Level.TENS] == [100, 110]
    slow = Gatherer().add([sample(100.0 + 10 * number, 0.5) for number in range(5)])
    assert {row.level for row in slow} == {Level.TENS}


def test_what_is_over_is_told_although_nothing_follows() -> None:
    gatherer = Gatherer()
    gatherer.add([sample(100.0, 0.2)])
    assert gatherer.end_before(109.0) == []
    assert [row.at for row in gatherer.end_before(110.0)] == [100]
    assert gatherer.end_before(120.0) == []


def test_what_is_held_or_empty_is_not_kept() -> None:
    gatherer = Gatherer()
    gatherer.add([Sample(REF, 1.0, {}, {CPU: 0.5}, when=100.0)])
    assert gatherer.end_before(200.0) == []
