"""Serial ports over a libvirt that is made up: the real one is in tests/live."""

from collections.abc import Callable
from typing import Any

import libvirt
import pytest

from backend.errors import BackendError, ConnectionLost
from backend.hypervisor import consoles
from backend.hypervisor.consoles import ConsoleLine
from backend.interruptions import SerialEnded, SerialInUse
from backend.ports import Hold

READABLE, HANGUP = libvirt.VIR_STREAM_EVENT_READABLE, libvirt.VIR_STREAM_EVENT_HANGUP
Event = Callable[[Any, int, object], None]


def error(message: str, code: int = libvirt.VIR_ERR_OPERATION_FAILED) -> libvirt.libvirtError:
    made = libvirt.libvirtError(message)
    made.err = (code, 0, message, 0, "", "", "", 0, 0)
    return made


class Stream:
    """What libvirt would bring; an exception among `comes` is raised."""

    def __init__(self) -> None:
        self.comes: list[bytes | int | Exception] = []
        self.takes: list[int | Exception] = []
        self.sent: list[bytes] = []
        self.event: Event | None = None
        self.did: list[str] = []

    def eventAddCallback(self, events: int, event: Event, _opaque: object) -> None:
        assert events & READABLE
        assert not events & libvirt.VIR_STREAM_EVENT_WRITABLE, "that is always so: it would spin"
        self.event = event

    def eventRemoveCallback(self) -> None:
        self.event = None
        self.did.append("remove")

    def recv(self, _size: int) -> bytes | int:
        came = self.comes.pop(0)
        if isinstance(came, Exception):
            raise came
        return came

    def send(self, data: bytes) -> int:
        count = self.takes.pop(0) if self.takes else len(data)
        if isinstance(count, Exception):
            raise count
        if count > 0:
            self.sent.append(data[:count])
        return count

    def abort(self) -> None:
        self.did.append("abort")

    def happen(self, events: int, *comes: bytes | int | Exception) -> None:
        self.comes += comes
        assert self.event is not None
        self.event(self, events, None)


class Ear:
    def __init__(self, line: ConsoleLine) -> None:
        self.heard: list[bytes] = []
        self.ended: list[BackendError | None] = []
        line.begin(self.heard.append, self.ended.append)


@pytest.fixture
def stream() -> Stream:
    return Stream()


def test_what_comes_is_told_as_it_comes(stream: Stream) -> None:
    ear = Ear(ConsoleLine(stream))
    stream.happen(READABLE, b"login: ")
    stream.happen(READABLE, -2)
    assert ear.heard == [b"login: "]
    assert not ear.ended


@pytest.mark.parametrize("events", [READABLE, HANGUP])
def test_the_other_side_s_end_is_told_once_and_nothing_is_read_any_more(
    stream: Stream, events: int
) -> None:
    ear = Ear(ConsoleLine(stream))
    event = stream.event
    assert event is not None
    stream.happen(events, b"")
    assert (ear.ended, stream.event) == ([None], None)
    event(stream, HANGUP, None)  # one that was under way
    assert ear.ended == [None]


def test_a_broken_stream_says_why(stream: Stream) -> None:
    ear = Ear(ConsoleLine(stream))
    stream.happen(READABLE, error("stream aborted at client request"))
    assert isinstance(ear.ended[0], SerialEnded)
    assert ear.ended[0].detail == ("stream aborted at client request",)


def test_a_lost_connection_is_called_that(stream: Stream) -> None:
    ear = Ear(ConsoleLine(stream))
    stream.happen(READABLE, error("End of file while reading data: Input/output error"))
    assert isinstance(ear.ended[0], ConnectionLost)


def test_keys_wait_while_the_guest_reads_nothing(stream: Stream) -> None:
    line = ConsoleLine(stream)
    stream.takes = [2, -2, 1]
    line.send(b"abcd")
    assert stream.sent == [b"ab", b"c", b"d"]


def test_nothing_is_sent_on_a_line_that_has_ended(stream: Stream) -> None:
    line = ConsoleLine(stream)
    stream.takes = [error("broken pipe")]
    with pytest.raises(SerialEnded):
        line.send(b"x")
    line.lose()
    with pytest.raises(SerialEnded):
        line.send(b"x")
    assert not stream.sent


def test_a_line_is_closed_without_a_word(stream: Stream) -> None:
    line = ConsoleLine(stream)
    ear = Ear(line)
    line.close()
    assert stream.did == ["remove", "abort"]
    assert not ear.ended


def test_who_let_go_hears_nothing_of_what_was_being_read(
    stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ConsoleLine(stream)
    ear = Ear(line)

    def recv(_size: int) -> bytes:
        line.close()  # by another thread, meanwhile
        return b"late"

    monkeypatch.setattr(stream, "recv", recv)
    stream.happen(READABLE)
    assert (ear.heard, ear.ended) == ([], [])


def test_who_loses_the_connection_is_told(stream: Stream) -> None:
    line = ConsoleLine(stream)
    ear = Ear(line)
    line.lose()
    assert isinstance(ear.ended[0], ConnectionLost)


class Connect:
    """A connection to a host whose machine's port is held, or not."""

    def __init__(self, stream: Stream, refusal: str = "") -> None:
        self.stream, self.refusal = stream, refusal
        self.opened: list[tuple[str | None, int]] = []

    def newStream(self, flags: int) -> Stream:
        assert flags == libvirt.VIR_STREAM_NONBLOCK
        return self.stream

    def lookupByUUIDString(self, _uuid: str) -> Any:
        return self

    def name(self) -> str:
        return "web-01"

    def openConsole(self, alias: str | None, _stream: Stream, flags: int) -> None:
        self.opened.append((alias, flags))
        if self.refusal:
            raise error(self.refusal)


def test_a_port_is_opened_by_its_alias_and_taken_from_nobody(stream: Stream) -> None:
    connect = Connect(stream)
    consoles.open_console(connect, "1", "serial1", Hold.SAFE)
    consoles.open_console(connect, "1", "", Hold.FORCE)
    assert connect.opened == [
        ("serial1", libvirt.VIR_DOMAIN_CONSOLE_SAFE),
        (None, libvirt.VIR_DOMAIN_CONSOLE_FORCE),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "operation failed: Active console session exists for this domain",
        "Requested console pty '/dev/pts/3' is locked by lock file '/x' held by process 7",
    ],
)
def test_a_port_that_another_client_has_says_so(stream: Stream, words: str) -> None:
    with pytest.raises(SerialInUse) as caught:
        consoles.open_console(Connect(stream, words), "1", "serial0", Hold.SAFE)
    assert caught.value.arguments == {"name": "web-01"}
    assert caught.value.detail == (words,)


def test_any_other_refusal_is_libvirt_s_own(stream: Stream) -> None:
    with pytest.raises(libvirt.libvirtError):
        consoles.open_console(Connect(stream, "no"), "1", "serial0", Hold.SAFE)
