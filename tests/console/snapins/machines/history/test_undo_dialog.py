"""What undoing would do is said before; what was changed again needs a tick."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.model import Domain
from backend.operations.alterations import Undoing
from backend.operations.settings.rewind import Insist
from backend.refusals import DefinitionNotKept
from backend.settings import (
    Comparison,
    Effect,
    Place,
    Plan,
    PlannedChange,
    Section,
    ValueChange,
    ValueKind,
)
from console.snapins.machines.history.undo_dialog import UndoDialog
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.sheets import COUNT, GIB, MEMORY, sheet

CHANGE = PlannedChange(MEMORY, 4 * GIB, 2 * GIB, Effect.NEXT_START)
DRIVE = Place(Section.DRIVE, "vdb", ("disk", "virtio"))
Show = Callable[[object], UndoDialog]


@pytest.fixture
def show(context: LentContext, web: Domain, qtbot: QtBot) -> Show:
    def do(undoing: object) -> UndoDialog:
        context.engine.answers["alterations.plan"] = undoing
        context.engine.answers["sheet.look"] = sheet()
        dialog = UndoDialog(context, web, "Undo a Change of web-01", "m1", "m2")
        context.show_dialog(dialog)
        qtbot.waitUntil(lambda: dialog.refusal != "One moment...")
        return dialog

    return do


def test_it_says_what_it_will_do_and_does_it(show: Show, context: LentContext) -> None:
    told = Comparison(came=(DRIVE,), parts=("-clock/timer[hpet]",))
    dialog = show(Undoing(Plan((CHANGE,)), told))
    assert [line.words for line in dialog.outcome.lines] == [
        "At the next start: Startup memory 4 GiB → 2 GiB",
        "At the next start: Hard drive vdb added",
        "At the next start: XML clock/timer[hpet] removed",
    ]
    assert not dialog.insist.isVisible()
    assert dialog.focusWidget() is dialog.ok_button
    dialog.ok_button.click()
    assert context.submitted() == [("alterations.undo", "uuid-web-01")]
    assert context.last().arguments == ("m1", "m2")


def test_what_was_changed_again_needs_a_tick(show: Show, context: LentContext) -> None:
    again = ValueChange(COUNT, Place(Section.PROCESSOR), ValueKind.NUMBER, 8, 2)
    dialog = show(Undoing(Plan((CHANGE,)), Comparison((again,)), (again,), ("vcpu",)))
    assert "Virtual processors 8 → 2" in dialog.warning.text()
    assert not dialog.ok_button.isEnabled()
    assert dialog.focusWidget() is dialog.insist
    dialog.insist.setChecked(True)
    dialog.ok_button.click()
    assert context.last().arguments == ("m1", "m2", Insist.YES)


def test_what_no_setting_tells_is_named_by_its_place(show: Show) -> None:
    dialog = show(Undoing(Plan((CHANGE,)), Comparison(), (), ("clock/timer[hpet]",)))
    assert "XML clock/timer[hpet]" in dialog.warning.text()


def test_a_display_without_its_password_is_warned_of(show: Show) -> None:
    dialog = show(Undoing(Plan((CHANGE,)), Comparison(), (), (), ("vnc",)))
    assert "VNC display comes back without a password" in dialog.warning.text()
    assert dialog.ok_button.isEnabled()


def test_nothing_to_do_and_what_cannot_be_are_said(show: Show) -> None:
    assert show(Undoing(Plan(()))).refusal.startswith("It is so already")
    problem = Problem("WrongState", (("name", "web-01"), ("state", "running")))
    refused = PlannedChange(COUNT, 4, 2, Effect.REFUSED, problem)
    assert show(Undoing(Plan((refused,)))).refusal != ""
    assert "does not hold that definition" in show(DefinitionNotKept()).refusal


def test_it_can_be_read_as_a_script(show: Show, context: LentContext, qtbot: QtBot) -> None:
    dialog = show(Undoing(Plan((CHANGE,))))
    dialog.script_button.click()
    qtbot.waitUntil(lambda: bool(context.scripts))
    ((_title, (request,)),) = context.scripts
    assert (request.verb, request.arguments) == ("alterations.undo", ("m1", "m2"))
    assert context.submitted() == []
