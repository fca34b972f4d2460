"""A viewer is called once for all that is new, and takes it all at once."""

from backend.display.channel import Board, ChannelState, Standing, Tally
from backend.display.surface import Rect, Surface


class Viewer:
    def __init__(self, board: Board) -> None:
        self.calls = 0
        board.listen(self.wake)

    def wake(self) -> None:
        self.calls += 1


def test_it_is_called_once_until_it_takes() -> None:
    board, surface = Board(Standing()), Surface(8, 8)
    viewer = Viewer(board)
    assert viewer.calls == 0
    live = Standing(ChannelState.LIVE)
    board.put(live, surface)
    board.put(live, surface, (Rect(1, 1, 2, 2),))
    assert viewer.calls == 1
    news = board.take()
    assert (news.surface, news.damage, news.standing) == (surface, (surface.whole,), live)
    board.put(live, surface, (Rect(1, 1, 2, 2),))
    assert viewer.calls == 2
    assert board.take().damage == (Rect(1, 1, 2, 2),)


def test_nothing_new_calls_nobody() -> None:
    board = Board(Standing(ChannelState.LIVE))
    viewer = Viewer(board)
    board.put(board.standing)
    assert viewer.calls == 0
    board.put(board.standing, tally=Tally(1))
    assert viewer.calls == 1


def test_who_comes_late_is_told_and_who_has_gone_is_not() -> None:
    board = Board(Standing())
    board.put(Standing(ChannelState.LIVE), Surface(2, 2))
    viewer = Viewer(board)
    assert viewer.calls == 1
    board.silence()
    board.take()
    board.put(Standing(ChannelState.ENDED))
    assert viewer.calls == 1


def test_the_damage_of_a_surface_that_is_gone_is_forgotten() -> None:
    board = Board(Standing(ChannelState.LIVE))
    board.put(board.standing, Surface(100, 100))
    smaller = Surface(10, 10)
    board.put(board.standing, smaller)
    assert board.take().damage == (smaller.whole,)
