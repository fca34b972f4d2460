"""One channel for several who look, each at a pace of its own."""

import pytest
from typing_extensions import override

from backend.display.channel import ChannelState, News
from backend.display.input import Key
from backend.display.shared import SharedScreen
from backend.display.surface import Rect
from backend.display.synthetic import SyntheticChannel
from backend.errors import DisplayEnded


class Eye:
    """One who looks when told."""

    def __init__(self, screen: SharedScreen) -> None:
        self.view = screen.view()
        self.told = 0
        self.view.listen(self._wake)

    def _wake(self) -> None:
        self.told += 1


@pytest.fixture
def channel() -> SyntheticChannel:
    return SyntheticChannel(64, 48)


@pytest.fixture
def screen(channel: SyntheticChannel) -> SharedScreen:
    return SharedScreen(channel)


def test_each_has_the_whole_picture_and_then_what_is_new(
    screen: SharedScreen, channel: SyntheticChannel
) -> None:
    one = Eye(screen)
    assert one.told == 1
    news = one.view.take()
    assert news.surface is channel.surface
    assert news.damage == (channel.surface.whole,)
    two = Eye(screen)
    assert two.told == 1
    assert two.view.take().damage == (channel.surface.whole,)
    assert one.view.take().damage == ()
    channel.fill(Rect(1, 2, 3, 4), 7)
    assert (one.told, two.told) == (2, 2)
    assert one.view.take().damage == (Rect(1, 2, 3, 4),)
    channel.fill(Rect(9, 9, 1, 1), 7)
    assert one.view.take().damage == (Rect(9, 9, 1, 1),)
    assert two.view.take().damage == (Rect(1, 2, 3, 4), Rect(9, 9, 1, 1)), "the slow lose nothing"


def test_nobody_is_woken_again_for_what_he_was_told(
    screen: SharedScreen, channel: SyntheticChannel
) -> None:
    one, two = Eye(screen), Eye(screen)
    for eye in (one, two):
        eye.view.take()
    before = one.told, two.told
    for _ in range(5):
        channel.fill(Rect(0, 0, 1, 1), 7)
    assert (one.told, two.told) == (before[0] + 1, before[1] + 1)
    two.view.take()
    two.view.take()
    assert (one.told, two.told) == (before[0] + 1, before[1] + 1)


def test_all_can_use_it_and_the_last_closes_it(
    screen: SharedScreen, channel: SyntheticChannel
) -> None:
    one, two = Eye(screen), Eye(screen)
    one.view.send(Key(1, is_down=True))
    two.view.send(Key(1, is_down=False))
    assert channel.sent == [Key(1, is_down=True), Key(1, is_down=False)]
    two.view.resize(32, 32)
    assert one.view.take().surface is channel.surface
    two.view.take()
    one.view.close()
    told = one.told, two.told
    channel.fill(Rect(0, 0, 1, 1), 7)
    assert (one.told, two.told) == (told[0], told[1] + 1)
    two.view.close()
    assert channel.is_closed
    assert screen.is_over


def test_all_hear_of_its_end(screen: SharedScreen, channel: SyntheticChannel) -> None:
    one, two = Eye(screen), Eye(screen)
    one.view.take()
    two.view.take()
    channel.end(DisplayEnded().problem)
    assert one.view.take().standing.reason == DisplayEnded().problem
    assert two.view.take().standing.state is ChannelState.ENDED
    assert screen.is_over


def test_it_can_be_ended_for_all(screen: SharedScreen, channel: SyntheticChannel) -> None:
    one, two = Eye(screen), Eye(screen)
    one.view.take()
    two.view.take()
    screen.end()
    assert channel.is_closed
    channel.fill(Rect(0, 0, 1, 1), 7)
    for eye in (one, two):
        assert eye.view.take().standing.state is ChannelState.ENDED
        assert eye.view.take().standing.state is ChannelState.ENDED, "and it stays so"


class Lively(SyntheticChannel):
    """Changes once in the very moment in which somebody takes what is new."""

    is_changing = False

    @override
    def take(self) -> News:
        news = super().take()
        if self.is_changing:
            self.is_changing = False
            self.fill(Rect(5, 5, 1, 1), 7)
        return news


def test_what_comes_while_somebody_takes_is_told_afterwards() -> None:
    channel = Lively(64, 48)
    one = Eye(SharedScreen(channel))
    one.view.take()
    channel.fill(Rect(0, 0, 1, 1), 7)
    channel.is_changing = True
    assert one.view.take().damage == (Rect(0, 0, 1, 1),)
    told = one.told
    assert one.view.take().damage == (Rect(5, 5, 1, 1),)
    assert told == 3, "the first picture, a change, and one that came meanwhile"
    channel.fill(Rect(9, 9, 1, 1), 7)
    assert one.told == 4


class Silent(SyntheticChannel):
    """Tells of a picture by its bell alone."""

    @override
    def bell(self) -> int:
        return 77

    def show(self, rect: Rect) -> None:
        with self._board._lock:
            self._board._damage.add(rect)


def test_a_bell_is_all_views_own_and_who_takes_tells_the_others() -> None:
    channel = Silent(64, 48)
    screen = SharedScreen(channel)
    one, two = Eye(screen), Eye(screen)
    for eye in (one, two):
        eye.view.take()
        assert eye.view.bell() == 77
    channel.show(Rect(1, 2, 3, 4))
    told = one.told, two.told
    assert one.view.take().damage == (Rect(1, 2, 3, 4),)
    assert (one.told, two.told) == (told[0], told[1] + 1)
    assert two.view.take().damage == (Rect(1, 2, 3, 4),)
