"""The first page knows what a machine has room for, now and at its next start."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.devices import DeviceKind, When
from backend.errors import Gone
from backend.model import Domain, DomainState
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.kind_page import KindPage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask
from tests.console.snapins.machines.devices.offers import FULL, prospects, running


def test_it_says_what_it_waits_for_and_then_how_much_room_there_is(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    page = KindPage(context, (web,))
    qtbot.addWidget(page)
    page.begin()
    assert page.judge()[0] == "Asking what web-01 has room for..."
    qtbot.waitUntil(lambda: bool(context.engine.queries))
    context.engine.waiting.settle("device.look", prospects())
    qtbot.waitUntil(lambda: not page.is_looking)
    assert page.judge()[0] == ""
    assert page.slots.text() == "6 of 8 hot-plug slots free"
    page.leave()


def test_a_host_that_cannot_say_is_told_of(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    context.engine.answers["device.look"] = Gone(name="web-01")
    page = KindPage(context, (web,))
    qtbot.addWidget(page)
    page.begin()
    qtbot.waitUntil(lambda: not page.is_looking)
    assert page.judge()[0].startswith("It is no longer there")
    page.leave()


def test_what_has_no_slot_now_can_be_had_at_the_next_start(ask: Ask) -> None:
    page = ask(found=prospects(FULL, free=0))
    assert page.what is kinds.ADAPTER
    assert page.judge()[0].startswith("All hot-plug slots of “web-01” are taken.")
    assert not page.when.isHidden()
    page.when.next_start.setChecked(True)
    assert (page.judge()[0], page.when.when) == ("", When.NEXT_START)
    page.when.now.setChecked(True)
    page.kinds.choose(kinds.NEW_DISK.key)
    assert page.judge()[0] == ""


def test_of_a_machine_that_is_off_there_is_nothing_to_choose_when(ask: Ask) -> None:
    page = ask(found=prospects(is_running=False))
    assert page.when.isHidden()
    assert page.when.when is When.NOW
    assert page.slots.text() == ""


def test_several_machines_are_named(ask: Ask, web: Domain) -> None:
    page = ask(web, running("web-02"))
    assert page.sentence == "One is added to each of 2 machines: web-01, web-02."


def test_it_asks_again_when_the_machine_stops(
    ask: Ask, web: Domain, context: LentContext, qtbot: QtBot
) -> None:
    page = ask()
    context.engine.answers["device.look"] = prospects(is_running=False)
    context.engine.put(replace(web, notes="nothing that matters"))
    context.engine.put(replace(web, state=DomainState.OFF, live=None))
    qtbot.waitUntil(lambda: not page.outlook.runs)
    assert len(context.engine.queries) == 2
    page.leave()


def test_a_machine_without_a_slot_is_offered_more_of_them(ask: Ask) -> None:
    roomy, full = ask(), ask(found=prospects(FULL, free=0))
    assert roomy.more.isHidden()
    assert not full.more.isHidden()
    full.more.click()
    assert full.when.when is When.NEXT_START
    assert full.what.kind is DeviceKind.SLOTS
