"""Readings as curves."""

from backend.model import Sample
from console.snapins.machines.pages import curves
from tests.fakes.machines import GIB, domain

REF = domain("a").ref


def test_seconds_count_back_from_the_newest_and_old_ones_fall_out() -> None:
    readings = [Sample(REF, at, cpu=at / 1000) for at in (0.0, 100.0, 150.0, 200.0)]
    curve = curves.cpu(readings, "CPU")
    assert list(curve.seconds) == [-100.0, -50.0, 0.0]
    assert list(curve.values) == [10.0, 15.0, 20.0]


def test_what_was_not_told_is_a_hole() -> None:
    readings = [Sample(REF, 0.0), Sample(REF, 1.0, memory_assigned_bytes=2 * GIB)]
    assert list(curves.cpu(readings, "CPU").values) == [None, None]
    (assigned,) = curves.memory(readings, "used", "assigned")
    assert list(assigned.values) == [None, 2.0]


def test_used_memory_stands_before_assigned() -> None:
    sample = Sample(REF, 1.0, memory_used_bytes=GIB, memory_assigned_bytes=2 * GIB)
    used, assigned = curves.memory([sample], "used", "assigned")
    assert (used.values, assigned.values) == ((1.0,), (2.0,))


def test_no_readings_are_an_empty_curve() -> None:
    assert list(curves.cpu((), "CPU").values) == []
