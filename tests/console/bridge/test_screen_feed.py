"""News comes at once and then at most once in a frame; after closing, nothing comes."""

import os
import threading

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.display.channel import News
from backend.display.surface import Rect
from backend.display.synthetic import SyntheticChannel
from console.bridge.screen_feed import FRAME_MS, ScreenFeed


class Looker:
    def __init__(self, frame_ms: int = FRAME_MS) -> None:
        self.channel = SyntheticChannel(10, 10)
        self.news: list[News] = []
        self.threads: set[int] = set()
        self.feed = ScreenFeed(self.channel, self.look, frame_ms=frame_ms)

    def look(self, news: News) -> None:
        self.news.append(news)
        self.threads.add(threading.get_ident())


def test_what_another_thread_draws_arrives_here(qtbot: QtBot) -> None:
    looker = Looker()
    qtbot.waitUntil(lambda: len(looker.news) == 1)
    drawing = threading.Thread(target=looker.channel.fill, args=(Rect(0, 0, 2, 2), 7))
    drawing.start()
    drawing.join()
    qtbot.waitUntil(lambda: len(looker.news) == 2)
    assert looker.news[1].damage == (Rect(0, 0, 2, 2),)
    assert looker.threads == {threading.get_ident()}
    looker.feed.close()


def test_many_pictures_are_one(qtbot: QtBot) -> None:
    looker = Looker(frame_ms=2000)
    qtbot.waitUntil(lambda: len(looker.news) == 1)
    for number in range(10):
        looker.channel.fill(Rect(number, 0, 1, 1), 7)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: len(looker.news) == 2, timeout=15_000)
    assert looker.news[1].tally.updates == 10
    assert len(looker.news[1].damage) == 10
    looker.feed.close()


def test_what_was_taken_late_does_not_put_off_the_next(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("console.bridge.screen_feed.time.monotonic", lambda: now[0])
    looker = Looker(frame_ms=100)
    qtbot.waitUntil(lambda: len(looker.news) == 1)
    paces = []
    for at in (100.2, 100.34, 100.41, 100.6):
        # On time, 40 ms late, on time again though less than a frame after that, and after a rest.
        now[0] = at
        looker.channel.fill(Rect(0, 0, 1, 1), 7)
        looker.feed._on_woken()
        paces.append(looker.feed._pause.isActive())
        looker.feed._pause.stop()
    assert paces == [False, False, False, False]
    now[0] = 100.61
    looker.channel.fill(Rect(0, 0, 1, 1), 7)
    looker.feed._on_woken()
    assert looker.feed._pause.isActive(), "never twice in half a frame"
    looker.feed.close()


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    looker = Looker()
    looker.feed.close()
    looker.feed.close()
    looker.channel.fill(Rect(0, 0, 1, 1), 7)
    qtbot.wait(50)
    assert looker.channel.is_closed
    assert looker.news == []


class Belled(SyntheticChannel):
    """Has a bell of its own, which is rung once for each picture, and silent else."""

    def __init__(self) -> None:
        super().__init__(10, 10)
        super().take()
        self.ringing = os.eventfd(0, os.EFD_NONBLOCK)
        self.takes = 0

    @override
    def bell(self) -> int:
        return os.dup(self.ringing)

    @override
    def take(self) -> News:
        self.takes += 1
        os.eventfd_read(self.ringing)
        return super().take()


def test_a_bell_is_heard_at_the_same_pace_and_never_in_between(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, heard = Belled(), 0
    feed = ScreenFeed(channel, lambda _news: None, frame_ms=300)
    bell, listen = feed._bell, feed._on_woken

    def count() -> None:
        nonlocal heard
        heard += 1
        listen()

    assert bell is not None
    assert feed._ringing is not None
    feed._ringing.activated.disconnect()
    feed._ringing.activated.connect(count)
    os.eventfd_write(channel.ringing, 1)
    qtbot.waitUntil(lambda: channel.takes == 1)
    for _ in range(20):
        os.eventfd_write(channel.ringing, 1)
        qtbot.wait(1)
    assert channel.takes == 1
    qtbot.waitUntil(lambda: channel.takes == 2)
    assert heard == 2, "what rings until it is taken is not listened to meanwhile"
    os.eventfd_write(channel.ringing, 1)
    qtbot.waitUntil(lambda: channel.takes == 3)
    feed.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(bell)
    os.eventfd_write(channel.ringing, 1)
    qtbot.wait(20)
    assert channel.takes == 3
    os.close(channel.ringing)
