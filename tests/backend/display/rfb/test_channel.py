"""The thread over a real socket: it asks as the viewer takes, sends what is done, and ends."""

import gc
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from backend.display.channel import ChannelState, News, PointerMode
from backend.display.input import Key, Leds, PointerBy, PointerTo
from backend.display.rfb import patience
from backend.display.rfb.channel import RfbChannel
from backend.display.rfb.messages import Encoding, Link, dump_encodings, encodings_for
from tests.backend.display.rfb.script import greeting, update

PATIENCE_S = 20.0
REQUEST = b"\3\1" + struct.pack(">HHHH", 0, 0, 4, 4)
WHOLE = (0, 0, 4, 4, 0, b"\1\2\3\0" * 16)


class Server:
    """The other end of the socket, and a viewer of the channel."""

    def __init__(self) -> None:
        self.end, ours = socket.socketpair()
        self.end.settimeout(PATIENCE_S)
        self.woken = threading.Event()
        self.channel = RfbChannel(ours, transport="VNC", link=Link.LOCAL)
        self.channel.listen(self.woken.set)

    def greet(self) -> None:
        """Get as far as the first request, and answer it."""
        self.end.sendall(greeting(4, 4))
        self.until(lambda sent: sent.endswith(b"\3\0" + REQUEST[2:]))
        self.end.sendall(update(WHOLE))

    def until(self, holds: Callable[[bytes], bool]) -> bytes:
        """Return what the channel has sent once that holds for it."""
        sent = b""
        while not holds(sent):
            part = self.end.recv(65536)
            assert part, f"the channel closed after {sent!r}"
            sent += part
        return sent

    def news(self, holds: Callable[[News], object]) -> News:
        """Return the news for which that holds, as a viewer that is woken gets them."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self.woken.wait(0.1)
            self.woken.clear()
            news = self.channel.take()
            if holds(news):
                return news
        raise AssertionError("no such news")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.channel.close()
    made.end.close()


def test_a_picture_appears(server: Server) -> None:
    server.greet()
    news = server.news(lambda news: news.tally.updates)
    assert news.standing.state is ChannelState.LIVE
    assert (news.standing.transport, news.standing.pointer) == ("VNC", PointerMode.ABSOLUTE)
    assert news.surface is not None
    assert (news.surface.pixels == 0x030201).all()
    assert news.tally.received_bytes >= 64


def test_updates_are_asked_for_as_the_viewer_takes_them(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    key = Key(0x1E, is_down=True)
    asked = 0
    told = struct.pack(">BBxxI", 4, 1, 97)
    for _ in range(4):
        # Nothing is taken any more: one that was asked for while the last one came, and no further.
        server.end.sendall(update(WHOLE))
        server.channel.send(key)
        asked += server.until(lambda sent: told in sent).count(REQUEST)
    assert asked <= 2
    server.channel.take()
    assert server.until(lambda sent: len(sent) >= len(REQUEST)) == REQUEST


def test_moves_are_gathered_and_keys_never(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    server.until(lambda sent: len(sent) >= len(REQUEST))
    moves = (PointerTo(1, 1), PointerTo(2, 2), Key(30, is_down=True), Key(30, is_down=False))
    server.channel.send(*moves, PointerTo(3, 3), PointerBy(1, 1), PointerBy(2, 2))
    sent = server.until(lambda sent: len(sent) >= 6 + 8 + 8 + 6)
    assert sent == (
        b"\5\0\0\2\0\2" + struct.pack(">BBxxIBBxxI", 4, 1, 97, 4, 0, 97) + b"\5\0\0\3\0\3"
    )


def test_a_server_that_answers_late_is_asked_for_small_pictures() -> None:
    far, ours = socket.socketpair()
    far.settimeout(PATIENCE_S)
    channel = RfbChannel(ours, transport="VNC", link=Link.NETWORK)
    said = greeting(4, 4)
    far.sendall(said[:12])
    sent = b""
    for part in (said[12:14], said[14:18], said[18:]):
        while not (more := far.recv(65536)):
            pass
        sent += more
        time.sleep(0.05)
        far.sendall(part)
    small = dump_encodings(encodings_for(Link.SLOW))
    while small not in sent:
        sent += far.recv(65536)
    assert sent.index(dump_encodings(encodings_for(Link.NETWORK))) < sent.index(small)
    channel.close()
    far.close()


def test_the_other_side_closes(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates)
    server.end.shutdown(socket.SHUT_RDWR)
    news = server.news(lambda news: news.standing.state is ChannelState.ENDED)
    assert news.standing.reason is not None
    assert news.standing.reason.message_id == "DisplayEnded"
    assert news.surface is not None, "the last picture stays"


def test_nonsense_is_one_line_and_the_end(server: Server) -> None:
    server.end.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    news = server.news(lambda news: news.standing.state is ChannelState.ENDED)
    assert news.standing.reason is not None
    assert news.standing.reason.message_id == "DisplayBroken"


def test_one_that_gives_a_byte_now_and_then_is_given_up(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "STALL_S", 0.3)
    server.greet()
    server.news(lambda news: news.tally.updates)
    server.end.sendall(update(WHOLE)[:-30])
    news = server.news(lambda news: news.standing.state is ChannelState.ENDED)
    assert news.standing.reason is not None
    assert news.standing.reason.message_id == "DisplayStalled"


def test_input_that_a_hanging_server_never_answers_is_told(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SIGN_S", 0.1)
    monkeypatch.setattr(patience, "ANSWER_S", 0.4)
    sign = b"\3\0" + struct.pack(">HHHH", 0, 0, 1, 1)
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    server.until(lambda sent: REQUEST in sent)
    server.channel.send(Key(0x1E, is_down=True))
    server.until(lambda sent: sent.endswith(sign))
    server.end.sendall(update((0, 0, 1, 1, 0, b"\1\2\3\0")))
    assert server.news(lambda news: news.tally.updates == 2).standing.reason is None
    server.channel.send(Key(0x1E, is_down=False))
    news = server.news(lambda news: news.standing.state is ChannelState.ENDED)
    assert news.standing.reason is not None
    assert news.standing.reason.message_id == "DisplayStalled"


def test_a_picture_that_is_slow_to_come_is_shown_as_far_as_it_is(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    part = (0, 0, 1, 1, 0, b"\7\7\7\0")
    server.end.sendall(update(part, part)[:-10])
    news = server.news(lambda news: news.damage)
    assert news.tally.updates == 1
    assert news.surface is not None
    assert news.surface.pixels[0, 0] == 0x070707


def test_what_is_said_of_an_idle_screen_is_told_whoever_has_asked_for_more(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    server.until(lambda sent: len(sent) >= len(REQUEST))
    server.channel.take()  # as a second view does
    server.end.sendall(update((0, 0, 1, 1, Encoding.LED_STATE, b"\4")))
    assert server.woken.wait(PATIENCE_S)
    assert server.channel.take().standing.leds == Leds.CAPS


def test_an_idle_screen_wakes_nobody(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    server.until(lambda sent: len(sent) >= len(REQUEST))
    (thread,) = (t for t in threading.enumerate() if t.name == "display-rfb")
    assert thread.native_id is not None
    before = ""
    while before != switches(thread.native_id):  # it has sent its request, and is going to sleep
        before = switches(thread.native_id)
        time.sleep(0.1)
    assert not server.woken.wait(0.5)
    assert switches(thread.native_id) == before


def switches(thread: int) -> str:
    """Return how often a thread of this process has gone to sleep of itself."""
    with open(f"/proc/self/task/{thread}/status") as status:  # noqa: PTH123
        return next(line for line in status if line.startswith("voluntary"))


def test_closing_waits_for_nothing_and_tells_nobody(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    server.channel.close()
    server.channel.close()
    server.channel.send(Key(1, is_down=True))
    while server.end.recv(65536):
        pass
    assert not server.woken.is_set()


def test_what_was_let_go_before_closing_is_let_go_at_the_guest(server: Server) -> None:
    server.greet()
    server.news(lambda news: news.tally.updates == 1)
    for number in (0x1D, 0x38, 0x1E):
        server.channel.send(Key(number, is_down=False))
    server.channel.close()
    sent = b""
    while part := server.end.recv(65536):
        sent += part
    syms = (0xFFE3, 0xFFE9, 0x61)
    sent = sent.replace(REQUEST, b"")
    assert sent.endswith(b"".join(struct.pack(">BBxxI", 4, 0, sym) for sym in syms))


def test_a_channel_that_is_forgotten_closes_itself() -> None:
    end, ours = socket.socketpair()
    end.settimeout(PATIENCE_S)
    channel = RfbChannel(ours, transport="VNC")
    del channel
    gc.collect()
    assert end.recv(1) == b""
    end.close()
