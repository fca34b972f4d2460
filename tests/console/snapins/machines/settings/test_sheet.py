"""The sheet: planned while one types, handed in by OK, and true to what others do meanwhile."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.devices import Device, DeviceKind
from backend.errors import HypervisorRefused, Problem
from backend.model import Host, HostState
from backend.settings import Edit, Effect, Place, Plan, PlannedChange, Section, Setting, Value
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.dialogs.show_xml import ShowXmlDialog
from console.snapins.machines.settings.difference import DifferenceDialog
from console.snapins.machines.settings.page import SettingsPage
from console.snapins.machines.settings.sheet import SettingsSheet
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import running
from tests.console.snapins.machines.settings.conftest import Open
from tests.console.snapins.machines.settings.sheets import (
    COUNT,
    GIB,
    MEMORY,
    NAME,
    NOTES,
    pending,
    sheet,
)
from tests.fakes.machines import HOST, host

RNG = Device(DeviceKind.RNG, "ua-1")
LATER = Plan((PlannedChange(COUNT, 2, 4, Effect.NEXT_START),), ("-<vcpu>2", "+<vcpu>4"))
REFUSED = Plan(
    (PlannedChange(COUNT, 2, 99, Effect.REFUSED, Problem("ValueTooLarge", (("maximum", 8),))),)
)


def page_of(shown: SettingsSheet, setting: Setting) -> SettingsPage:
    """Turn to the page of a setting."""
    shown.list.choose(f"{setting.field.section.value}/{setting.device}")
    assert shown.pages
    page = shown.pages.current
    assert page
    return page


def enter(shown: SettingsSheet, setting: Setting, value: Value) -> None:
    """Enter a value as the user would have left it."""
    editor = page_of(shown, setting).editor(setting)
    assert shown.draft
    found = shown.draft.sheet.entry(setting)
    assert found
    editor.show(found, value)
    editor.edited.emit()


def planned(shown: SettingsSheet, context: LentContext, qtbot: QtBot, plan: Plan) -> None:
    """Enter four processors, and wait until the plan is told."""
    context.engine.answers["sheet.plan"] = plan
    enter(shown, COUNT, plan.changes[0].after)
    qtbot.waitUntil(lambda: shown.planner.plan == plan)


def test_it_begins_with_nothing_to_do(opened: Open) -> None:
    shown = opened()
    assert shown.windowTitle() == "Settings of web-01"
    assert shown.outcome.lines == ()
    assert not shown.apply_button.isEnabled()
    assert not shown.script_button.isEnabled()
    assert shown.ok_button.isEnabled()
    titles = [entry.title for entry in shown.list.entries()]
    assert titles == [
        "Add device",
        "Memory",
        "Processor",
        "Hard drive vda",
        "Name",
        "Automatic start",
    ]


def test_what_is_entered_is_planned_and_told(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    (line,) = shown.outcome.lines
    assert line.words == "At the next start: Virtual processors 2 → 4"
    asked = [one for one in context.engine.queries if one.operation == "sheet.plan"]
    base, edits = asked[-1].arguments
    assert edits == (Edit(COUNT, 4),)
    assert dict(base.values) == {COUNT: 2}  # type: ignore[attr-defined]
    standing = [e.standing for e in shown.list.entries() if e.title == "Processor"]
    assert standing == ["2 processors → 4 processors"]
    page_line = page_of(shown, COUNT).line(COUNT)
    assert page_line.chip.text() == "next start"
    assert not page_line.revert.isHidden()


def test_what_is_refused_says_why_and_holds_ok_back(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, REFUSED)
    assert not shown.ok_button.isEnabled()
    assert "8 at most" in shown.ok_button.toolTip()
    line = page_of(shown, COUNT).line(COUNT)
    assert "8 at most" in line.remark.text()
    line.revert.click()
    assert shown.ok_button.isEnabled()
    assert shown.outcome.lines == ()


def test_what_is_no_number_holds_ok_back(opened: Open) -> None:
    shown = opened()
    box = page_of(shown, COUNT).editor(COUNT).widget
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "many")
    assert not shown.ok_button.isEnabled()
    line = page_of(shown, COUNT).line(COUNT)
    assert "no number" in line.remark.text()
    line.revert.click()
    assert page_of(shown, COUNT).editor(COUNT).value == 2
    assert shown.ok_button.isEnabled()


def test_ok_hands_in_and_closes(opened: Open, context: LentContext, qtbot: QtBot) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.ok_button.click()
    shown.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.submitted() == [("sheet.apply", "uuid-web-01")]
    base, edits = context.last().arguments
    assert (dict(base.values), edits) == ({COUNT: 2}, (Edit(COUNT, 4),))  # type: ignore[attr-defined]
    with qtbot.waitSignal(shown.accepted):
        context.engine.finish(context.last().job_id)


def test_apply_stays_and_tells_nothing_of_elsewhere(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.apply_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    context.engine.answers["sheet.look"] = pending(COUNT, 4)
    context.engine.finish(context.last().job_id)
    qtbot.waitUntil(lambda: bool(shown.draft and shown.draft.value(COUNT) == 4))
    qtbot.waitUntil(shown.ok_button.isEnabled)
    assert shown.note.isHidden()
    assert not shown.apply_button.isEnabled()
    line = page_of(shown, COUNT).line(COUNT)
    assert line.remark.text() == "Runs with 2 until it is turned off."
    assert not line.revert.isHidden()


def test_a_failure_is_told_and_nothing_is_lost(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    context.engine.fail(context.last().job_id, HypervisorRefused(detail=("no such thing",)))
    qtbot.waitUntil(lambda: "no such thing" in shown.said.text())
    assert shown.draft
    assert shown.draft.edits == (Edit(COUNT, 4),)
    assert shown.ok_button.isEnabled()


def test_a_slow_server_is_heard_out(opened: Open, context: LentContext, qtbot: QtBot) -> None:
    shown = opened()
    del context.engine.answers["sheet.look"]
    before = len(context.engine.queries)
    shown.look()
    qtbot.waitUntil(lambda: len(context.engine.queries) == before + 1)
    shown.look()
    context.engine.waiting.settle("sheet.look", pending(COUNT, 4))
    qtbot.waitUntil(lambda: bool(shown.draft and shown.draft.value(COUNT) == 4))
    qtbot.waitUntil(lambda: len(context.engine.queries) == before + 2)  # and asked once more


def test_what_could_not_be_read_is_told_until_it_can(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    context.engine.answers["sheet.look"] = HypervisorRefused(detail=("no such thing",))
    shown.look()
    qtbot.waitUntil(lambda: not shown.said.isHidden())
    context.engine.answers["sheet.look"] = sheet()
    shown.look()
    qtbot.waitUntil(shown.said.isHidden)


def test_closed_meanwhile_it_is_handed_in_all_the_same(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    shown.reject()
    qtbot.waitUntil(lambda: not isValid(shown))
    context.engine.finish(context.last().job_id)
    qtbot.wait(50)
    assert context.problems == []


def test_nothing_is_entered_before_what_was_applied_is_read(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.apply_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    del context.engine.answers["sheet.look"]
    before = len(context.engine.queries)
    context.engine.finish(context.last().job_id)
    qtbot.waitUntil(lambda: len(context.engine.queries) == before + 1)
    context.engine.put(replace(host(), processors=3))  # whatever changes on the host
    qtbot.wait(50)
    assert not page_of(shown, COUNT).editor(COUNT).widget.isEnabled()
    context.engine.waiting.settle("sheet.look", pending(COUNT, 4))
    widget = page_of(shown, COUNT).editor(COUNT).widget
    qtbot.waitUntil(widget.isEnabled)


def test_a_change_from_elsewhere_is_merged_and_told(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    context.engine.answers["sheet.look"] = sheet(MEMORY_STARTUP=4 * GIB)
    shown.look()
    qtbot.waitUntil(lambda: not shown.note.isHidden())
    assert "Startup memory 2 GiB → 4 GiB" in shown.note.text.text()
    assert page_of(shown, MEMORY).editor(MEMORY).value == 4 * GIB
    (button,) = shown.note.buttons()
    button.click()
    assert shown.note.isHidden()
    assert shown.draft
    assert shown.draft.edits == (Edit(COUNT, 4),)


def test_a_change_of_the_same_field_is_asked_about(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    context.engine.answers["sheet.look"] = sheet(PROCESSOR_COUNT=3)
    shown.look()
    qtbot.waitUntil(lambda: not shown.note.isHidden())
    assert [button.text() for button in shown.note.buttons()] == ["Keep Mine", "Take Theirs"]
    assert "set it to 3" in page_of(shown, COUNT).line(COUNT).remark.text()
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.note.buttons()[0]
    shown.note.buttons()[1].click()
    assert page_of(shown, COUNT).editor(COUNT).value == 3


def test_a_host_that_goes_away_locks_it_and_keeps_what_was_entered(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    enter(shown, NOTES, "new")
    host = context.lookup.record(HOST, Host)
    assert host
    context.engine.put(replace(host, state=HostState.AWAY))
    qtbot.waitUntil(lambda: "is away" in shown.note.text.text())
    assert not shown.ok_button.isEnabled()
    assert shown.cancel_button.isEnabled()
    context.engine.put(host)
    qtbot.waitUntil(shown.note.isHidden)
    assert page_of(shown, NOTES).editor(NOTES).value == "new"
    assert shown.ok_button.isEnabled()


def test_what_cannot_be_changed_now_is_locked_with_its_reason(opened: Open) -> None:
    shown = opened()
    line = page_of(shown, NAME).line(NAME)
    assert line.chip.text() == "not now"
    assert "Shut it down first" in line.remark.text()


def test_what_nothing_acts_on_does_not_say_now(opened: Open) -> None:
    kept = tuple(
        replace(one, remark=Problem("KeptByCeladon")) if one.setting == MEMORY else one
        for one in sheet().entries
    )
    shown = opened(replace(sheet(), entries=kept))
    assert page_of(shown, MEMORY).line(MEMORY).chip.text() == "only noted"


def test_it_shows_the_difference_or_the_whole(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    shown.xml_button.click()
    assert isinstance(context.dialogs[-1], ShowXmlDialog)
    planned(shown, context, qtbot, LATER)
    shown.xml_button.click()
    dialog = context.dialogs[-1]
    assert isinstance(dialog, DifferenceDialog)
    assert dialog.view.toPlainText() == "-<vcpu>2\n+<vcpu>4"


def test_it_has_a_script(opened: Open, context: LentContext, qtbot: QtBot) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.script_button.click()
    qtbot.waitUntil(lambda: bool(context.scripts))
    (request,) = context.scripts[0][1]
    assert (request.verb, request.arguments[1]) == ("sheet.apply", (Edit(COUNT, 4),))
    assert context.submitted() == []


def test_devices_come_and_go_by_their_wizards(opened: Open, context: LentContext) -> None:
    shown = opened()
    shown.list.choose("add")
    assert shown.pages
    shown.pages.add_wanted.emit()
    shown.list.choose("drive/vda")
    shown.pages.remove_wanted.emit(Place(Section.DRIVE, "vda", ("disk",)))
    assert [type(dialog) for dialog in context.dialogs[-2:]] == [
        AddDeviceWizard,
        RemoveDeviceWizard,
    ]


def test_what_a_device_is_to_the_wizard_stands_on_its_page(
    opened: Open, context: LentContext
) -> None:
    places = (
        Place(Section.RNG, "0", ("random",), RNG),
        Place(Section.INPUT, "0", ("mouse", "ps2")),
    )
    shown = opened(replace(sheet(), places=(*sheet().places, *places)))
    shown.list.choose("rng/0")
    button = remover(shown, "Remove Random numbers")
    assert button.isEnabled()
    button.click()
    wizard = context.dialogs[-1]
    assert isinstance(wizard, RemoveDeviceWizard)
    assert wizard.choice._wanted == "rng:ua-1"
    shown.list.choose("input/0")
    assert shown.pages
    page = shown.pages.current
    assert page
    assert any("belongs to the machine" in label.text() for label in page.findChildren(QLabel))


def test_add_says_how_many_slots_are_free(opened: Open, context: LentContext, qtbot: QtBot) -> None:
    context.engine.put(running())
    shown = opened()
    qtbot.waitUntil(lambda: shown.list.entries()[0].standing == "6 of 8 hot-plug slots free")


def remover(shown: SettingsSheet, name: str) -> QPushButton:
    buttons = shown.findChildren(QPushButton)
    return next(button for button in buttons if button.accessibleName() == name)
