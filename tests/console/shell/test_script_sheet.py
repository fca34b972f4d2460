"""The sheet: what can be done at the left, its script at the right, and nothing is done."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.model import Kind
from backend.operations import domain as verbs
from backend.operations.script.request import Request
from console.sdk.actions import Action, NodeAction, Run, Selection
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.shell.registry import Entry
from console.shell.script_sheet import ScriptSheet
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

WEB = domain("web-01")


class Notes(Dialog):
    """Would do nothing as it stands."""

    @override
    async def act(self, context: Context) -> None:
        """Hand nothing in."""


def start(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(verbs.start, record.ref)


async def rename(context: Context, selection: Selection) -> None:
    record = selection.records[0]
    name = await context.ask_text("t", "New name", "web-01", lambda t: "" if t else "Type one.")
    if name and name != "web-01":
        context.submit(verbs.rename, record.ref, name)


def entry(text: str, run: Run, why_not: str = "") -> Entry:
    action = Action(text, text, "ph.play", Kind.DOMAIN, run, no_script=why_not)
    return Entry(action, 0, "", Selection(None, (WEB,)))


@pytest.fixture
def sheet(shell: MainWindow, qtbot: QtBot) -> ScriptSheet:
    sheet = ScriptSheet(shell.context, shell)
    qtbot.addWidget(sheet)
    return sheet


def offer(sheet: ScriptSheet, *entries: Entry) -> list[Entry]:
    done: list[Entry] = []
    sheet.offer(entries, done.append)
    return done


def labels(sheet: ScriptSheet) -> Sequence[str]:
    return [sheet.list.item(row).text() for row in range(sheet.list.count())]


def test_the_first_is_shown_and_nothing_done(
    sheet: ScriptSheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    offer(sheet, entry("Start", start), entry("Rename...", rename))
    qtbot.waitUntil(lambda: "virsh -c qemu:///system start uuid-web-01" in text(sheet))
    assert sheet.heading.text() == "Start: web-01"
    assert not sheet.isModal()
    assert engine.submissions == []


def text(sheet: ScriptSheet) -> str:
    return sheet.pane.virsh.toPlainText()


def test_a_text_that_is_asked_is_typed_here(sheet: ScriptSheet, qtbot: QtBot) -> None:
    offer(sheet, entry("Start", start), entry("Rename...", rename))
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "nothing would be changed" in sheet.pane.reason.text())
    (line,) = sheet.fields.lines
    line.selectAll()
    QTest.keyClicks(line, "new")
    qtbot.waitUntil(lambda: text(sheet).count("domrename uuid-web-01 --new-name new ") == 1)
    assert sheet.fields.lines == [line], "what is typed in stays under the hand"
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sheet.pane.reason.text() == "Type one.")


def test_what_has_no_script_is_last_and_says_why(sheet: ScriptSheet, qtbot: QtBot) -> None:
    offer(sheet, entry("Copy URI", start, "Nothing is changed by it."), entry("Start", start))
    assert labels(sheet) == ["Start", "Copy URI"]
    sheet.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: sheet.pane.reason.text() == "Nothing is changed by it.")


def test_a_dialog_can_be_opened_from_here(sheet: ScriptSheet, qtbot: QtBot) -> None:
    asking = entry("Edit Notes...", lambda c, _: c.show_dialog(Notes(c, "t", "OK")))
    done = offer(sheet, asking)
    qtbot.waitUntil(sheet.open_button.isVisible)
    assert "Show as Script there" in sheet.pane.reason.text()
    assert sheet.open_button.text() == "Open Edit Notes..."
    sheet.open_button.click()
    assert done == [asking]


def test_a_dialog_s_own_script_stands_alone(sheet: ScriptSheet, qtbot: QtBot) -> None:
    offer(sheet, entry("Start", start))
    sheet.show_requests("Delete web-01", [Request(verbs.delete, WEB.ref, (("/a",),))])
    qtbot.waitUntil(lambda: "vol-delete --vol /a" in text(sheet))
    assert sheet.heading.text() == "Delete web-01"
    assert not sheet.list.isVisible()


def test_a_node_s_action_is_named_after_the_node(
    shell: MainWindow, sheet: ScriptSheet, qtbot: QtBot
) -> None:
    action = NodeAction("n", "Refresh", "", ("machines",), start)
    offer(sheet, Entry(action, 0, "", Selection(shell.guide.node, (WEB,))))
    assert shell.guide.node
    assert sheet.heading.text() == f"Refresh: {shell.guide.node.text}"
