"""Rows of pixels, and which are new."""

import os

import pytest

from backend.display.dbus.sheet import Areas, Sheet


def sheet(width: int, height: int, stride: int = 0) -> Sheet:
    stride = stride or width * 4
    return Sheet((width, height), stride, memoryview(bytearray(range(stride * height))))


def test_whole_rows_are_one_place() -> None:
    rooms = list(sheet(4, 4).rooms((0, 1, 4, 2), 16))
    assert [len(room) for room in rooms] == [32]
    assert rooms[0][0] == 16


def test_parts_of_rows_are_a_place_each_and_what_lies_between_goes_nowhere() -> None:
    one = sheet(4, 4)
    rooms = list(one.rooms((1, 1, 2, 2), 12))
    assert [len(room) for room in rooms] == [8, 4, 8]
    assert [room[0] for room in rooms] == [20, 0, 36]
    rooms[1][:] = b"gone"
    assert bytes(one.memory) == bytes(range(64))


@pytest.mark.parametrize("stride", [16, 20])
def test_a_part_is_taken_over(stride: int) -> None:
    ours, theirs = sheet(4, 4), sheet(4, 4, stride)
    ours.memory[:] = bytes(64)
    ours.copy_from(theirs, (0, 1, 4, 1))
    ours.copy_from(theirs, (3, 3, 1, 1))
    expected = bytearray(64)
    expected[16:32] = bytes(range(stride, stride + 16))
    expected[60:64] = bytes(range(3 * stride + 12, 3 * stride + 16))
    assert bytes(ours.memory) == expected


@pytest.mark.parametrize(
    ("area", "is_within"),
    [
        ((0, 0, 4, 4), True),
        ((3, 3, 1, 1), True),
        ((3, 3, 2, 1), False),
        ((-1, 0, 2, 2), False),
        ((0, 0, 0, 1), False),
        ((0, 4, 1, 1), False),
    ],
)
def test_what_lies_within(area: tuple[int, int, int, int], is_within: bool) -> None:
    assert sheet(4, 4).holds(area) is is_within


def test_its_descriptor_is_closed_with_it() -> None:
    descriptor = os.memfd_create("x")
    one = Sheet((1, 1), 4, memoryview(bytearray(4)), descriptor)
    os.fstat(descriptor)
    del one
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(descriptor)


def test_many_areas_are_one_around_them() -> None:
    areas = Areas()
    assert not areas
    for n in range(20):
        areas.add((n, n, 1, 1))
    assert areas.take() == [(0, 0, 17, 17), (17, 17, 1, 1), (18, 18, 1, 1), (19, 19, 1, 1)]
    assert not areas


def test_an_area_within_the_last_is_none() -> None:
    areas = Areas()
    areas.add((0, 0, 9, 9))
    areas.add((1, 1, 2, 2))
    assert areas.take() == [(0, 0, 9, 9)]
