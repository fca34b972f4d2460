"""Define from XML: judged while one types, looked over by the host, handed in as chosen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.errors import DescriptionRefused, Problem
from backend.model import Kind, Record, Ref
from backend.operations.definition import Claim, Examination
from backend.refusals import DescriptionNotRead
from console.snapins.machines.dialogs.define import DefineDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, domain, host
from tests.fakes.turning import turn

XML = "<domain type='kvm'><name>new</name></domain>"
MADE = Ref("here", Kind.DOMAIN, "uuid-new")
NEW = Examination("new", (Claim.NEW,))


def opened(context: LentContext, text: str = "") -> DefineDialog:
    dialog = DefineDialog(context, host(), text=text)
    context.show_dialog(dialog)
    return dialog


def test_it_says_where_it_is_no_xml(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    assert "Type, paste or open" in dialog.refusal
    dialog.editor.setPlainText("<domain>\n</dom>")
    assert "Line 2, column 7" in dialog.refusal
    assert not dialog.ok_button.isEnabled()
    assert not dialog.script_button.isEnabled()


def test_the_cursor_goes_to_the_fault(context: LentContext) -> None:
    dialog = opened(context)
    assert not dialog.pane.go_button.isEnabled()
    dialog.editor.setPlainText("<domain>\n</dom>")
    assert dialog.pane.go_button.shortcut().toString() == "F8"
    dialog.pane.go_button.click()
    cursor = dialog.editor.textCursor()
    assert (cursor.blockNumber() + 1, cursor.positionInBlock() + 1) == (2, 7)


def test_it_is_looked_over_anew_only_if_names_change(
    context: LentContext, qtbot: QtBot, until: Callable[[Record], None]
) -> None:
    context.engine.answers["definition.examine"] = NEW
    dialog = opened(context, XML)
    qtbot.waitUntil(lambda: dialog.refusal == "")
    until(replace(domain("web-01"), notes="another"))
    assert not dialog.pane.is_waiting
    until(domain("fresh"))
    assert dialog.pane.is_waiting


def test_what_the_host_says_stands_below(context: LentContext, qtbot: QtBot) -> None:
    missing = Problem("NetworkNotThere", (("name", "lan"),))
    context.engine.answers["definition.examine"] = Examination(
        "new", (Claim.NEW,), None, "", (missing,)
    )
    dialog = opened(context, XML)
    assert "Looking" in dialog.refusal
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert "“lan”" in dialog.pane.remarks.item(0).text()
    assert dialog.ok_button.isEnabled()


def test_what_libvirt_refuses_is_told_in_its_words(context: LentContext, qtbot: QtBot) -> None:
    refused = DescriptionRefused(detail=("Extra element devices",))
    context.engine.answers["definition.examine"] = refused
    dialog = opened(context, XML)
    qtbot.waitUntil(lambda: "Extra element devices" in dialog.refusal)
    context.engine.answers["definition.examine"] = NEW
    dialog.editor.setPlainText(XML + " ")
    qtbot.waitUntil(lambda: dialog.refusal == "")


def test_it_defines_shows_and_starts(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = NEW
    dialog = opened(context, XML)
    dialog.is_started.setChecked(True)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    dialog.ok_button.click()
    assert context.submitted() == [("definition.define", HOST.key)]
    assert context.last().arguments == (XML, Claim.NEW)
    context.engine.finish(1, MADE)
    qtbot.waitUntil(lambda: len(context.engine.submissions) == 2)
    assert context.submitted()[1] == ("domain.start", "uuid-new")
    assert context.places == [("machines:here", MADE)]


@pytest.mark.parametrize("choice", [0, 1])
def test_to_replace_asks_first_and_shows_the_difference(
    context: LentContext, qtbot: QtBot, choice: int
) -> None:
    ref = domain("web-01").ref
    context.engine.answers["definition.examine"] = Examination(
        "web-01", (Claim.REPLACE,), ref, "web-01", (), ("-a", "+b")
    )
    context.answers = [choice]
    dialog = opened(context, XML)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    dialog.ok_button.click()
    turn()
    assert context.questions[0].detail == ("-a", "+b")
    assert context.questions[0].is_danger
    assert context.submitted() == ([("definition.define", HOST.key)] if choice == 0 else [])
    if choice == 0:
        context.engine.finish(1, ref)


def test_a_clash_that_only_another_name_ends(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = Examination("web-01", (), None, "db-01")
    dialog = opened(context, XML)
    qtbot.waitUntil(lambda: "Change its name" in dialog.refusal)
    assert "“db-01”" in dialog.refusal


def test_a_failure_brings_it_back_with_its_text(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = NEW
    dialog = opened(context, XML)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    dialog.ok_button.click()
    turn()
    context.engine.fail(1, DescriptionRefused(detail=("no such machine type",)))
    qtbot.waitUntil(lambda: len(context.dialogs) == 2)
    again = context.dialogs[1]
    assert isinstance(again, DefineDialog)
    assert again.editor.toPlainText() == XML
    qtbot.waitUntil(lambda: "no such machine type" in again._reason.text())


def test_a_file_is_opened_or_dropped(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = NEW
    context.engine.answers["definition.read_file"] = XML
    dialog = opened(context)
    dialog.open_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit("/tmp/a.xml")
    qtbot.waitUntil(lambda: dialog.editor.toPlainText() == XML)
    chooser.close()
    why = DescriptionNotRead(path="/tmp/b", detail=("not UTF-8",))
    context.engine.answers["definition.read_file"] = why
    qtbot.waitUntil(lambda: dialog.refusal == "")
    dialog.editor.file_dropped.emit(Path("/tmp/b"))
    qtbot.waitUntil(lambda: "not UTF-8" in dialog._reason.text())
    assert dialog.editor.toPlainText() == XML, "what was there is not lost"


def test_a_template_is_filled_in(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = NEW
    context.engine.answers["definition.example"] = XML
    dialog = opened(context)
    menu = dialog.template.menu()
    assert menu
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: dialog.editor.toPlainText() == XML)


def test_it_has_a_script(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["definition.examine"] = NEW
    dialog = opened(context, XML)
    qtbot.waitUntil(dialog.script_button.isEnabled)
    dialog.script_button.click()
    turn()
    ((_title, (request,)),) = context.scripts
    assert request.verb == "definition.define"
    assert context.submitted() == []


def test_every_field_has_a_name_for_those_who_hear_it(context: LentContext) -> None:
    dialog = opened(context)
    fields = (dialog.editor, dialog.pane.remarks, dialog.claim, dialog.pane.place)
    assert all(QWidget.accessibleName(field) for field in fields)


def test_one_types_at_once_and_is_asked_before_that_is_dropped(
    context: LentContext, qtbot: QtBot
) -> None:
    dialog = opened(context)
    assert dialog.focusWidget() is dialog.editor
    context.answers = [1]
    QTest.keyClicks(dialog.editor, "<domain>")
    dialog.reject()
    qtbot.waitUntil(lambda: len(context.questions) == 1)
    assert dialog.isVisible()
    dialog.editor.document().setModified(False)
