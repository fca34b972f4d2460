"""The whole client: it asks as the viewer takes, and no server can hurt it."""

import struct
import tracemalloc

import numpy as np
import pytest
import simplejpeg
from hypothesis import example, given
from hypothesis import strategies as st

from backend.display.input import PointerTo
from backend.display.rfb.access import Access
from backend.display.rfb.protocol import RfbProtocol
from backend.errors import BackendError, DisplayBroken
from backend.model import PromptKind
from tests.backend.display.rfb.decoders.pictures import CASES
from tests.backend.display.rfb.script import (
    EVERY,
    Deflater,
    Rectangle,
    compact,
    greeted,
    greeting,
    update,
)

REQUEST = b"\3\1" + struct.pack(">HHHH", 0, 0, 4, 4)
JPEG = simplejpeg.encode_jpeg(np.zeros((4, 4, 3), np.uint8))
PIXEL = (0, 0, 1, 1, 0, b"\1\2\3\0")
WHOLE = update((0, 0, 64, 64, 0, bytes(4 * 64 * 64)))
SIZE = update((0, 0, 64, 64, -308, b"\1\0\0\0" + struct.pack(">I4HI", 0, 0, 0, 64, 64, 0)))
POINTER = update((0, 0, 0, 0, -257, b""))


def test_one_update_is_asked_for_at_a_time() -> None:
    client = greeted(4, 4)
    client.ask()
    assert not client.outgoing  # the first, of everything, is still to come
    client.feed(update(PIXEL))
    client.ask()
    client.ask()
    assert bytes(client.outgoing) == REQUEST


def greeted_and_scrolled() -> RfbProtocol:
    """Return a client whose screen came in pieces for so long that it asked for the whole."""
    client = greeted(64, 64)
    pieces = update(*((4 * (n % 16), 4 * (n // 16), 4, 4, 0, bytes(64)) for n in range(200)))
    client.feed(WHOLE)
    for _ in range(4):
        client.ask()
        client.feed(pieces)
    client.outgoing.clear()
    client.ask()
    return client


def is_asking(client: RfbProtocol) -> bool:
    """Whether it asks for another update now."""
    client.outgoing.clear()
    client.ask()
    return bool(client.outgoing)


def test_a_screen_that_comes_in_pieces_is_asked_for_as_a_whole() -> None:
    client = greeted_and_scrolled()
    assert bytes(client.outgoing) == b"\3\0" + struct.pack(">HHHH", 0, 0, 64, 64)
    # What QEMU answers to that before anything else is no picture, and no reason to ask again.
    client.feed(SIZE)
    assert not is_asking(client)
    client.feed(update())
    assert is_asking(client), "a server that says nothing at all is asked once more"


@pytest.mark.parametrize("unasked", [(), (SIZE,), (POINTER,), (POINTER, SIZE)])
def test_whatever_comes_before_the_whole_screen_it_is_asked_after_that(
    unasked: tuple[bytes, ...],
) -> None:
    client = greeted_and_scrolled()
    for said in unasked:
        client.feed(said)
    client.feed(WHOLE)
    assert is_asking(client)


def test_a_server_that_answers_nothing_when_asked_for_the_whole_is_asked_again() -> None:
    client = greeted_and_scrolled()
    client.feed(update())
    assert is_asking(client)


def test_a_whole_screen_that_never_came_is_asked_after_once_the_server_lives() -> None:
    client = greeted_and_scrolled()
    client.feed(POINTER)
    assert not is_asking(client)
    client.ask_for_sign()
    client.feed(update(PIXEL))
    assert is_asking(client)


def test_of_a_server_that_sends_unasked_is_asked_no_more_often_than_it_sends() -> None:
    client = greeted(4, 4)
    for said in (update(PIXEL), update(PIXEL) * 2, POINTER, POINTER + update(PIXEL)):
        client.feed(said)
        assert is_asking(client)
        assert not is_asking(client), "of what is under way, and of what came before"
    client.feed(update(PIXEL)[:-1])  # the next can be asked for while one comes
    assert is_asking(client)
    client.feed(update(PIXEL)[-1:])
    assert not is_asking(client)


def test_over_a_network_no_more_is_asked_for_than_has_changed() -> None:
    client = greeted(64, 64)
    pieces = update(*((4 * (n % 16), 4 * (n // 16), 4, 4, 0, bytes(64)) for n in range(200)))
    client.prefer((6, 0))
    for _ in range(9):
        client.feed(pieces)
        client.outgoing.clear()
        client.ask()
        assert client.outgoing[1] == 1


def test_other_encodings_are_asked_for_once() -> None:
    client = greeted(4, 4)
    client.prefer(EVERY)
    assert not client.outgoing
    client.prefer((7, 0))
    client.prefer((7, 0))
    assert client.outgoing.startswith(
        b"\2\0" + struct.pack(">Hii", len(client.outgoing) // 4 - 1, 7, 0)
    )


def test_nothing_is_sent_before_the_greeting() -> None:
    client = RfbProtocol(EVERY)
    client.send(PointerTo(1, 1))
    client.ask()
    assert not client.outgoing
    assert client.surface is None


def test_one_that_ended_holds_no_memory_and_its_picture_stays() -> None:
    client = greeted(4, 4)
    client.feed(update(PIXEL)[:-1])  # in the middle of something
    surface = client.surface
    client.close()
    assert len(client.room()) == 0
    assert client.surface is surface


def test_what_nobody_wants_is_passed_over() -> None:
    client = greeted(4, 4)
    colours = b"\1\0" + struct.pack(">HH", 0, 3) + bytes(18)
    clipboard = b"\3\0\0\0" + (2_000_000).to_bytes(4) + bytes(2_000_000)
    extended = b"\3\0\0\0" + (-8).to_bytes(4, signed=True) + bytes(8)
    client.feed(b"\2" + colours + clipboard + extended + update(PIXEL))
    assert client.updates == 1
    assert not client.is_within


@pytest.mark.parametrize("said", [b"\7", b"\xff\1\0\2", b"\3\0\0\0\x7f\xff\xff\xff"])
def test_an_unknown_message_is_the_end(said: bytes) -> None:
    with pytest.raises(DisplayBroken):
        greeted(4, 4).feed(said)


def every_kind() -> bytes:
    """Return an update that has a rectangle of each encoding and each remark."""
    packed = Deflater()(bytes(64))
    tile = Deflater()(b"\1\1\2\3")
    return update(
        (0, 0, 4, 4, 0, bytes(64)),
        (0, 0, 2, 2, 1, struct.pack(">HH", 2, 2)),
        (0, 0, 4, 4, 5, b"\x0e" + bytes(8) + b"\1\x11\x11"),
        (0, 0, 4, 4, 6, len(packed).to_bytes(4) + packed),
        (0, 0, 4, 4, 7, b"\x80\1\2\3"),
        (0, 0, 4, 4, 16, len(tile).to_bytes(4) + tile),
        (0, 0, 4, 4, -239, bytes(64) + bytes(4)),
        (0, 0, 4, 4, -314, bytes(4) + bytes(64)),
        (0, 0, 4, 4, 7, b"\x90" + compact(len(JPEG)) + JPEG),
        (1, 0, 0, 0, -257, b""),
        (0, 0, 0, 0, -258, b""),
        (0, 0, 0, 0, -261, b"\2"),
        (0, 0, 4, 4, -308, b"\1\0\0\0" + bytes(16)),
        (0, 0, 5, 3, -223, b""),
    )


def test_a_connection_that_is_cut_at_any_byte_harms_nothing() -> None:
    said = greeting(4, 4) + every_kind()
    for end in range(len(said)):
        client = RfbProtocol(EVERY)
        client.feed(said[:end])
        assert client.is_within is (end != len(greeting(4, 4)))
    client = RfbProtocol(EVERY)
    client.feed(said)
    assert not client.is_within


@CASES
@given(st.binary(max_size=400), st.integers(1, 50))
@example(b"\0\0\xff\xff" + b"\xff" * 396, 7)
def test_noise_ends_in_one_error_or_waits(noise: bytes, piece: int) -> None:
    hello = b"RFB 003.008\n"
    for start in (b"", hello, greeting(4, 4), greeting(4, 4) + b"\0\0\0\1"):
        feed_broken(start + noise, piece)
    for start in (b"\1\2", b"\1\x14", b"\1\x14\0\0\0\5PLAIN", b"\1\x14\0\0\0\x0dSCRAM-SHA-256"):
        feed_broken(hello + start + noise, piece, lets_in=True)
    for kind in (257, 260, 262):
        start = b"\1\x13\0\2\0\1" + struct.pack(">I", kind)
        feed_broken(hello + start + noise, piece, lets_in=True)


@CASES
@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(1, 50),
)
def test_what_was_tampered_with_ends_in_one_error_or_goes_on(
    changes: list[tuple[int, int]], piece: int
) -> None:
    said = bytearray(greeting(4, 4) + every_kind() * 3)
    for at, value in changes:
        said[at % len(said)] = value
    feed_broken(bytes(said), piece)


SIDES = st.sampled_from([0, 1, 3, 4, 64, 65, 1024, 65535])
KINDS = st.sampled_from([0, 1, 5, 6, 7, 16, -223, -224, -239, -257, -258, -261, -308, -314, 99])
LENGTHS = st.sampled_from([b"", b"\0\0\0\0", b"\0\0\0\x20", b"\0\x10\0\0", b"\xff\xff\xff\xff"])


@st.composite
def made_up(draw: st.DrawFn) -> Rectangle:
    """Return a rectangle that a server might send that wants to know what happens then."""
    content = draw(LENGTHS) + draw(st.binary(max_size=80))
    if draw(st.booleans()):
        packed = Deflater()(draw(st.binary(max_size=64)) * draw(st.sampled_from([1, 9, 5000])))
        lead = draw(st.sampled_from([b"", b"\0", b"\x40\1", b"\x10\2", b"\x90"]))
        length = draw(st.sampled_from([len(packed).to_bytes(4), compact(len(packed))]))
        content = lead + length + packed
    place = draw(st.sampled_from([0, 1, 60, 65535])), draw(st.sampled_from([0, 1, 65535]))
    return (*place, draw(SIDES), draw(SIDES), draw(KINDS), content)


@CASES
@given(st.lists(made_up(), min_size=1, max_size=6), st.integers(0, 65535), st.integers(1, 5000))
def test_made_up_rectangles_end_in_one_error_or_wait(
    rectangles: list[Rectangle], count: int, piece: int
) -> None:
    feed_broken(greeting(64, 64) + update(*rectangles, count=count) + every_kind(), piece)


def feed_broken(said: bytes, piece: int, *, lets_in: bool = False) -> None:
    """Feed it in pieces: only errors of ours come out, and memory stays within bounds."""
    access = Access("vm", "rack-2")
    if lets_in:
        access.tell(PromptKind.DISPLAY_USER, "fred")
        access.tell(PromptKind.DISPLAY_PASSWORD, "pencil")
    tracemalloc.start()
    client = RfbProtocol(EVERY, access)
    try:
        for at in range(0, len(said), piece):
            client.feed(said[at : at + piece])
            client.ask()
            bytes(client.outgoing)
    except BackendError:
        pass
    finally:
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 40_000_000
