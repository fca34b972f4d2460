import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from backend.history.screens import Screen
from backend.model import DomainState
from console.snapins.machines.film import small, watched
from console.snapins.machines.pages.timeline import Timeline
from console.widgets.filmstrip import Frame
from console.widgets.time_view import TimeView
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.pictures import plain
from tests.fakes.machines import domain

VM = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def timeline(context: LentContext, qtbot: QtBot) -> Iterator[Timeline]:
    view = TimeView(600)
    view.set_now(time.time())
    made = Timeline(context, view)
    view.setParent(made)
    qtbot.addWidget(made)
    made.resize(800, 140)
    made.show()
    yield made
    made.follow(None)


def asked(context: LentContext) -> int:
    return sum(one.operation == "screens.shown" for one in context.engine.queries)


def test_while_it_is_of_a_machine_this_is_filmed(timeline: Timeline) -> None:
    timeline.follow(VM)
    timeline.follow(VM)
    assert watched.refs() == (VM.ref,)
    timeline.follow(domain("db-01", DomainState.RUNNING))
    assert watched.refs() == (domain("db-01").ref,)
    timeline.follow(None)
    assert watched.refs() == ()


def test_the_screen_of_the_cross_hairs_moment_is_asked_for_and_shown(
    timeline: Timeline, context: LentContext, qtbot: QtBot
) -> None:
    timeline.follow(VM)
    timeline.show_time()
    qtbot.waitUntil(lambda: asked(context) == 1)
    moment = timeline.film.view.now - 77
    timeline.film.view.set_cross(moment)
    screen = Screen(1, moment - 3, moment, small(plain("red")))
    count = len(timeline.film.stretches())
    context.engine.answers["screens.shown"] = (screen,) * count
    context.engine.waiting.settle("screens.shown", (None,) * count)
    qtbot.waitUntil(lambda: timeline.film.current() is not None)
    current = timeline.film.current()
    assert current
    assert current.at == moment - 3


def test_a_picture_is_seen_large_in_a_window_that_says_of_when(
    timeline: Timeline, context: LentContext
) -> None:
    timeline.follow(VM)
    timeline.film.opened.emit(Frame(timeline.film.view.now, timeline.film.view.now, plain("red")))
    (dialog,) = context.dialogs
    assert dialog.windowTitle().startswith("web-01, ")
