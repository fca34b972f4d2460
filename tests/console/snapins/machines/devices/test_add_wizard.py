"""Add Device: from the choice to the verb, for one machine or several, and to the end of it."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend.devices import NewDiskSpec, NicSpec, Prospects, When
from backend.jobs import JobState
from backend.model import Domain
from console.sdk.forms import ToneLabel
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import FULL, prospects, running, seen


def opened(
    context: LentContext, qtbot: QtBot, *domains: Domain, found: Prospects | None = None
) -> AddDeviceWizard:
    context.engine.answers["device.look"] = found or prospects()
    wizard = AddDeviceWizard(context, domains)
    context.show_dialog(wizard)
    qtbot.waitUntil(lambda: not wizard.kind.is_looking)
    return wizard


def test_finish_is_there_at_once_with_the_proposals(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.last().operation == "device.add"
    assert context.last().ref == web.ref
    assert context.last().arguments == ((NicSpec("default", "virtio"),), When.NOW)
    assert wizard.course.title == "Adding a network adapter to web-01"


def test_each_machine_gets_one_and_one_end_is_told_for_each(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    two = running("web-02")
    wizard = opened(context, qtbot, web, two)
    assert wizard.windowTitle() == "Add Device to 2 Virtual Machines"
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.submitted() == [("device.add", web.ref.key), ("device.add", two.ref.key)]
    assert wizard.course.all.count() == 2


def test_the_kind_leads_to_its_own_page(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web)
    wizard.kind.kinds.choose(kinds.NEW_DISK.key)
    wizard.next_button.click()
    assert wizard.page is wizard.new_disk
    wizard.next_button.click()
    told = [label.text() for label in wizard.page.findChildren(ToneLabel)]
    assert {"web-01", "New virtual hard disk", "20 GiB"} <= set(told)
    assert "6 of 8 hot-plug slots free" in told
    wizard.back_button.click()
    assert wizard.page is wizard.new_disk


def test_without_a_slot_it_is_added_at_the_next_start(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web, found=prospects(FULL, free=0))
    assert not wizard.ok_button.isEnabled()
    wizard.kind.when.next_start.setChecked(True)
    assert wizard.ok_button.isEnabled()
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    assert context.last().arguments[1] is When.NEXT_START


def test_it_can_be_read_as_a_script(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web)
    wizard.kind.kinds.choose(kinds.NEW_DISK.key)
    wizard.script_button.click()
    qtbot.waitUntil(lambda: bool(context.scripts))
    ((_title, (request,)),) = context.scripts
    assert request.verb == "device.add"
    assert isinstance(request.arguments[0][0], NewDiskSpec)  # type: ignore[index]
    assert context.submitted() == []


def test_the_end_is_told_and_another_can_be_added(
    context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    job = context.engine.jobs[context.last().job_id]
    steps = (seen("host_accepted", 0.1), seen("shown_to_guest", 0.1), seen("driver_bound", 0.6))
    context.engine.tell(replace(job, state=JobState.DONE, steps=steps))
    qtbot.waitUntil(lambda: wizard._title.text() == "web-01 has a new network adapter")
    another = next(b for b in wizard.findChildren(QPushButton) if b.text() == "Add Another...")
    another.click()
    assert len(context.dialogs) == 2
    assert context.dialogs[1].isVisible()


def test_a_failure_says_what_it_got_not(context: LentContext, web: Domain, qtbot: QtBot) -> None:
    wizard = opened(context, qtbot, web)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: wizard.is_ended)
    job = context.engine.jobs[context.last().job_id]
    context.engine.tell(replace(job, state=JobState.FAILED, problem=FULL))
    qtbot.waitUntil(lambda: wizard._title.text() == "web-01 got no network adapter")
    assert "slots" in wizard._sentence.text()
