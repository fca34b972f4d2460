"""What QEMU shows: pixels go in place, and what makes no sense ends it in one line."""

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.dbus.message import CALL, Header, dump
from backend.display.dbus.screen import LISTENER, PROPERTIES, UNIX_MAP, Screen, Unshown
from backend.display.dbus.wire import Broken, Value
from tests.backend.display.dbus.qemu import (
    LOGIN,
    PlainMemory,
    scanout,
    scanout_map,
    shown,
    update,
    update_map,
)


def pixels(count: int, first: int = 1) -> bytes:
    return b"".join(bytes((n % 256, n // 256 % 256, 0, 0)) for n in range(first, first + count))


class Shown:
    """A screen that QEMU shows things on."""

    def __init__(self) -> None:
        self.memory = PlainMemory()
        self.screen = Screen(0, self.memory)
        self.feed(LOGIN)

    def feed(self, data: bytes, descriptors: tuple[int, ...] = (), size: int = 1 << 20) -> None:
        """Receive these bytes, at most so many at once."""
        rest = memoryview(data)
        while rest:
            piece, count = rest[:size], 0
            for room in self.screen.rooms():
                part = min(len(room), len(piece) - count)
                room[:part] = piece[count : count + part]
                count += part
            rest = rest[count:]
            self.screen.received(count, descriptors)
            descriptors = ()

    def picture(self) -> bytes:
        """Return all pixels."""
        self.screen.take()
        assert self.screen.sheet is not None
        return bytes(self.screen.sheet.memory)


@pytest.mark.parametrize("size", [1, 13, 1 << 20])
def test_pictures_and_parts_of_them(size: int) -> None:
    shown_ = Shown()
    one, part, wide = pixels(16), pixels(4, 100), pixels(8, 200)
    shown_.feed(scanout(4, 4, one), size=size)
    assert shown_.picture() == one
    shown_.feed(update(1, 1, 2, 2, part) + update(0, 2, 4, 2, wide), size=size)
    assert shown_.screen.areas.take() == [(1, 1, 2, 2), (0, 2, 4, 2)]
    expected = bytearray(one)
    expected[20:28], expected[36:44] = part[:8], part[8:]
    expected[32:64] = wide
    assert shown_.picture() == expected


def test_the_same_size_is_the_same_memory_and_another_another() -> None:
    shown_ = Shown()
    shown_.feed(scanout(4, 4, pixels(16)))
    first = shown_.screen.sheet
    shown_.feed(scanout(4, 4, pixels(16, 50)))
    assert shown_.screen.sheet is first
    assert shown_.picture() == pixels(16, 50)
    shown_.feed(scanout(2, 8, pixels(16)))
    assert shown_.screen.sheet is not first
    assert shown_.screen.take() == [(0, 0, 2, 8)]


def test_rows_that_are_longer_than_the_picture() -> None:
    shown_ = Shown()
    row = pixels(2) + b"padd"
    shown_.feed(
        scanout(2, 3, row * 3, stride=12) + update(1, 1, 1, 2, b"\7\7\7\7" + row, stride=12)
    )
    assert shown_.picture() == pixels(2) + (pixels(1) + b"\7\7\7\7") + pixels(1) + row[8:12]


def test_large_pictures_need_no_copy() -> None:
    shown_ = Shown()
    large = pixels(256 * 256)
    shown_.feed(scanout(256, 256, large))
    shown_.feed(scanout(256, 256, large)[:200])
    rooms = shown_.screen.rooms()
    assert shown_.screen.sheet is not None
    assert [room.obj for room in rooms] == [shown_.screen.sheet.memory.obj]
    poured = [shown_.screen.is_pouring]
    shown_.feed(scanout(256, 256, large)[200:])
    assert [*poured, shown_.screen.is_pouring] == [True, False]
    assert [len(room) for room in shown_.screen.rooms()] == [192], "of the next no pixel is copied"


def test_a_part_of_the_size_before_is_left_out() -> None:
    shown_ = Shown()
    shown_.feed(update(0, 0, 2, 2, pixels(4)))
    assert shown_.screen.sheet is None
    shown_.feed(scanout(4, 4, pixels(16)) + update(3, 3, 2, 2, pixels(4)))
    assert shown_.picture() == pixels(16)


def test_parts_of_a_size_that_was_not_shown_are_left_out() -> None:
    shown_ = Shown()
    shown_.feed(scanout(4, 4, pixels(16)))
    assert not shown_.screen.lacks(None)
    assert not shown_.screen.lacks((4, 4))
    assert shown_.screen.lacks((2, 8))
    shown_.feed(update(0, 0, 1, 1, pixels(1, 99)))
    assert shown_.picture() == pixels(16)
    shown_.feed(scanout(2, 8, pixels(16)) + update(0, 0, 1, 1, pixels(1, 99)))
    assert not shown_.screen.lacks((2, 8))
    assert shown_.picture() == pixels(1, 99) + pixels(15, 2)


def test_memory_that_is_shared_is_read_when_it_is_looked_at() -> None:
    shown_ = Shown()
    descriptor = os.memfd_create("x")
    shown_.feed(scanout_map(4, 4, offset=8), (descriptor,))
    assert shown_.memory.shared == [(descriptor, 8, 16, (4, 4))]
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(descriptor)
    assert shown_.picture() == bytes(64)
    shown_.memory.others[8:72] = pixels(16)
    shown_.feed(update_map(0, 1, 4, 1) + update_map(3, 3, 5, 5))
    assert shown_.picture() == bytes(16) + pixels(16)[16:32] + bytes(32)
    shown_.feed(scanout(4, 4, pixels(16, 9)))
    assert shown_.picture() == pixels(16, 9)


def test_pointers() -> None:
    shown_ = Shown()
    shown_.feed(shown("CursorDefine", "iiiiay", 2, 1, 1, 5, pixels(2)))
    shown_.feed(shown("MouseSet", "iii", 5, 5, 1))
    assert shown_.screen.cursor == (2, 1, 1, 0, pixels(2))
    shown_.feed(shown("MouseSet", "iii", 5, 5, 0))
    assert not shown_.screen.cursor


def test_a_screen_that_is_turned_off_is_black() -> None:
    shown_ = Shown()
    shown_.feed(scanout(4, 4, pixels(16)) + shown("Disable", ""))
    assert shown_.picture() == bytes(64)


def test_questions_are_answered_at_once() -> None:
    shown_ = Shown()
    shown_.screen.outgoing.clear()
    for serial, header, values in (
        (11, Header(CALL, 0, "/x", PROPERTIES, "GetAll", signature="s"), (LISTENER,)),
        (12, Header(CALL, 0, "/x", PROPERTIES, "GetAll", signature="s"), (UNIX_MAP,)),
        (13, Header(CALL, 0, "/x", PROPERTIES, "Get", signature="ss"), (LISTENER, "Interfaces")),
        (14, Header(CALL, 0, "/x", "a.b", "Unheard"), ()),
    ):
        shown_.feed(dump(header, serial, values))
        told = bytes(shown_.screen.outgoing.popleft().data)
        assert told[1] == (3 if serial == 14 else 2)
        assert serial.to_bytes(4, "little") in told


@pytest.mark.parametrize(
    "message",
    [
        scanout(4, 4, b"short"),
        scanout(4, 4, pixels(16), stride=8),
        scanout(4, 4, pixels(16), stride=1 << 30),
        scanout(0, 4, b""),
        scanout(1 << 20, 1, b""),
        scanout(16384, 16384, b""),
        update(0, 0, 4, 4, b"short"),
        shown("CursorDefine", "iiiiay", 4, 4, 0, 0, b"short"),
        shown("CursorDefine", "iiiiay", 9999, 1, 0, 0, b""),
        shown("CursorDefine", "iiiiay", -4, -4, 0, 0, pixels(16)),
        scanout_map(4, 4),
    ],
)
def test_what_makes_no_sense(message: bytes) -> None:
    shown_ = Shown()
    shown_.feed(scanout(4, 4, pixels(16)))
    with pytest.raises(Broken):
        shown_.feed(message)


def test_what_cannot_be_shown() -> None:
    with pytest.raises(Unshown, match="0x10020565"):
        Shown().feed(scanout(4, 4, pixels(8), stride=16, form=0x10020565))
    descriptor = os.memfd_create("x")
    with pytest.raises(Unshown, match="graphics card"):
        Shown().feed(shown("ScanoutDMABUF", "huuuutb", 0, 4, 4, 16, 0, 0, 1), (descriptor,))
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(descriptor)


STORY = (
    scanout(4, 4, pixels(16))
    + update(1, 1, 2, 2, pixels(4))
    + shown("CursorDefine", "iiiiay", 2, 1, 1, 0, pixels(2))
    + shown("MouseSet", "iii", 5, 5, 1)
    + update_map(0, 0, 1, 1)
    + shown("Disable", "")
)


def test_a_story_that_ends_anywhere_is_waited_for() -> None:
    for length in range(len(STORY)):
        shown_ = Shown()
        shown_.feed(STORY[:length])
        shown_.screen.close()


@given(st.integers(0, len(STORY) - 1), st.binary(min_size=1, max_size=8), st.integers(1, 64))
def test_a_story_that_is_spoilt_ends_in_one_error(at: int, spoilt: bytes, size: int) -> None:
    shown_ = Shown()
    story = STORY[:at] + spoilt + STORY[at + len(spoilt) :]
    with contextlib.suppress(Broken, Unshown):
        shown_.feed(story, size=size)
    held = sum(len(parcel.data) for parcel in shown_.screen.outgoing)
    assert held < 1 << 12


NUMBER = st.integers(-(2**31), 2**31 - 1)


@given(st.lists(st.tuples(st.sampled_from(["Update", "UpdateMap"]), st.lists(NUMBER, min_size=5,
       max_size=5), st.binary(max_size=64)), max_size=20))  # fmt: skip
def test_parts_anywhere(parts: list[tuple[str, list[int], bytes]]) -> None:
    shown_ = Shown()
    shown_.feed(scanout(4, 4, pixels(16)))
    with contextlib.suppress(Broken):
        for member, numbers, data in parts:
            area: list[Value] = [number % 7 - 1 for number in numbers[:4]]
            stride = abs(numbers[4]) % 20
            if member == "Update":
                shown_.feed(shown("Update", "iiiiuuay", *area, stride, 0x20020888, data))
            else:
                shown_.feed(update_map(*area))
    assert len(shown_.picture()) == 64
