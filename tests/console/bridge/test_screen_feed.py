"""News comes at once and then at most once in a frame; after closing, nothing comes."""

import threading

import pytest
from pytestqt.qtbot import QtBot

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
