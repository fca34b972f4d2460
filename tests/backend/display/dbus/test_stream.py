"""One socket of a peer without the socket: logging in, messages in pieces, descriptors."""

import os

import pytest
from typing_extensions import override

from backend.display.dbus.message import CALL, NO_REPLY, Header, dump
from backend.display.dbus.stream import Call, Refused, Stream, asking_call
from backend.display.dbus.wire import Broken
from tests.backend.display.dbus.qemu import LOGIN


class Ear(Stream):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__(0)
        self.heard: list[Call] = []

    @override
    def _handle(self, call: Call) -> None:
        self.heard.append(call)

    def feed(self, data: bytes, descriptors: tuple[int, ...] = ()) -> None:
        """Receive these bytes, as a socket would hand them over."""
        rest = memoryview(data)
        while rest:
            count = 0
            for room in self.rooms():
                part = min(len(room), len(rest))
                room[:part] = rest[:part]
                rest, count = rest[part:], count + part
            self.received(count, descriptors)
            descriptors = ()


CALLED = Header(CALL, NO_REPLY, "/a", "b.c", "D", signature="us")


def test_the_login_goes_out_unasked() -> None:
    assert bytes(Ear().outgoing[0].data) == b"\0AUTH EXTERNAL 30\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_messages_come_in_pieces_of_any_size(size: int) -> None:
    ear = Ear()
    data = LOGIN + b"".join(dump(CALLED, n, (n, "x" * n)) for n in range(1, 9))
    for at in range(0, len(data), size):
        ear.feed(data[at : at + size])
    assert ear.is_let_in
    assert [call.values for call in ear.heard] == [(n, "x" * n) for n in range(1, 9)]
    assert ear.received_bytes == len(data)


def test_much_more_than_the_block_holds_goes_through_it() -> None:
    ear = Ear()
    big = Header(CALL, NO_REPLY, "/a", "b.c", "D", signature="ay")
    ear.feed(LOGIN + b"".join(dump(big, n, (bytes(1_500_000),)) for n in range(1, 6)))
    assert [len(call.values[0]) for call in ear.heard] == [1_500_000] * 5


def test_whoever_is_not_let_in_hears_why() -> None:
    with pytest.raises(Refused, match="REJECTED EXTERNAL"):
        Ear().feed(b"REJECTED EXTERNAL\r\n")
    with pytest.raises(Broken, match="does not end"):
        Ear().feed(b"O" * 1000)


def test_a_body_that_is_too_long_is_not_awaited() -> None:
    ear = Ear()
    ear.feed(LOGIN)
    with pytest.raises(Broken, match="D of"):
        ear.feed(dump(Header(CALL, 0, "/a", "b.c", "D", signature="ay"), 1, (bytes(3_000_000),)))


def test_descriptors_go_to_the_message_that_counts_them() -> None:
    ear = Ear()
    first, second = os.memfd_create("a"), os.memfd_create("b")
    ear.feed(LOGIN)
    ear.feed(dump(CALLED, 1, (1, "")))
    ear.feed(dump(CALLED._replace(descriptors=1), 2, (2, "")), (first,))
    assert [call.descriptors for call in ear.heard] == [[], [first]]
    ear.received(0, (second,))
    ear.close()
    os.close(first)
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(second)


def test_descriptors_that_did_not_come_or_come_without_end() -> None:
    ear = Ear()
    ear.feed(LOGIN)
    with pytest.raises(Broken, match="of which 0 came"):
        ear.feed(dump(CALLED._replace(descriptors=3), 1, (1, "")))
    ear = Ear()
    with pytest.raises(Broken, match="more descriptors"):
        ear.received(0, [os.memfd_create("x") for _ in range(20)])
    ear.close()


def test_calls_are_numbered_and_descriptors_go_with_theirs() -> None:
    ear = Ear()
    ear.outgoing.clear()
    assert [ear.call(asking_call("/a", "b", "C")) for _ in range(2)] == [1, 2]
    ear.call(asking_call("/a", "b", "C", "h"), (0,), (9,))
    assert [parcel.descriptors for parcel in ear.outgoing] == [[], [9]]


def test_who_does_not_wait_is_not_answered() -> None:
    ear = Ear()
    ear.outgoing.clear()
    ear.answer(Call(CALLED, 5, (), []))
    ear.refuse(Call(CALLED, 5, (), []), "x.y")
    assert not ear.outgoing
    ear.answer(Call(CALLED._replace(flags=0), 5, (), []))
    ear.refuse(Call(CALLED._replace(flags=0), 5, (), []), "x.y")
    assert len(ear.outgoing) == 1
