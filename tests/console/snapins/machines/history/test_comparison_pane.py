"""A difference is asked for once, and what is no longer wanted is not shown."""

from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from console.snapins.machines.history.comparison_pane import ComparisonPane
from console.snapins.machines.history.past import Past
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.history.changes import compared, three
from tests.fakes.entries import VM


def test_only_the_last_question_is_answered(context: LentContext, qtbot: QtBot) -> None:
    pane = ComparisonPane(context, VM)
    qtbot.addWidget(pane)
    past = Past()
    past.add(three(), None)
    newest, middle, _oldest = (one.entry.uid for one in past.changes)
    pane.show_chosen(past, [newest])
    pane.show_chosen(past, [newest])
    pane.show_chosen(past, [middle])
    qtbot.waitUntil(lambda: bool(context.engine.queries))
    context.engine.waiting.settle("alterations.compare", compared("m2", "m3"))
    qtbot.waitUntil(lambda: "-" in pane.view.toPlainText())
    assert pane.told.text() == "Network adapter 52:54:00:00:00:01 removed"
    asked = [one.arguments for one in context.engine.queries]
    assert asked[-1] == ("m2", "m3")
    assert asked.count(("m3", "m4")) <= 1
    pane.show_chosen(past, [])
    assert (pane.told.text(), pane.view.toPlainText()) == ("", "")


def test_what_could_not_be_had_is_asked_for_again(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["alterations.compare"] = HostAway(host="rack")
    pane = ComparisonPane(context, VM)
    qtbot.addWidget(pane)
    past = Past()
    past.add(three(), None)
    newest = past.changes[0].entry.uid
    pane.show_chosen(past, [newest])
    qtbot.waitUntil(lambda: bool(pane.told.text()))
    context.engine.answers["alterations.compare"] = compared("m3", "m4")
    pane.show_chosen(past, [newest])
    qtbot.waitUntil(lambda: "hpet" in pane.view.toPlainText())
