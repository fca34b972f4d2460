"""Pictures are asked for as they are looked back at."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import HostUnknown
from backend.history.screens import Screen
from console.snapins.machines.film import small
from console.snapins.machines.pages.reel import Reel
from console.widgets.filmstrip import Frame, Stretch
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.pictures import plain
from tests.fakes.machines import domain

VM = domain("web-01").ref
ONE, TWO = (0.0, 10.0), (10.0, 20.0)


class Shown:
    """What a reel showed last."""

    def __init__(self) -> None:
        self.stretches: Sequence[Stretch] = ()
        self.moments: list[float | None] = []
        self.times = 0

    def __call__(self, stretches: Sequence[Stretch], frames: Sequence[Frame | None]) -> None:
        self.stretches, self.times = stretches, self.times + 1
        self.moments = [frame.at if frame else None for frame in frames]


@pytest.fixture
def shown() -> Shown:
    return Shown()


def asked(context: LentContext) -> list[tuple[object, ...]]:
    return [one.arguments for one in context.engine.queries if one.operation == "screens.shown"]


def test_pictures_come_with_their_stretches(
    context: LentContext, shown: Shown, qtbot: QtBot
) -> None:
    context.engine.answers["screens.shown"] = (Screen(7, 5.0, 9.0, small(plain("red"))), None)
    reel = Reel(context, shown)
    reel.wish(VM, (ONE, TWO))
    qtbot.waitUntil(lambda: shown.moments == [5.0, None])
    assert shown.stretches == (ONE, TWO)
    context.engine.answers["screens.shown"] = (Screen(7, 5.0, 9.0, b""), None)
    reel.wish(VM, (ONE, TWO))
    qtbot.waitUntil(lambda: shown.times == 2)
    assert shown.moments == [5.0, None]
    assert asked(context)[1][1] == frozenset({7}), "it is not sent again"


def test_the_last_wish_is_asked_next(context: LentContext, shown: Shown, qtbot: QtBot) -> None:
    reel = Reel(context, shown)
    reel.wish(VM, (ONE,))
    qtbot.waitUntil(lambda: len(asked(context)) == 1)
    for second in range(20):
        reel.wish(VM, ((float(second), float(second)),))
    context.engine.waiting.settle("screens.shown", (None,))
    qtbot.waitUntil(lambda: len(asked(context)) == 2)
    assert asked(context)[1][0] == ((19.0, 19.0),)
    reel.forget()


def test_what_is_no_picture_is_none(context: LentContext, shown: Shown, qtbot: QtBot) -> None:
    context.engine.answers["screens.shown"] = (Screen(7, 5.0, 9.0, b"no picture"),)
    reel = Reel(context, shown)
    reel.wish(VM, (ONE,))
    qtbot.waitUntil(lambda: shown.times == 1)
    assert shown.moments == [None]


def test_a_host_that_is_forgotten_has_no_pictures(
    context: LentContext, shown: Shown, qtbot: QtBot
) -> None:
    context.engine.answers["screens.shown"] = HostUnknown(host="x")
    reel = Reel(context, shown)
    reel.wish(VM, (ONE,))
    qtbot.waitUntil(lambda: shown.moments == [None])
    assert context.problems == []
