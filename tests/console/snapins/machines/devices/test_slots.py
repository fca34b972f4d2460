"""Free slots are asked for when a machine is made of other parts, and not otherwise."""

from dataclasses import replace

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from backend.errors import Gone
from backend.kinds.moment import Room
from backend.model import Domain, DomainState
from console.snapins.machines.devices import slots as module
from console.snapins.machines.devices.slots import Slots
from tests.console.snapins.lent import LentContext
from tests.fakes.turning import turn


@pytest.fixture
def slots(context: LentContext) -> Slots:
    context.engine.answers["device.room"] = Room(8, 6, frozenset())
    return Slots(context)


def test_it_is_asked_once_and_told(
    context: LentContext, slots: Slots, web: Domain, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(slots.changed):
        assert slots.text(web) == ""
    assert slots.text(replace(web, notes="x")) == "6 of 8 hot-plug slots free"
    turn()
    assert len(context.engine.queries) == 1


def test_other_parts_are_asked_about_and_the_old_answer_stands_till_then(
    context: LentContext, slots: Slots, web: Domain, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(slots.changed):
        slots.text(web)
    context.engine.answers["device.room"] = Room(8, 5, frozenset())
    assert web.live
    other = replace(web, live=replace(web.live, nics=()))
    with qtbot.waitSignal(slots.changed):
        assert slots.text(other) == "6 of 8 hot-plug slots free"
    assert slots.text(other) == "5 of 8 hot-plug slots free"


def test_a_machine_that_is_off_or_silent_tells_nothing(
    context: LentContext, slots: Slots, web: Domain
) -> None:
    assert slots.text(replace(web, state=DomainState.OFF, live=None)) == ""
    turn()
    assert context.engine.queries == []
    context.engine.answers["device.room"] = Gone(name="web-01")
    slots.text(web)
    turn()
    turn()
    assert slots.text(web) == ""
    assert context.problems == []


def test_an_answer_that_comes_after_the_window_was_closed_is_told_nobody(
    context: LentContext, slots: Slots, web: Domain
) -> None:
    slots.text(web)
    shiboken6.delete(slots)
    turn()
    turn()
    assert len(context.engine.queries) == 1
    assert context.problems == []


def test_after_an_error_it_is_asked_again(
    context: LentContext, web: Domain, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN_MS", 1)
    slots = Slots(context)
    context.engine.answers["device.room"] = Gone(name="web-01")
    with qtbot.waitSignal(slots.changed):
        assert (slots.text(web), slots.is_awaited) == ("", True)
    context.engine.answers["device.room"] = Room(8, 6, frozenset())
    for _moment in ("to ask anew", "to tell"):
        with qtbot.waitSignal(slots.changed):
            assert (slots.text(web), slots.is_awaited) == ("", False)
    assert slots.text(web) == "6 of 8 hot-plug slots free"
