"""A channel over a line that is made up; the real one is in tests/live."""

import gc
import threading
import time
from collections.abc import Callable

import pytest

from backend.errors import BackendError, ConnectionLost
from backend.interruptions import SerialEnded
from backend.serial import channel as channels
from backend.serial.backlog import MAXIMUM_BYTES
from backend.serial.channel import LineChannel, SerialChannel


class Line:
    """A line whose guest does what the test says."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.may_send = threading.Event()
        self.may_send.set()
        self.is_broken = False
        self.closed = threading.Event()

    def begin(
        self, heard: Callable[[bytes], None], ended: Callable[[BackendError | None], None]
    ) -> None:
        self.heard, self.ended = heard, ended

    def send(self, data: bytes) -> None:
        assert self.may_send.wait(10)
        if self.is_broken:
            raise SerialEnded(detail=("broken pipe",))
        self.sent.append(data)

    def close(self) -> None:
        self.closed.set()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def test_who_listens_is_woken_once_for_all_that_came() -> None:
    line = Line()
    channel = LineChannel(line)
    woken: list[int] = []
    channel.listen(lambda: woken.append(1))
    line.heard(b"login")
    line.heard(b": ")
    assert len(woken) == 1
    assert channel.take().heard.data == b"login: "
    line.heard(b"$ ")
    assert len(woken) == 2
    channel.close()
    line.heard(b"nobody is told of this")
    assert len(woken) == 2
    assert line.closed.wait(10)


def test_what_came_before_is_told_to_who_listens_later() -> None:
    line = Line()
    channel = LineChannel(line)
    line.heard(b"early")
    woken: list[int] = []
    channel.listen(lambda: woken.append(1))
    assert woken == [1]
    channel.close()


def test_keys_go_in_order_and_a_guest_that_reads_nothing_holds_nobody_up() -> None:
    line = Line()
    line.may_send.clear()
    channel = LineChannel(line)
    assert channel.send(b"ls")
    assert channel.send(b"\r")
    line.may_send.set()
    until(lambda: line.sent == [b"ls", b"\r"])
    channel.close()


def test_what_waits_to_be_sent_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "UNSENT_MAXIMUM", 10_000)
    line = Line()
    line.may_send.clear()
    channel = LineChannel(line)
    assert channel.send(b"x" * 9_000)
    assert not channel.send(b"x" * 9_000), "whole or not at all"
    line.may_send.set()
    until(lambda: sum(map(len, line.sent)) == 9_000)
    assert channel.send(b"x" * 9_000), "there is room again"
    channel.close()
    assert not channel.send(b"x")


def test_what_waits_when_it_is_closed_is_not_sent() -> None:
    line = Line()
    line.may_send.clear()
    channel = LineChannel(line)
    channel.send(b"a" * 3 * 4096)
    until(lambda: channel._outbox._parts.qsize() == 2)
    channel.close()
    line.may_send.set()
    assert line.closed.wait(10)
    assert len(line.sent) == 1


def test_the_end_is_told_with_its_first_reason_after_the_last_bytes() -> None:
    line = Line()
    channel = LineChannel(line)
    line.heard(b"Power down")
    line.ended(ConnectionLost())
    line.ended(None)
    news = channel.take()
    assert news.heard.data == b"Power down"
    assert news.reason == ConnectionLost().problem
    channel.close()


def test_the_machine_s_end_has_words_of_its_own() -> None:
    line = Line()
    channel = LineChannel(line)
    line.ended(None)
    assert channel.take().reason == SerialEnded().problem
    channel.close()


def test_a_line_that_breaks_while_it_is_written_to_has_ended() -> None:
    line = Line()
    line.is_broken = True
    channel = LineChannel(line)
    channel.send(b"x")
    until(lambda: channel.take().reason is not None)
    channel.close()


def test_a_guest_that_writes_for_ever_takes_no_more_than_the_bound() -> None:
    line = Line()
    channel = LineChannel(line)
    for _ in range(200):
        line.heard(b"y\r\n" * 20_000)
    heard = channel.take().heard
    assert len(heard.data) + len(heard.lost) <= 2 * MAXIMUM_BYTES
    assert heard.lost_lines + heard.data.count(b"\n") == 200 * 20_000
    channel.close()


def test_one_that_is_forgotten_closes_itself() -> None:
    line = Line()
    made: list[SerialChannel] = [LineChannel(line)]
    made.clear()
    gc.collect()
    assert line.closed.wait(10)
