"""Readings as curves."""

from console.snapins.machines.pages import curves
from tests.fakes.machines import GIB, domain, reading

REF = domain("a").ref


def test_seconds_count_back_from_the_newest_and_old_ones_fall_out() -> None:
    readings = [reading(REF, at, cpu=at / 1000) for at in (0.0, 100.0, 150.0, 200.0)]
    (curve,) = curves.cpu(readings)
    assert list(curve.seconds) == [-100.0, -50.0, 0.0]
    assert list(curve.values) == [10.0, 15.0, 20.0]


def test_what_was_not_told_is_no_hole() -> None:
    readings = [
        reading(REF, 0.0, memory_assigned_bytes=2 * GIB),
        reading(REF, 1.0),
        reading(REF, 2.0, memory_assigned_bytes=GIB),
    ]
    assert list(curves.cpu(readings)[0].values) == []
    (assigned,), unit = curves.memory(readings)
    assert (list(assigned.seconds), list(assigned.values), unit) == ([-2.0, 0.0], [2.0, 1.0], "GiB")


def test_used_memory_stands_before_assigned() -> None:
    sample = reading(REF, 1.0, memory_used_bytes=GIB, memory_assigned_bytes=2 * GIB)
    (used, assigned), _unit = curves.memory([sample])
    assert (used.values, assigned.values) == ((1.0,), (2.0,))
    assert (used.newest, assigned.newest) == ("1", "2")


def test_the_unit_is_that_of_what_is_assigned() -> None:
    small = reading(REF, 1.0, memory_used_bytes=70 * 2**20, memory_assigned_bytes=192 * 2**20)
    (used, assigned), unit = curves.memory([small])
    assert (used.values, assigned.values, unit) == ((70.0,), (192.0,), "MiB")


def test_no_readings_are_an_empty_curve() -> None:
    assert list(curves.cpu(())[0].values) == []
    assert list(curves.memory(())[0][0].values) == []
