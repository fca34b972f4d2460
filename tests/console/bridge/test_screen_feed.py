"""News comes at once and then at most once in a frame; after closing, nothing comes."""

import threading

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


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    looker = Looker()
    looker.feed.close()
    looker.feed.close()
    looker.channel.fill(Rect(0, 0, 1, 1), 7)
    qtbot.wait(50)
    assert looker.channel.is_closed
    assert looker.news == []
