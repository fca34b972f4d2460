"""A description under edit: what is said of it, and where it is at fault."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import DescriptionRefused, Problem
from backend.model import Record
from backend.operations.definition import Claim, Examination
from console.snapins.machines.dialogs.description_pane import DescriptionPane
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain, host

XML = "<domain type='kvm'><name>new</name></domain>"


@pytest.fixture
def pane(context: LentContext, qtbot: QtBot) -> Iterator[DescriptionPane]:
    context.engine.answers["definition.examine"] = Examination("new", (Claim.NEW,))
    pane = DescriptionPane(context, host())
    qtbot.addWidget(pane)
    yield pane
    pane.leave()


def test_it_is_looked_over_when_the_typing_rests(pane: DescriptionPane, qtbot: QtBot) -> None:
    assert "Type, paste or open" in pane.refusal
    pane.editor.setPlainText(XML)
    assert pane.refusal == "Looking it over..."
    qtbot.waitUntil(lambda: not pane.refusal)
    assert "Nothing is missing" in pane.remarks.empty_words


def test_what_the_host_says_stands_below(
    context: LentContext, pane: DescriptionPane, qtbot: QtBot
) -> None:
    remark = Problem("NetworkNotThere", (("name", "lan"),))
    told = Examination("new", (Claim.NEW,), remarks=(remark,))
    context.engine.answers["definition.examine"] = told
    pane.editor.setPlainText(XML)
    qtbot.waitUntil(lambda: pane.remarks.count() == 1)
    assert "“lan”" in pane.remarks.item(0).text()


def test_a_refusal_holds_until_the_text_is_another(
    context: LentContext, pane: DescriptionPane, qtbot: QtBot
) -> None:
    refused = DescriptionRefused(detail=("Extra element devices",))
    context.engine.answers["definition.examine"] = refused
    pane.editor.setPlainText(XML)
    qtbot.waitUntil(lambda: "Extra element" in pane.refusal)
    pane.editor.setPlainText("<domain>\n</dom>")
    assert "Line 2, column 7" in pane.refusal
    pane.go_button.click()
    assert pane.editor.textCursor().blockNumber() == 1


def test_it_is_looked_over_anew_if_names_change(
    pane: DescriptionPane, qtbot: QtBot, until: Callable[[Record], None]
) -> None:
    pane.editor.setPlainText(XML)
    qtbot.waitUntil(lambda: not pane.refusal)
    until(replace(domain("web-01"), notes="another"))
    seen = [pane.is_waiting]
    until(domain("fresh"))
    assert [*seen, pane.is_waiting] == [False, True]
    assert not pane.refusal, "what was known holds meanwhile"
