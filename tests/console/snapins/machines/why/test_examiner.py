from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import HostNotAnswering
from console.snapins.machines.why.examiner import Examiner
from tests.console.snapins.lent import LentContext
from tests.fakes.diagnoses import judged
from tests.fakes.machines import domain

WEB, DB = domain("web-01").ref, domain("db-01").ref


@pytest.fixture
def examiner(context: LentContext) -> Iterator[Examiner]:
    made = Examiner(context)
    yield made
    made.stop()


def test_it_is_asked_again_and_again_while_somebody_looks(
    examiner: Examiner, qtbot: QtBot, context: LentContext
) -> None:
    found = context.engine.answers["slowness.judge"] = judged()
    examiner.follow(WEB, 600.0)
    qtbot.waitUntil(lambda: examiner.diagnosis is found)
    (asked,) = context.engine.queries
    assert set(asked.options) == {"since", "until"}
    examiner.follow(WEB, 600.0)
    examiner._clock.timeout.emit()
    qtbot.waitUntil(lambda: len(context.engine.queries) == 2)
    examiner.stop()
    assert not examiner._clock.isActive()
    assert examiner.diagnosis is None


def test_one_question_is_asked_at_a_time_and_the_last_wish_counts(
    examiner: Examiner, qtbot: QtBot, context: LentContext
) -> None:
    examiner.follow(WEB, 600.0)
    qtbot.waitUntil(lambda: len(context.engine.queries) == 1)
    examiner._clock.timeout.emit()
    examiner.follow(DB, 600.0)
    qtbot.waitUntil(lambda: len(context.engine.queries) == 2)
    assert [one.ref for one in context.engine.queries] == [WEB, DB]
    context.engine.waiting.settle("slowness.judge", judged())
    qtbot.waitUntil(lambda: examiner.diagnosis is not None)


def test_a_failure_takes_the_place_of_what_was_said(
    examiner: Examiner, qtbot: QtBot, context: LentContext
) -> None:
    context.engine.answers["slowness.judge"] = HostNotAnswering(seconds=7)
    examiner.follow(WEB, 600.0)
    qtbot.waitUntil(lambda: examiner.problem is not None)
    context.engine.answers["slowness.judge"] = judged()
    examiner._clock.timeout.emit()
    qtbot.waitUntil(lambda: examiner.diagnosis is not None)
    assert examiner.problem is None
    assert not context.problems


def test_a_fault_of_ours_takes_its_place_too_and_is_told_once(
    examiner: Examiner, qtbot: QtBot, context: LentContext, caplog: pytest.LogCaptureFixture
) -> None:
    context.engine.answers["slowness.judge"] = judged()
    examiner.follow(WEB, 600.0)
    qtbot.waitUntil(lambda: examiner.diagnosis is not None)
    context.engine.answers["slowness.judge"] = ZeroDivisionError()
    caplog.set_level("CRITICAL", "console.bridge.promises")
    examiner._clock.timeout.emit()
    qtbot.waitUntil(lambda: examiner.problem is not None)
    qtbot.waitUntil(lambda: len(context.problems) == 1)
    assert examiner.diagnosis is None
    assert not examiner._clock.isActive()
    context.engine.answers["slowness.judge"] = judged()
    examiner.follow(DB, 600.0)
    qtbot.waitUntil(lambda: examiner.diagnosis is not None)
