"""Texts of servers: held to a length, and made one line."""

from collections.abc import Generator

import pytest

from backend.display.rfb.inbox import Inbox
from backend.display.rfb.texts import read_bytes, read_text, skip_text
from backend.errors import DisplayBroken


def run(steps: Generator[int, None, object]) -> object:
    """Return what it comes to, with all bytes there."""
    with pytest.raises(StopIteration) as caught:
        next(steps)
    return caught.value.value


def inbox(said: bytes) -> Inbox:
    made = Inbox(100)
    made.room()[: len(said)] = said
    made.received(len(said))
    return made


def test_texts() -> None:
    assert run(read_text(inbox(b"\0\0\0\x0bno\n  more\0\0"))) == "no more"
    assert run(read_bytes(inbox(b"\0\0\0\2\0\1"))) == b"\0\1"
    rest = inbox(b"\0\0\0\2abc")
    run(skip_text(rest, 2))
    assert rest.take(1) == b"c"


@pytest.mark.parametrize("said", [b"\0\0\x10\1", b"\xff\xff\xff\xff"])
def test_what_is_too_long(said: bytes) -> None:
    with pytest.raises(DisplayBroken):
        next(read_text(inbox(said)))


def test_what_is_passed_over_has_an_end_too() -> None:
    with pytest.raises(DisplayBroken):
        next(skip_text(inbox(b"\x7f\0\0\0"), 1 << 24))
