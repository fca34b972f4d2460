"""A machine without room says so, and gets it at its next start."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.devices import DeviceKind
from backend.model import Domain
from backend.refusals import NotDefined
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import prospects
from tests.console.snapins.machines.devices.test_add_wizard import opened

LACKING = replace(prospects(), lacking=(DeviceKind.MEMORY,))


def test_room_is_made_and_then_asked_for_again(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    page = opened(context, qtbot, web, found=LACKING).kind
    assert page.room.isVisible()
    assert page.room.words.text() == "There is no room for memory that comes later."
    page.room.button.click()
    assert context.last().operation == "device.make_room"
    assert not page.room.button.isEnabled()
    context.engine.answers["device.look"] = prospects()
    context.engine.finish(context.last().job_id)
    qtbot.waitUntil(lambda: not page.room.isVisible())


def test_why_it_could_not_be_made_stands_there(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    both = (DeviceKind.MEMORY, DeviceKind.PROCESSORS)
    page = opened(context, qtbot, web, found=replace(LACKING, lacking=both)).kind
    assert "memory and processors" in page.room.words.text()
    page.room.button.click()
    context.engine.fail(context.last().job_id, NotDefined(name="web-01"))
    qtbot.waitUntil(lambda: "no definition" in page.room.words.text())
    assert page.room.button.isEnabled()


def test_there_is_nothing_where_there_is_room(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    assert not opened(context, qtbot, web).kind.room.isVisible()
