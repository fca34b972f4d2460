"""Machines that were deleted are defined again; what is missing of them is said before."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import Problem
from backend.journal.entry import What, fact
from backend.model import Host
from backend.operations.alterations import Alteration, Alterations
from backend.operations.definition import Claim, Examination
from console.snapins.machines.history.deleted_dialog import DeletedDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.entries import OTHER, entry
from tests.fakes.machines import HOST
from tests.fakes.turning import turn

Show = Callable[..., DeletedDialog]
GONE = Alteration(entry(fact(What.DELETED, definition="m1"), subject=OTHER), "m1", "")


@pytest.fixture
def show(context: LentContext, qtbot: QtBot) -> Show:
    def do(examined: object, *found: Alteration) -> DeletedDialog:
        context.engine.answers["alterations.read_deleted"] = Alterations(found)
        context.engine.answers["alterations.text"] = "<domain/>"
        context.engine.answers["definition.examine"] = examined
        host = context.lookup.record(HOST, Host)
        assert host
        dialog = DeletedDialog(context, host)
        context.show_dialog(dialog)
        qtbot.waitUntil(
            lambda: dialog.refusal not in ("Looking into the journal...", "One moment...")
        )
        return dialog

    return do


def test_it_is_defined_again(show: Show, context: LentContext) -> None:
    missing = Problem("DiskNotThere", (("path", "/images/db-01.qcow2"),))
    dialog = show(Examination("db-01", (Claim.NEW,), remarks=(missing,)), GONE)
    assert "/images/db-01.qcow2" in dialog.remarks.item(0).text()
    dialog.ok_button.click()
    assert context.submitted() == [("alterations.define_again", HOST.key)]
    assert context.last().arguments == ("m1",)


def test_a_name_that_is_taken_is_said(show: Show) -> None:
    dialog = show(Examination("db-01", (Claim.REPLACE,)), GONE)
    assert "called “db-01” by now" in dialog.refusal
    assert not dialog.ok_button.isEnabled()


def test_where_nothing_was_deleted_it_says_what_this_is_for(show: Show) -> None:
    dialog = show(Examination("db-01", (Claim.NEW,)))
    assert dialog.table.empty_words.startswith("No virtual machine was deleted")
    assert not dialog.ok_button.isEnabled()


def test_who_closes_it_while_another_is_looked_at_is_told_nothing(
    show: Show, context: LentContext, qtbot: QtBot
) -> None:
    other = Alteration(entry(fact(What.DELETED, definition="m2"), subject=OTHER), "m2", "")
    dialog = show(Examination("db-01", (Claim.NEW,)), GONE, other)
    del context.engine.answers["definition.examine"]
    for one in (other, GONE):
        asked = len(context.engine.queries)
        dialog.table.choose(one.entry.uid)
        qtbot.waitUntil(lambda: len(context.engine.queries) == asked + 2)  # noqa: B023
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    context.engine.waiting.settle("definition.examine", Examination("db-01", (Claim.NEW,)))
    turn()
    assert context.problems == []
