"""The block takes any number of bytes in any pieces, and never grows."""

from backend.display.rfb.inbox import PIECE, Inbox, skip, wait


def put(inbox: Inbox, data: bytes) -> None:
    room = inbox.room()
    room[: len(data)] = data
    inbox.received(len(data))


def test_bytes_come_out_in_their_order_however_they_came() -> None:
    inbox = Inbox(PIECE * 2)
    sent = bytes(range(256)) * 10_000
    got, at = bytearray(), 0
    while len(got) < len(sent):
        count = min(len(inbox.room()), 70_001, len(sent) - at)
        put(inbox, sent[at : at + count])
        at += count
        got += inbox.take(min(inbox.ready, 50_021) if at < len(sent) else inbox.ready)
    assert bytes(got) == sent
    assert len(inbox.block) == PIECE * 2


def test_there_is_room_behind_what_is_left_of_a_full_block() -> None:
    inbox = Inbox(8)
    put(inbox, b"abcdefgh")
    assert inbox.take(6) == b"abcdef"
    put(inbox, b"ijklmn")
    assert inbox.take(8) == b"ghijklmn"


def test_a_reading_waits_for_what_it_needs() -> None:
    inbox = Inbox(64)
    steps = wait(inbox, 3)
    assert next(steps) == 3
    put(inbox, b"ab")
    assert steps.send(None) == 3
    put(inbox, b"c")
    assert next(steps, "done") == "done"
    assert inbox.take(3) == b"abc"


def test_more_than_the_block_holds_is_passed_over() -> None:
    inbox = Inbox(8)
    steps = skip(inbox, 20)
    assert next(steps) == 1
    for _ in range(2):
        put(inbox, b"12345678")
        assert next(steps) == 1
    put(inbox, b"1234X")
    assert next(steps, "done") == "done"
    assert inbox.take(1) == b"X"


def test_what_is_poured_goes_to_its_place_and_what_follows_does_not() -> None:
    inbox, place = Inbox(8), bytearray(20)
    put(inbox, b"ab0123")
    assert inbox.take(2) == b"ab"
    steps = inbox.pour(memoryview(place))
    assert next(steps) == 0
    assert len(inbox.room()) == 16
    for part in (b"456789", b"ABCDEFGHI"):
        put(inbox, part)
        assert next(steps) == 0
    put(inbox, b"J")
    assert next(steps, "done") == "done"
    assert place == b"0123456789ABCDEFGHIJ"
    assert not inbox.is_pouring
    put(inbox, b"next")
    assert inbox.take(4) == b"next"
