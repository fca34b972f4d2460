from pytestqt.qtbot import QtBot

from backend.serial.channel import News
from console.bridge.serial_feed import SerialFeed
from tests.fakes.serial_line import FakePort


class Desk:
    def __init__(self) -> None:
        self.port, self.is_ready = FakePort(), True
        self.heard: list[bytes] = []
        self.feed = SerialFeed(self.port, lambda: self.is_ready)
        self.feed.arrived.connect(self._on_arrived)

    def _on_arrived(self, news: News) -> None:
        self.heard.append(news.heard.data)


def test_what_comes_arrives_in_the_gui_s_own_time(qtbot: QtBot) -> None:
    desk = Desk()
    desk.port.write(b"a")
    desk.port.write(b"b")
    assert desk.heard == [], "not in the thread of whoever writes"
    qtbot.waitUntil(lambda: desk.heard == [b"ab"])
    assert desk.feed.send(b"x")
    assert desk.port.sent == b"x"
    desk.feed.close()
    assert desk.port.is_closed
    assert not desk.feed.send(b"x")


def test_who_has_no_time_lets_it_wait_in_the_channel(qtbot: QtBot) -> None:
    desk = Desk()
    desk.is_ready = False
    desk.port.write(b"a")
    qtbot.waitUntil(lambda: desk.feed._waits)
    desk.port.write(b"b")
    desk.feed.go_on()
    assert desk.heard == []
    desk.is_ready = True
    desk.feed.go_on()
    assert desk.heard == [b"ab"]
    desk.feed.go_on()
    assert desk.heard == [b"ab"]
    desk.feed.close()


def test_nothing_arrives_after_it_was_closed(qtbot: QtBot) -> None:
    desk = Desk()
    desk.port.write(b"a")
    desk.feed.close()
    qtbot.wait(10)
    assert desk.heard == []
