"""What an X server says of its windows, and that none is asked which cannot take our memory."""

import struct

import pytest

from console.widgets.x_server import Refused, XServer, plain_visuals

PLAIN = (0x21, 4, 0xFF0000, 0xFF00, 0xFF)
OTHER_WAY_ROUND = (0x22, 4, 0xFF, 0xFF00, 0xFF0000)
PALETTE = (0x23, 3, 0xFF0000, 0xFF00, 0xFF)
WITH_ALPHA = (0x24, 4, 0xFF0000, 0xFF00, 0xFF)


def setup(order: int = 0, bits: int = 32) -> bytes:
    """Return what an X server says first, with two screens."""
    vendor = b"The vendor"
    head = bytearray(40)
    struct.pack_into("=H", head, 24, len(vendor))
    head[28], head[29], head[30] = 2, 2, order
    formats = struct.pack("=BBB5xBBB5x", 1, 1, 32, 24, bits, 32)
    depths = ((24, (PLAIN, OTHER_WAY_ROUND, PALETTE)), (32, (WITH_ALPHA,)))
    screen = bytearray(40)
    screen[39] = len(depths)
    for depth, visuals in depths:
        screen += struct.pack("=BxH4x", depth, len(visuals))
        for number, kind, *masks in visuals:
            screen += struct.pack("=IBBHIII4x", number, kind, 8, 256, *masks)
    return bytes(head) + vendor + bytes(2) + formats + bytes(screen) * 2


def test_only_windows_with_our_pixels_are_drawn_to() -> None:
    assert plain_visuals(setup()) == {struct.pack("=I", PLAIN[0])}


@pytest.mark.parametrize(("order", "bits"), [(1, 32), (0, 24)])
def test_an_x_server_that_lays_pixels_out_otherwise_has_none(order: int, bits: int) -> None:
    assert plain_visuals(setup(order, bits)) == frozenset()


@pytest.mark.parametrize("display", ["", "localhost:10.0", "far.example.com:0"])
def test_one_far_away_is_not_even_called(display: str) -> None:
    with pytest.raises(Refused):
        XServer(display)


def test_one_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused):
        XServer(":64998")
