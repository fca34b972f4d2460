"""Notes are written as a job, and only if they changed."""

from dataclasses import replace

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from console.snapins.machines.dialogs.notes import NotesDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def test_notes_are_written(context: LentContext, qtbot: QtBot) -> None:
    dialog = NotesDialog(context, domain("a"))
    context.show_dialog(dialog)
    dialog.text.setPlainText("  Rack 2\nAsk Eva ")
    dialog.ok_button.click()
    assert context.last().operation == "domain.set_notes"
    assert context.last().arguments == ("Rack 2\nAsk Eva",)


def test_the_same_notes_are_not_written(context: LentContext, qtbot: QtBot) -> None:
    dialog = NotesDialog(context, replace(domain("a"), notes="x"))
    context.show_dialog(dialog)
    dialog.ok_button.click()
    assert context.submitted() == []


def test_notes_that_were_typed_are_not_dropped_by_escape(
    context: LentContext, qtbot: QtBot
) -> None:
    dialog = NotesDialog(context, domain("a"))
    context.show_dialog(dialog)
    context.answers = [1, 0]
    dialog.text.setPlainText("Ask Eva")
    dialog.reject()
    dialog.reject()
    qtbot.waitUntil(lambda: len(context.questions) == 1)
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert len(context.questions) == 2
