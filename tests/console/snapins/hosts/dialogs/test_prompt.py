"""A question is answered once; closing it declines; one that is outdated is no fault."""

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import PromptOutdated
from backend.model import Keep, Prompt, PromptKind
from console.snapins.hosts.dialogs.prompt import PromptDialog, own_words
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import AWAY, away_host
from tests.fakes.turning import turn


def opened(context: LentContext) -> PromptDialog:
    prompt = Prompt(7, PromptKind.CODE, "root@rack-2")
    dialog = PromptDialog(context, "Question", "Answer", away_host(), prompt)
    context.show_dialog(dialog)
    return dialog


def said(context: LentContext) -> list[tuple[str, tuple[object, ...]]]:
    turn()
    assert {query.ref for query in context.engine.queries} <= {AWAY}
    return [(query.operation, query.arguments) for query in context.engine.queries]


def test_closing_declines(context: LentContext) -> None:
    opened(context).reject()
    assert said(context) == [("host.decline", (7,))]


def test_a_question_that_nobody_asks_any_more_is_no_fault(context: LentContext) -> None:
    context.engine.answers["host.decline"] = PromptOutdated()
    opened(context).close()
    assert said(context) == [("host.decline", (7,))]
    assert context.problems == []


def test_an_answer_is_no_refusal(context: LentContext) -> None:
    dialog = opened(context)
    context.run(dialog.answer("42", Keep.NO))
    dialog.accept()
    assert said(context) == [("host.answer", (7, "42", Keep.NO))]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_servers_own_words_take_the_room_they_need(qtbot: QtBot, count: int) -> None:
    field = own_words(("line",) * count)
    qtbot.addWidget(field)
    assert field.toPlainText().count("line") == count
    assert field.isReadOnly()
    assert field.height() < 8 * field.fontMetrics().lineSpacing()
