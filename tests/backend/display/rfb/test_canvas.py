"""Rectangles land where they belong, remarks are remembered, and nothing lands outside."""

import struct

import numpy as np
import pytest

from backend.display.input import Leds
from backend.display.surface import Cursor, Rect, Surface
from backend.errors import DisplayBroken
from tests.backend.display.rfb.script import Rectangle, greeted, update

RED = b"\0\0\xff\0"


def surface_of(client: object) -> Surface:
    surface = getattr(client, "surface", None)
    assert isinstance(surface, Surface)
    return surface


def test_raw_rectangles_and_their_damage() -> None:
    client = greeted(8, 8)
    client.feed(update((1, 2, 2, 1, 0, RED * 2), (7, 7, 1, 1, 0, RED)))
    assert [tuple(place) for place in np.argwhere(surface_of(client).pixels)] == [
        (2, 1), (2, 2), (7, 7),
    ]  # fmt: skip
    assert client.take_damage() == (Rect(1, 2, 2, 1), Rect(7, 7, 1, 1))
    assert client.take_damage() == ()


def test_a_copy_reads_before_it_writes() -> None:
    client = greeted(4, 1)
    row = b"".join(bytes([number, 0, 0, 0]) for number in range(4))
    client.feed(update((0, 0, 4, 1, 0, row), (1, 0, 3, 1, 1, struct.pack(">HH", 0, 0))))
    assert surface_of(client).pixels.tolist() == [[0, 0, 1, 2]]


@pytest.mark.parametrize(
    "rectangle",
    [
        (5, 0, 4, 1, 0, RED * 4),
        (0, 8, 1, 1, 0, RED),
        (65535, 65535, 65535, 65535, 0, b""),
        (0, 0, 65535, 65535, 6, b"\0\0\0\0"),
        (0, 0, 4, 4, 1, struct.pack(">HH", 6, 0)),
        (0, 0, 4, 4, 99, b""),
        (0, 0, 4, 4, -999, b""),
        (0, 0, 65535, 65535, -239, b""),
        (0, 0, 65535, 65535, -223, b""),
        (0, 0, 0, 0, -223, b""),
    ],
)
def test_what_makes_no_sense_is_refused(rectangle: Rectangle) -> None:
    with pytest.raises(DisplayBroken):
        greeted(8, 8).feed(update(rectangle))


def test_an_update_without_an_end_is_refused() -> None:
    client = greeted(4, 4)
    whole = (0, 0, 4, 4, 0, RED * 16)
    with pytest.raises(DisplayBroken, match="without an end"):
        client.feed(update(*[whole] * 9, count=65535))


def test_remarks_without_an_end_are_refused() -> None:
    client = greeted(4, 4)
    with pytest.raises(DisplayBroken, match="without an end"):
        client.feed(update(*[(0, 0, 0, 0, -258, b"")] * 99))


def test_the_last_rectangle_may_be_told_late() -> None:
    client = greeted(4, 4)
    client.feed(update((0, 0, 1, 1, 0, RED), (0, 0, 0, 0, -224, b""), count=65535))
    assert not client.is_within
    assert client.updates == 1


def test_remarks() -> None:
    client = greeted(8, 8)
    cursor = RED * 4 + b"\x40\x80"
    client.feed(
        update(
            (1, 0, 2, 2, -239, cursor),
            (0, 0, 0, 0, -257, b""),
            (0, 0, 0, 0, -258, b""),
            (0, 0, 0, 0, -261, b"\x06"),
        )
    )
    opaque, none = b"\0\0\xff\xff", bytes(4)
    assert client.remarks.cursor == Cursor(2, 2, 1, 0, none + opaque + opaque + none)
    assert not client.remarks.is_absolute
    assert client.remarks.takes_scan_codes
    assert client.remarks.leds == Leds.NUM | Leds.CAPS
    assert client.updates == 0


def test_another_size_keeps_what_fits_and_asks_for_all() -> None:
    client = greeted(4, 4)
    client.feed(update((0, 0, 4, 4, 0, RED * 16)))
    before = surface_of(client)
    client.feed(update((0, 0, 6, 3, -223, b"")))
    after = surface_of(client)
    assert after is not before
    assert (after.width, after.height) == (6, 3)
    assert np.count_nonzero(after.pixels) == 12
    assert client.take_damage() == ()
    assert client.outgoing.endswith(b"\3\0" + struct.pack(">HHHH", 0, 0, 6, 3))


def test_the_extended_size_says_that_it_can_be_changed() -> None:
    client = greeted(4, 4)
    client.resize(800, 600)
    assert not client.outgoing
    screen = struct.pack(">IHHHHI", 7, 0, 0, 6, 3, 0)
    client.feed(update((0, 0, 6, 3, -308, b"\1\0\0\0" + screen)))
    assert surface_of(client).width == 6
    client.resize(800, 600)
    assert client.outgoing[-24:].startswith(b"\xfb\0" + struct.pack(">HHBxI", 800, 600, 1, 7))
    # Refused (its reason stands in y): the size stays.
    client.feed(update((1, 3, 9, 9, -308, b"\0\0\0\0")))
    assert surface_of(client).width == 6
