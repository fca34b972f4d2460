"""Pointers: with a mask, with alpha as the protocol has it, and with alpha as old QEMUs have it."""

import struct

import pytest

from backend.display.surface import Cursor
from backend.errors import DisplayBroken
from tests.backend.display.rfb.script import greeted, update


def cursor(encoding: int, width: int, height: int, content: bytes) -> Cursor:
    client = greeted(4, 4)
    client.feed(update((1, 0, width, height, encoding, content)))
    found = client.remarks.cursor
    assert found is not None
    assert (found.hot_x, found.hot_y, found.width, found.height) == (1, 0, width, height)
    return found


def test_a_mask_says_which_pixels_are_there() -> None:
    red = b"\0\0\xff\0"
    opaque, none = b"\0\0\xff\xff", bytes(4)
    assert cursor(-239, 2, 2, red * 4 + b"\x40\x80").pixels == none + opaque + opaque + none


def test_colours_that_were_multiplied_by_their_alpha_are_as_they_were() -> None:
    half = bytes([0, 64, 128, 128])
    clear = bytes(4)
    opaque = b"\1\2\3\xff"
    found = cursor(-314, 3, 1, bytes(4) + half + clear + opaque)
    assert found.pixels == bytes([0, 128, 255, 128]) + clear + opaque


def test_colours_that_were_not_are_left_alone() -> None:
    straight = bytes([255, 255, 255, 128]) + bytes([0, 64, 128, 128])
    assert cursor(-314, 2, 1, bytes(4) + straight).pixels == straight


def test_no_cursor_is_one_without_pixels() -> None:
    assert cursor(-314, 0, 0, bytes(4)).pixels == b""
    assert cursor(-239, 0, 0, b"").pixels == b""


@pytest.mark.parametrize(
    ("encoding", "width", "content"),
    [(-239, 1025, b""), (-314, 1025, bytes(4)), (-314, 1, struct.pack(">i", 7))],
)
def test_what_is_no_cursor(encoding: int, width: int, content: bytes) -> None:
    with pytest.raises(DisplayBroken):
        greeted(4, 4).feed(update((0, 0, width, 1, encoding, content)))
