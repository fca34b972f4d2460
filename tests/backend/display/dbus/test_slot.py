"""What tells of pictures: slips, a few of which wait until somebody takes them."""

import select

import pytest

from backend.display.dbus import slot
from backend.display.dbus.slot import Slip, Slot

AREAS = ((0, 0, 16_384, 1), (5, 6, 7, 8))


def can_be_read(one: Slot) -> bool:
    return bool(select.select([one.out], [], [], 0)[0])


def test_slips_come_as_they_were_put() -> None:
    one = Slot()
    assert one.take() == []
    slips = [
        Slip(1 << 40, 1 << 50, 3, AREAS),
        Slip(2, 3, 1 << 31, ()),
        Slip(3, 4, 5, 16 * AREAS[:1]),
    ]
    for slip in slips:
        slot.put(one.into, slip)
    assert can_be_read(one)
    assert one.take() == slips
    assert not can_be_read(one)
    one.close()


def test_there_is_room_for_a_few_and_again_when_they_were_taken() -> None:
    one = Slot()

    def fill() -> int:
        for count in range(1000):
            try:
                slot.put(one.into, Slip(count, 0, 0, AREAS))
            except BlockingIOError:
                return count
        raise AssertionError("no end of it")

    room = fill()
    assert 1 < room <= 64
    assert not select.select([], [one.into], [], 0)[1]
    taken: list[int] = []
    while slips := one.take():
        taken += [slip.frames for slip in slips]
    assert taken == list(range(room))
    assert select.select([], [one.into], [], 0)[1]
    assert fill() == room
    one.close()


def test_who_has_gone_is_noticed() -> None:
    one = Slot()
    into = one.into
    one.into = -1
    with pytest.raises(OSError, match="Bad file descriptor"):
        one.close()
    with pytest.raises(BrokenPipeError):
        slot.put(into, Slip(1, 1, 1, ()))
