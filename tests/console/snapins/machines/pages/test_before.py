import time
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from backend.measures import Measure
from backend.series import Course, Point, Series
from console.snapins.machines.pages.before import Before
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

VM = domain("web-01")
SERIES = (Series(VM.ref, Measure.CPU),)
NONE = (Course(SERIES[0]),)


@pytest.fixture
def before(context: LentContext) -> tuple[Before, list[None]]:
    told: list[None] = []
    return Before(context, lambda: told.append(None)), told


def spans(context: LentContext) -> list[float]:
    asked = [one for one in context.engine.queries if one.operation == "history.read"]
    ends = [(cast("float", one.options["since"]), one.options["until"]) for one in asked]
    return [round(cast("float", until) - since) for since, until in ends]


def test_the_shortest_length_in_which_there_is_anything_is_found(
    before: tuple[Before, list[None]], context: LentContext, qtbot: QtBot
) -> None:
    finding, told = before
    finding.look(VM.ref, SERIES, (60.0, 600.0, 3600.0))
    qtbot.waitUntil(lambda: spans(context) == [60])
    context.engine.waiting.settle("history.read", NONE)
    qtbot.waitUntil(lambda: spans(context) == [60, 600])
    some = (Course(SERIES[0], ((Point(time.time() - 300, 1, 1, 1),),), 1.0),)
    context.engine.waiting.settle("history.read", some)
    qtbot.waitUntil(lambda: finding.length_s == 600)
    assert (len(told), finding.is_nothing) == (1, False)
    finding.look(VM.ref, SERIES, (60.0, 600.0, 3600.0))
    assert len(spans(context)) == 2, "what is known is not asked for again"
    finding.look(VM.ref, SERIES, (3600.0,))
    qtbot.waitUntil(lambda: spans(context)[2:] == [3600])
    finding.forget()


def test_that_nothing_was_kept_is_known_too(
    before: tuple[Before, list[None]], context: LentContext, qtbot: QtBot
) -> None:
    finding, told = before
    context.engine.answers["history.read"] = NONE
    finding.look(VM.ref, SERIES, (60.0, 600.0))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert (finding.length_s, finding.is_nothing) == (None, True)
    finding.forget()
    assert (finding.length_s, finding.is_nothing) == (None, False)
