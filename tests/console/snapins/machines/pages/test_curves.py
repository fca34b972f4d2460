"""Readings as curves."""

from backend.traffic import Traffic
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


def test_against_a_clock_what_was_not_read_is_a_hole() -> None:
    readings = [reading(REF, at, cpu=0.5) for at in (1.0, 2.0, 9.0, 10.0)]
    (curve,), unit = curves.usage(readings, 10.0)
    assert unit == "%"
    assert list(curve.seconds) == [-9.0, -8.0, -4.5, -1.0, 0.0]
    assert list(curve.values) == [50.0, 50.0, None, 50.0, 50.0]
    assert curve.newest == "50"


def test_what_is_old_is_not_told_as_of_now() -> None:
    (curve,), _unit = curves.usage([reading(REF, 1.0, cpu=0.5)], 60.0)
    assert curve.newest == ""


def test_rates_are_told_in_a_unit_that_fits_and_never_in_bytes() -> None:
    slow = reading(REF, 1.0, disk_read_bytes_s=3.0, disk_write_bytes_s=0.0)
    (_write, read), unit = curves.disks([slow], 1.0, "")
    assert unit == "KiB/s"
    assert read.values == [3 / 1024]
    fast = reading(REF, 1.0, network_in_bytes_s=3.0 * 2**20, network_out_bytes_s=None)
    (received, sent), unit = curves.network([fast], 1.0, "")
    assert (received.values, sent.values, unit) == ([3.0], [None], "MiB/s")


def test_a_device_that_is_not_there_has_no_figures() -> None:
    sample = reading(REF, 1.0, disk_read_bytes_s=9.0, drives=(Traffic("vda", 1024.0, 2048.0),))
    (write, read), _unit = curves.disks([sample], 1.0, "vda")
    assert (write.values, read.values) == ([2.0], [1.0])
    (write, read), _unit = curves.disks([sample], 1.0, "vdz")
    assert (write.values, read.values) == ([None], [None])


def test_memory_over_time_has_what_the_guest_tells() -> None:
    sample = reading(REF, 1.0, memory_used_bytes=GIB, memory_assigned_bytes=2 * GIB)
    (used, assigned), unit = curves.memory_over_time([sample], 1.0)
    assert (used.values, assigned.values, unit) == ([1.0], [2.0], "GiB")
    silent = reading(REF, 1.0, memory_assigned_bytes=2 * GIB)
    assert len(curves.memory_over_time([silent], 1.0)[0]) == 1
