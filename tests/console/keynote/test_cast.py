"""The machines of the keynote come up, whatever is in their way."""

from collections.abc import Awaitable, Callable

import pytest

from backend.model import Domain, DomainState
from console.keynote import cast
from console.keynote.cast import NAMES, Cast
from console.keynote.patience import Patience
from console.shell.window import MainWindow
from tests.console.keynote.conftest import StageHand, names
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain

Done = Callable[[Awaitable[None]], str]

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("gui_tasks"),
]


@pytest.fixture
def players(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(cast, "BOOT_S", 0.3)
    monkeypatch.setattr(cast, "ANSWER_S", 0.3)
    return Cast(window.context, HOST, Patience())


def operations(engine: FakeEngine) -> list[str]:
    return [asked.operation for asked in engine.submissions]


def test_all_come_up(players: Cast, engine: FakeEngine, done: Done) -> None:
    assert done(players.come()) == ""
    assert names(engine) == set(NAMES)
    assert players.ups() == len(NAMES)
    assert players.star.name == NAMES[0]
    before = operations(engine)
    assert done(players.come()) == ""
    assert operations(engine) == before, "what is up is left alone"


def test_another_name_where_one_is_taken(
    players: Cast, engine: FakeEngine, hand: StageHand, done: Done
) -> None:
    engine.put(domain(NAMES[1]))
    hand.taken.add(NAMES[2])  # by somebody whom this console does not know yet
    assert done(players.come()) == ""
    assert names(engine) == {*NAMES[:2], f"{NAMES[1]} 2", f"{NAMES[2]} 2", NAMES[3]}


def test_one_that_does_not_answer_is_made_anew(
    players: Cast, engine: FakeEngine, hand: StageHand, done: Done
) -> None:
    hand.mute.add(NAMES[0])
    assert done(players.come()) == ""
    assert operations(engine).count("machine.create") == len(NAMES) + 1
    assert operations(engine).count("domain.delete") == 1
    assert names(engine) == set(NAMES)


def test_one_that_cannot_be_is_told_with_the_reason(
    players: Cast, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, done: Done
) -> None:
    monkeypatch.setattr(engine, "answers", {"domain.owned_disks": ()})
    engine.on_submit = lambda asked: engine.cancel(asked.job_id)
    told = done(players.come())
    assert told.startswith(f"{NAMES[0]} does not come up: ")
    assert players.ups() == 0


@pytest.mark.parametrize("state", [DomainState.PAUSED, DomainState.OFF])
def test_one_that_stopped_between_two_acts_goes_on(
    players: Cast, engine: FakeEngine, done: Done, state: DomainState
) -> None:
    done(players.come())
    star = players.star
    engine.put(domain_in(star, state))
    assert done(players.come()) == ""
    assert players.star.ref == star.ref
    assert operations(engine).count("machine.create") == len(NAMES)


def test_one_that_somebody_deleted_is_made_anew(
    players: Cast, engine: FakeEngine, done: Done
) -> None:
    done(players.come())
    engine.drop(players.star.ref)
    assert done(players.come()) == ""
    assert names(engine) == set(NAMES)


def test_a_guest_that_ignores_the_request_is_turned_off(
    players: Cast, engine: FakeEngine, hand: StageHand, done: Done
) -> None:
    done(players.come())
    hand.deaf.add(NAMES[3])
    assert done(players.shut_down()) == ""
    assert operations(engine).count("domain.shutdown") == len(NAMES)
    assert operations(engine).count("domain.destroy") == 1
    assert done(players.dismiss()) == ""
    assert names(engine) == set()
    assert not engine.watched


def test_what_a_show_left_that_was_cut_off_is_swept(
    players: Cast, engine: FakeEngine, window: MainWindow, done: Done
) -> None:
    done(players.come())
    engine.put(domain("somebody's own"))
    done(Cast(window.context, HOST, Patience()).sweep())
    assert names(engine) == {"somebody's own"}


def domain_in(one: Domain, state: DomainState) -> Domain:
    changed = domain(one.name, state)
    return type(one)(one.ref, one.name, state, live=changed.live, next_start=changed.next_start)
