"""What stands before a body, there and back."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.dbus.message import CALL, START, Header, Headers, dump
from backend.display.dbus.wire import Broken, marshal

CALLED = Header(CALL, 1, "/a/b", "c.d", "E", signature="uay", descriptors=2)


def test_there_and_back() -> None:
    headers = Headers()
    for serial, data in ((5, b"xyz"), (6, b"x" * 300)):
        message = dump(CALLED, serial, (1, data))
        whole, length = headers.length(message[:START])
        assert message[whole:] == marshal("uay", (1, data))
        assert length == len(message) - whole
        assert headers.parse(message[:whole]) == (CALLED, serial)


def test_the_same_is_read_once() -> None:
    headers = Headers()
    heads = [dump(CALLED, serial, (serial, b""))[:-8] for serial in (1, 2)]
    first, second = (headers.parse(head)[0] for head in heads)
    assert first is second


def test_what_is_kept_of_them_is_bounded() -> None:
    headers = Headers()
    for number in range(1, 1000):
        headers.parse(dump(Header(2, reply_to=number), 1))
    assert len(headers._known) <= 64


@pytest.mark.parametrize(
    "start",
    [
        b"B\1\0\1" + bytes(12),
        b"l\0\0\1" + bytes(12),
        b"l\1\0\2" + bytes(12),
        b"l\1\0\1\xff\xff\xff\xff" + bytes(8),
        b"l\1\0\1\0\0\0\0\1\0\0\0\xff\xff\xff\x7f",
    ],
)
def test_what_is_no_message(start: bytes) -> None:
    with pytest.raises(Broken):
        Headers().length(start)


@given(st.binary(min_size=START, max_size=200))
def test_anything_ends_in_a_header_or_one_error(data: bytes) -> None:
    headers = Headers()
    data = b"l\1\0\1" + data[4:12] + (len(data) - START).to_bytes(4, "little") + data[16:]
    with contextlib.suppress(Broken):
        headers.parse(data)
