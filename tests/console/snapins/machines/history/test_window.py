"""History: what was changed, what that did, and the ways back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from backend.errors import HostAway, Problem
from backend.journal.entry import Cursor, What, fact
from backend.model import Domain
from backend.operations.alterations import Alteration, Alterations
from console.snapins.machines.history.past import FIRST
from console.snapins.machines.history.undo_dialog import UndoDialog
from console.snapins.machines.history.window import HistoryWindow
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.history.changes import change, compared, three
from tests.console.snapins.machines.history.conftest import Open
from tests.fakes.entries import entry


def shown(window: HistoryWindow) -> list[str]:
    return [line.cells[1].text for day in window.table.lines_model.lines for line in day.below]


def choose(window: HistoryWindow, *keys: object) -> None:
    model, selection = window.table.lines_model, window.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    selection.clearSelection()
    for key in keys:
        index = model.find(key)
        assert index.isValid()
        selection.select(index, flags.Select | flags.Rows)


def test_each_change_says_what_it_did(opened: Open) -> None:
    window = opened()
    assert shown(window) == [
        "XML clock/timer[hpet] added",
        "Network adapter 52:54:00:00:00:01 removed",
        "Startup memory 2 GiB → 4 GiB, Memory: Maximum 2 GiB → 4 GiB",
        "As it was when Celadon first saw it",
    ]
    assert window.windowTitle() == "History of web-01"


def test_the_newest_is_shown_with_its_difference(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    window = opened()
    qtbot.waitUntil(lambda: "hpet" in window.pane.view.toPlainText())
    assert context.engine.queries[-1].arguments == ("m3", "m4")
    assert window.pane.told.text() == "XML clock/timer[hpet] added"
    window.copy_button.click()
    assert "+    <timer" in QGuiApplication.clipboard().text()


def test_it_is_compared_with_now_and_any_two_with_each_other(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    window = opened()
    newest, middle, oldest = (one.entry.uid for one in window.past.changes)
    context.engine.answers["alterations.compare"] = compared("m2", "m4")
    window.pane.against.setCurrentIndex(1)
    choose(window, oldest)
    qtbot.waitUntil(lambda: context.engine.queries[-1].arguments == ("m2", "m4"))
    qtbot.waitUntil(lambda: "adapter" in window.pane.told.text())
    choose(window, newest, oldest)
    assert not window.pane.against.isEnabled()
    choose(window, FIRST)
    qtbot.waitUntil(lambda: context.engine.queries[-1].arguments == ("m1", "m4"))
    choose(window, middle, oldest)
    qtbot.waitUntil(lambda: context.engine.queries[-1].arguments == ("m2", "m3"))


def test_what_can_be_done_is_said(opened: Open) -> None:
    window = opened()
    newest, middle, _oldest = (one.entry.uid for one in window.past.changes)
    choose(window, newest)
    assert window.undo_button.isEnabled()
    assert window.restore_button.toolTip() == "It is so already."
    choose(window, middle)
    assert window.restore_button.isEnabled()
    choose(window, newest, middle)
    assert window.undo_button.toolTip() == "Choose one change."
    choose(window, FIRST)
    assert not window.undo_button.isEnabled()
    assert window.restore_button.isEnabled()


def test_what_is_not_kept_is_not_undone(opened: Open) -> None:
    window = opened(Alterations((change("gone", "m2"),), "m2"))
    assert shown(window)[0] == "Changed; what it was before is not kept"
    assert window.undo_button.toolTip() == "What it was before is not kept."


def test_the_making_of_it_is_not_undone(opened: Open) -> None:
    made = entry(fact(What.CREATED, definition="m1"))
    first = Alteration(made, "", "m1")
    window = opened(Alterations((first,), "m2"))
    assert shown(window) == ["Created"]
    assert window.undo_button.toolTip() == "This made the machine: delete it instead."
    assert window.restore_button.isEnabled()


def test_nothing_says_what_to_expect(opened: Open) -> None:
    window = opened(Alterations())
    assert window.table.empty_words.startswith("Nothing was changed since")
    assert not window.undo_button.isEnabled()
    assert not window.copy_button.isEnabled()


def test_it_follows_the_journal_and_the_machine(
    opened: Open, context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    window = opened(Alterations((), "m4"))
    context.engine.answers["alterations.read"] = three()
    context.engine.write(entry(What.STARTED))
    context.engine.write(entry(fact(What.CONFIGURED, before="m3", after="m4")))
    qtbot.waitUntil(lambda: len(shown(window)) == 4)
    context.engine.put(replace(web, name="web-02"))
    qtbot.waitUntil(lambda: window.windowTitle() == "History of web-02")


def test_a_machine_that_is_gone_is_only_looked_at(
    opened: Open, context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    window = opened()
    context.engine.drop(web.ref)
    qtbot.waitUntil(lambda: not window.undo_button.isEnabled())
    assert "no longer there" in window.undo_button.toolTip()
    assert shown(window)


def test_a_journal_that_fails_says_why(opened: Open) -> None:
    window = opened(replace(three(), problem=Problem("JournalFull", (("path", "/j"),))))
    assert "/j" in window.remark.text()


def test_older_ones_are_read_when_their_end_nears(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    window = opened(replace(three(), is_last=False))
    last = window.past.changes[-1].entry
    qtbot.waitUntil(lambda: last.uid in asked_from(context))
    assert shown(window)[-1] != "As it was when Celadon first saw it"


def asked_from(context: LentContext) -> list[int]:
    """Return where pages were asked for from."""
    pages = [q for q in context.engine.queries if q.operation == "alterations.read"]
    return [q.arguments[0].uid for q in pages if isinstance(q.arguments[0], Cursor)]


def test_a_difference_that_cannot_be_had_is_said(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["alterations.compare"] = HostAway(host="rack")
    window = opened()
    qtbot.waitUntil(lambda: window.pane.told.text() != "")
    assert window.pane.view.toPlainText() == ""


@pytest.mark.parametrize(
    ("button", "arguments"), [("undo_button", ("m2", "m3")), ("restore_button", ("m3", "m4"))]
)
def test_it_asks_before_anything_is_undone(
    opened: Open, context: LentContext, qtbot: QtBot, button: str, arguments: tuple[str, str]
) -> None:
    window = opened()
    choose(window, window.past.changes[1].entry.uid)
    getattr(window, button).click()
    (dialog,) = window.findChildren(UndoDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: context.engine.queries[-1].operation == "alterations.plan")
    assert context.engine.queries[-1].arguments == arguments
    assert context.submitted() == []
    dialog.reject()


def test_what_happens_while_a_page_is_read_is_not_missed(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    window = opened(Alterations((), "m1"))
    del context.engine.answers["alterations.read"]
    happened = entry(fact(What.CONFIGURED, before="m3", after="m4"))
    context.engine.write(happened)
    qtbot.waitUntil(lambda: reads(context) == 2)
    context.engine.write(happened)
    qtbot.wait(20)
    assert reads(context) == 2, "one question at a time"
    context.engine.waiting.settle("alterations.read", Alterations((), "m1"))
    qtbot.waitUntil(lambda: reads(context) == 3)
    context.engine.waiting.settle("alterations.read", three())
    qtbot.waitUntil(lambda: len(shown(window)) == 4)
    qtbot.wait(20)
    assert reads(context) == 3


def reads(context: LentContext) -> int:
    return sum(one.operation == "alterations.read" for one in context.engine.queries)


def test_why_nothing_can_be_changed_stands_in_few_lines_where_it_is_narrow(
    opened: Open, context: LentContext, web: Domain, qtbot: QtBot
) -> None:
    window = opened()
    context.engine.drop(web.ref)
    qtbot.waitUntil(lambda: "no longer there" in window.remark.text())
    window.resize(window.minimumSizeHint().width(), 480)
    qtbot.waitUntil(lambda: window.remark.width() >= window.width() - 1)
    assert window.remark.height() <= 4 * window.fontMetrics().lineSpacing()
