"""A screen is fetched once, whoever looks at it, and let go with the last."""

import gc
import weakref
from collections.abc import Awaitable

import pytest
from pytestqt.qtbot import QtBot

from backend.display.channel import FramebufferChannel
from backend.display.failures import DisplayAsks
from backend.display.synthetic import SyntheticChannel
from backend.errors import BackendError, DisplayMissing
from backend.model import DomainState
from console.snapins.machines.open_screens import OpenScreens
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

REF = domain("web-01", DomainState.RUNNING).ref
OPEN = "display.open_display"


class Opening:
    """Opens screens, and keeps what came."""

    def __init__(self, context: LentContext) -> None:
        self.context = context
        self.screens = OpenScreens()
        self.came: list[FramebufferChannel] = []
        self.refused: list[BackendError] = []

    def begin(self, *, may_ask: bool = True) -> None:
        self.context.run(self._open(may_ask=may_ask))

    def _open(self, *, may_ask: bool) -> Awaitable[None]:
        async def work() -> None:
            try:
                self.came.append(await self.screens.open(self.context, REF, may_ask=may_ask))
            except (DisplayMissing, DisplayAsks) as error:
                self.refused.append(error)

        return work()


@pytest.fixture
def opening(context: LentContext) -> Opening:
    return Opening(context)


def test_those_who_come_while_it_is_fetched_wait_for_the_same(
    opening: Opening, qtbot: QtBot
) -> None:
    channel = SyntheticChannel(8, 8)
    engine = opening.context.engine
    opening.begin()
    opening.begin()
    qtbot.waitUntil(lambda: len(engine.queries) == 1)
    engine.waiting.settle(OPEN, channel)
    qtbot.waitUntil(lambda: len(opening.came) == 2)
    assert len(engine.queries) == 1
    third = opening.screens.join(REF)
    assert third is not None
    for view in (*opening.came, third):
        assert not channel.is_closed
        assert view.take().surface is channel.surface
        view.close()
    assert opening.screens.join(REF) is None, "the screen was let go"
    opening.begin()
    qtbot.waitUntil(lambda: len(engine.queries) == 2)


def test_a_refusal_is_told_to_all_and_the_next_one_asks_again(
    opening: Opening, qtbot: QtBot
) -> None:
    engine = opening.context.engine
    opening.begin()
    opening.begin()
    qtbot.waitUntil(lambda: len(engine.queries) == 1)
    engine.waiting.settle(OPEN, DisplayMissing(name="web-01"))
    qtbot.waitUntil(lambda: len(opening.refused) == 2)
    opening.begin()
    qtbot.waitUntil(lambda: len(engine.queries) == 2)


def test_who_may_ask_does_so_where_the_first_was_not_to(opening: Opening, qtbot: QtBot) -> None:
    engine = opening.context.engine
    opening.begin(may_ask=False)
    qtbot.waitUntil(lambda: len(engine.queries) == 1)
    opening.begin()
    engine.waiting.settle(OPEN, DisplayAsks(name="web-01"))
    qtbot.waitUntil(lambda: len(engine.queries) == 2)
    assert len(opening.refused) == 1
    engine.waiting.settle(OPEN, SyntheticChannel(8, 8))
    qtbot.waitUntil(lambda: len(opening.came) == 1)
    assert [query.options for query in engine.queries] == [{"may_ask": False}, {"may_ask": True}]
    opening.came[0].close()


def test_a_picture_is_had_only_of_what_was_seen(opening: Opening, qtbot: QtBot) -> None:
    channel = SyntheticChannel(8, 8)
    opening.context.engine.answers[OPEN] = channel
    opening.begin()
    qtbot.waitUntil(lambda: len(opening.came) == 1)
    assert opening.screens.picture(REF) is None
    channel.fill(channel.surface.whole, 0x123456)
    opening.came[0].take()
    picture = opening.screens.picture(REF)
    assert picture is not None
    assert picture.pixel(3, 3) & 0xFFFFFF == 0x123456


def test_nothing_is_kept_of_a_screen_that_was_let_go(opening: Opening, qtbot: QtBot) -> None:
    channel = SyntheticChannel(8, 8)
    opening.context.engine.answers[OPEN] = channel
    opening.begin()
    qtbot.waitUntil(lambda: len(opening.came) == 1)
    surface = weakref.ref(channel.surface)
    opening.came[0].take()
    opening.came.pop().close()
    opening.context.engine.answers.clear()
    opening.context.engine.waiting.futures.clear()
    del channel

    def is_gone() -> bool:
        gc.collect()
        return surface() is None

    qtbot.waitUntil(is_gone)
