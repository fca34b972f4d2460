"""What an X server says of its windows, that none is asked which cannot take our memory, loans."""

import gc
import struct
import time
import weakref
from pathlib import Path

import pytest

from backend.display.surface import Surface
from console.widgets.x_server import AHEAD_MOST, Refused, XServer, plain_visuals
from tests.console.widgets.x_display import needs_x, x_display

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


@needs_x
def test_what_was_drawn_is_told_by_the_last_of_a_few() -> None:
    with x_display() as display:
        server, surface = XServer(display), Surface(1024, 768)
        window = root(server)
        server.require_plain(window)
        loan = server.lend(surface)
        for number in range(1, AHEAD_MOST + 1):
            server.draw(window, loan, (surface.whole,), 0, 0)
            assert loan.ahead == number
        end = time.monotonic() + 10
        while loan.ahead and time.monotonic() < end:
            server.look()
        assert loan.ahead == 0, "nobody waited for it"


@needs_x
def test_who_forgets_what_is_not_drawn_yet_has_the_loan_taken_back() -> None:
    with x_display() as display:
        server, surface = XServer(display), Surface(1024, 768)
        window = root(server)
        server.require_plain(window)
        loan = server.lend(surface)
        server.draw(window, loan, (surface.whole,), 0, 0)
        assert loan.ahead == 1, "nobody has looked"
        number, gone = loan.number, weakref.ref(loan)
        del loan
        gc.collect()
        assert gone() is None
        again = server.lend(surface)
        told = server._xcb.xcb_poll_for_queued_event(server._connection)
        assert not told, "what was said of the first is not heaped up"
        server.draw(window, again, (surface.whole,), 0, 0)
        server.wait()
        assert (again.ahead, again.is_refused) == (0, False)
        again.number, kept = number, again.number
        server.draw(window, again, (surface.whole,), 0, 0)
        server.wait()
        assert again.is_refused, "the X server has it no more"
        again.number = kept


@needs_x
def test_descriptors_are_handed_over_and_not_kept() -> None:
    with x_display() as display:
        server, surface = XServer(display), Surface(1024, 768)
        before = open_now()
        loans = [server.lend(surface) for _ in range(5)]
        assert open_now() == before
        assert len({loan.number for loan in loans}) == 5


def open_now() -> int:
    """Count the descriptors that are open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def root(server: XServer) -> int:
    """Return the window behind all others."""
    said = server._setup()
    vendor, formats = struct.unpack_from("=H", said, 24)[0], said[29]
    (found,) = struct.unpack_from("=I", said, 40 + vendor + -vendor % 4 + 8 * formats)
    return int(found)
