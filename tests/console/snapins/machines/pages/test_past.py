"""What is asked of the store, and when; how it looks in the charts is test_performance's."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.history.failures import HistoryNotAnswering
from backend.measures import Measure
from backend.series import Course, Series
from console.snapins.machines.pages.past import Past, Wish
from console.widgets.time_span import Span
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

CPU = Series(domain("web-01").ref, Measure.CPU)
LOAD = Series(domain("web-01").ref, Measure.LOAD)
WISH = Wish((CPU,), Span(1000.0, 1600.0), 600)


def test_an_answer_grants_what_lies_in_it_as_finely() -> None:
    answer = WISH.widened(now=9_999.0)
    assert answer.span == Span(700.0, 1900.0)
    assert answer.step_s == WISH.step_s
    assert answer.grants(WISH)
    assert answer.grants(replace(WISH, span=Span(1300.0, 1900.0)))
    assert not answer.grants(replace(WISH, span=Span(1300.0, 1901.0)))
    assert not answer.grants(replace(WISH, series=(CPU, LOAD)))
    near = replace(WISH, span=Span(1000.0, 1060.0))
    assert not answer.grants(near), "there may be more to see from so near"
    far = replace(WISH, span=Span(701.0, 1899.0), points=60)
    assert not answer.grants(far), "so many points nobody can see"


def test_of_the_future_nothing_is_asked() -> None:
    assert WISH.widened(now=1650.0).span == Span(700.0, 1650.0)
    assert WISH.widened(now=1500.0).span.until == 1600.0


def test_a_store_that_does_not_answer_is_told_and_asked_again(
    context: LentContext, qtbot: QtBot
) -> None:
    told: list[None] = []
    past = Past(context, lambda: told.append(None))
    context.engine.answers["history.read"] = HistoryNotAnswering(seconds=20)
    past.wish(WISH)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert getattr(past.problem, "message_id", "") == "HistoryNotAnswering"
    course = Course(CPU)
    context.engine.answers["history.read"] = (course,)
    past.wish(replace(WISH, span=Span(9000.0, 9600.0)))
    qtbot.waitUntil(lambda: past.course(CPU) is course)
    assert past.problem is None
    assert context.problems == []


def test_what_is_forgotten_is_waited_for_no_more(context: LentContext, qtbot: QtBot) -> None:
    told: list[None] = []
    past = Past(context, lambda: told.append(None))
    past.wish(WISH)
    qtbot.waitUntil(lambda: len(context.engine.queries) == 1)
    past.forget()
    past.wish(replace(WISH, span=Span(9000.0, 9600.0)))
    qtbot.waitUntil(lambda: len(context.engine.queries) == 2)
    context.engine.waiting.settle("history.read", (Course(CPU),))
    qtbot.waitUntil(lambda: len(told) == 1)
    past.wish(None)
    assert past.course(LOAD) is None
