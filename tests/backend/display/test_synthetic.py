"""The made-up screen behaves as every channel does."""

from backend.display.channel import ChannelState, PointerMode
from backend.display.input import Key, Leds
from backend.display.surface import Cursor, Rect
from backend.display.synthetic import SyntheticChannel
from backend.errors import DisplayEnded


def test_it_shows_what_it_is_told_and_keeps_what_was_done() -> None:
    channel = SyntheticChannel(20, 10)
    calls: list[None] = []
    channel.listen(lambda: calls.append(None))
    assert len(calls) == 1
    assert channel.take().surface is channel.surface
    channel.fill(Rect(2, 3, 4, 5), 0xABCDEF)
    channel.change(pointer=PointerMode.RELATIVE, leds=Leds.NUM)
    news = channel.take()
    assert len(calls) == 2
    assert news.damage == (Rect(2, 3, 4, 5),)
    assert channel.surface.pixels[3, 2] == 0xABCDEF
    assert (news.standing.pointer, news.standing.leds) == (PointerMode.RELATIVE, Leds.NUM)
    channel.send(Key(30, is_down=True))
    assert channel.sent == [Key(30, is_down=True)]


def test_another_size_is_another_surface() -> None:
    channel = SyntheticChannel(4, 4)
    channel.fill(Rect(0, 0, 4, 4), 5)
    channel.take()
    channel.resize(6, 2)
    surface = channel.take().surface
    assert surface is not None
    assert surface.pixels.tolist() == [[5, 5, 5, 5, 0, 0]] * 2


def test_it_ends_with_a_reason_and_is_silent_once_closed() -> None:
    channel = SyntheticChannel()
    calls: list[None] = []
    channel.listen(lambda: calls.append(None))
    channel.take()
    channel.end(DisplayEnded().problem)
    news = channel.take()
    assert news.standing.state is ChannelState.ENDED
    assert news.standing.reason == DisplayEnded().problem
    channel.close()
    channel.change(cursor=Cursor(1, 1, 0, 0, b"\0\0\0\0"))
    assert len(calls) == 2
