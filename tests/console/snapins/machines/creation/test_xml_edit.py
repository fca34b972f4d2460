"""The XML can be edited before it is defined; what the pages say later does not slip by that."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import PoolMissing
from backend.model import Kind, Ref, StoragePool
from backend.operations.definition import Claim, Examination
from backend.operations.planning import MachinePlan
from backend.operations.volumes import PlannedVolume
from backend.specs import MachineSpec, Written
from console.snapins.machines.creation.wizard import NewMachineWizard
from console.snapins.machines.creation.xml_dialog import XmlDialog
from tests.backend.xmldesc.test_newdomain import PLAN
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import Opener
from tests.fakes.turning import turn

POOL = StoragePool(Ref("here", Kind.STORAGE_POOL, "p"), "p", "dir", is_active=True, path="/images")
VOLUME = PlannedVolume("a.qcow2", "qcow2", 1)
PLANNED = MachinePlan(POOL, (VOLUME,), PLAN)


@pytest.fixture
def summed_up(context: LentContext, opened: Opener) -> NewMachineWizard:
    """The wizard at its last page."""
    context.engine.answers["machine.plan_all"] = (PLANNED,)
    context.engine.answers["definition.examine"] = Examination("a", (Claim.NEW,))
    wizard = opened()
    while wizard.next_button.isEnabled():
        wizard.next_button.click()
    assert wizard.page is wizard.summary
    return wizard


def specs(context: LentContext) -> tuple[MachineSpec, ...]:
    told = context.last().arguments[0]
    assert isinstance(told, tuple)
    return told


def shown(wizard: NewMachineWizard, qtbot: QtBot) -> XmlDialog:
    before = wizard.edit.dialog
    wizard.xml_button.click()
    qtbot.waitUntil(lambda: wizard.edit.dialog is not before)
    dialog = wizard.edit.dialog
    assert dialog
    return dialog


def taken(wizard: NewMachineWizard, dialog: XmlDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    with qtbot.waitSignal(wizard.edit.changed):
        dialog.ok_button.click()


def edited(wizard: NewMachineWizard, qtbot: QtBot) -> str:
    text = PLANNED.description.replace("two", "three")
    dialog = shown(wizard, qtbot)
    dialog.pane.editor.setPlainText(text)
    taken(wizard, dialog, qtbot)
    return text


def handed_in(wizard: NewMachineWizard, context: LentContext, qtbot: QtBot) -> Written | None:
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    return specs(context)[0].written


def test_what_would_be_defined_is_shown(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    dialog = shown(summed_up, qtbot)
    assert dialog.pane.text == PLANNED.description
    assert not dialog.reset_button.isEnabled()
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    asked = next(q for q in context.engine.queries if q.operation == "definition.examine")
    assert asked.arguments == (PLANNED.description, ("/images/a.qcow2",))
    taken(summed_up, dialog, qtbot)
    assert handed_in(summed_up, context, qtbot) is None


def test_an_edited_one_is_what_is_defined(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    text = edited(summed_up, qtbot)
    rows = summed_up.edit.rows(summed_up._rows())
    assert rows[0].value.startswith("Edited.")
    dialog = shown(summed_up, qtbot)
    assert dialog.pane.text == text, "it goes on where it was left"
    dialog.reject()
    assert handed_in(summed_up, context, qtbot) == Written(text, ("a.qcow2",))


def test_its_script_is_of_the_edited_one(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    text = edited(summed_up, qtbot)
    summed_up.script_button.click()
    qtbot.waitUntil(lambda: bool(context.scripts))
    ((_title, (request,)),) = context.scripts
    (spec,) = request.argument("specs")
    assert spec.written == Written(text, ("a.qcow2",))


@pytest.mark.parametrize("choice", [0, 1])
def test_who_changes_a_page_then_is_asked(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot, choice: int
) -> None:
    text = edited(summed_up, qtbot)
    context.answers = [choice]
    while summed_up.page is not summed_up.memory:
        summed_up.back_button.click()
    assert not context.questions, "to look at a page changes nothing"
    summed_up.memory.startup.setValue(3000)
    summed_up.next_button.click()
    qtbot.waitUntil(lambda: len(context.questions) == 1)
    summed_up.next_button.click()
    assert context.questions[0].choices == ("Drop the Edit", "Keep the Edit")
    written = handed_in(summed_up, context, qtbot)
    (spec,) = specs(context)
    if choice == 0:
        assert (written, spec.memory_bytes) == (None, 3000 * 2**20)
    else:
        assert (written, spec.memory_bytes) == (Written(text, ("a.qcow2",)), 2**31)
    assert len(context.questions) == 1


def test_finish_asks_too(context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot) -> None:
    edited(summed_up, qtbot)
    context.answers = [0]
    summed_up.memory.startup.setValue(3000)
    assert handed_in(summed_up, context, qtbot) is None
    assert len(context.questions) == 1


def test_a_page_that_is_as_it_was_asks_nothing(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    text = edited(summed_up, qtbot)
    before = summed_up.memory.startup.value()
    summed_up.memory.startup.setValue(3000)
    summed_up.memory.startup.setValue(before)
    assert handed_in(summed_up, context, qtbot) == Written(text, ("a.qcow2",))


def test_why_there_is_nothing_to_show(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    context.engine.answers["machine.plan_all"] = PoolMissing(host="Here")
    summed_up.xml_button.click()
    qtbot.waitUntil(lambda: "storage location" in summed_up._reason.text())
    assert summed_up.xml_button.isEnabled()


def test_each_of_many_has_its_own(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    second = replace(PLANNED, domain=replace(PLAN, name="b"))
    context.engine.answers["machine.plan_all"] = (PLANNED, second)
    summed_up.name.count.setValue(2)
    dialog = shown(summed_up, qtbot)
    qtbot.waitUntil(dialog.machine.isEnabled)
    dialog.machine.setCurrentIndex(1)
    assert "<name>b</name>" in dialog.pane.text
    text = dialog.pane.text.replace("two", "three")
    dialog.pane.editor.setPlainText(text)
    taken(summed_up, dialog, qtbot)
    summed_up.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert [spec.written for spec in specs(context)] == [None, Written(text, ("a.qcow2",))]


def test_who_closes_the_wizard_waits_for_no_xml(
    context: LentContext, summed_up: NewMachineWizard, qtbot: QtBot
) -> None:
    del context.engine.answers["machine.plan_all"]
    edit, button = summed_up.edit, summed_up.xml_button
    button.setFocus()
    button.click()
    button.click()
    qtbot.waitUntil(lambda: "machine.plan_all" in [q.operation for q in context.engine.queries])
    assert button.isEnabled()
    summed_up.reject()
    turn()
    context.engine.waiting.settle("machine.plan_all", (PLANNED,))
    turn()
    assert edit.dialog is None
    asked = [q for q in context.engine.queries if q.operation == "machine.plan_all"]
    assert len(asked) == 1
