"""A stream goes on from piece to piece, and gives no more than it may."""

import pytest

from backend.display.rfb.decoders.streams import Stream
from backend.display.rfb.inbox import PIECE, Inbox
from backend.errors import DisplayBroken
from tests.backend.display.rfb.script import Deflater


def read(stream: Stream, data: bytes, most: int) -> bytes:
    inbox = Inbox()
    steps, sent = stream.read(inbox, len(data), most), 0
    try:
        wanted = next(steps)
        while True:
            room, count = inbox.room(), min(wanted, len(data) - sent)
            assert count > 0, "it waits for more than there is"
            room[:count] = data[sent : sent + count]
            inbox.received(count)
            sent += count
            wanted = steps.send(None)
    except StopIteration as end:
        return bytes(end.value)


def test_it_lasts_and_takes_pieces_of_any_size() -> None:
    deflate, stream = Deflater(), Stream()
    text = bytes(number * 7919 >> 3 & 255 for number in range(3 * PIECE))
    for part in (b"one", text, b"three"):
        assert read(stream, deflate(part), len(part)) == part


def test_it_begins_anew_when_told() -> None:
    stream = Stream()
    assert read(stream, Deflater()(b"one"), 3) == b"one"
    stream.reset()
    assert read(stream, Deflater()(b"two"), 3) == b"two"


@pytest.mark.parametrize("most", [0, 2, 999])
def test_more_than_it_may_is_refused(most: int) -> None:
    with pytest.raises(DisplayBroken):
        read(Stream(), Deflater()(bytes(1000)), most)
