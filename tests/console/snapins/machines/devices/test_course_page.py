"""What comes of changes: steps and heartbeat as they come, one change or several."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.jobs import Job, JobState, Step
from backend.operations import device as verbs
from console.sdk.nodes import Tone
from console.snapins.machines.devices.course_page import CoursePage, Errand
from console.widgets.step_rows import Mark
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import MAC, pulse, running, seen


def title(job: Job | None) -> str:
    return "Done" if job and job.is_over else "Adding"


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> CoursePage:
    page = CoursePage(context, "Adding", "add device/course")
    qtbot.addWidget(page)
    page.show()
    return page


def errand(context: LentContext, name: str) -> Errand:
    handle = context.submit(verbs.add, running(name).ref, ())
    return Errand(name, name, title, handle, "adding")


def tell(context: LentContext, number: int, **fields: object) -> None:
    job = context.engine.jobs[number]
    context.engine.tell(replace(job, **fields))  # type: ignore[arg-type]


def test_steps_and_heartbeat_are_shown_as_they_come(
    context: LentContext, page: CoursePage, qtbot: QtBot
) -> None:
    one = errand(context, "web-01")
    page.follow([one])
    assert (page.title, page.all.isVisible(), page.chart.isVisible()) == ("Adding", False, False)
    tell(context, one.handle.id, steps=(seen("host_accepted", 0.1), Step("address", MAC)))
    qtbot.waitUntil(lambda: len(page.steps.lines) == 2)
    assert [line.mark for line in page.steps.lines] == [Mark.DONE, Mark.UNDER_WAY]
    steps = (seen("host_accepted", 0.1), seen("shown_to_guest", 0.2), seen("address", 2.0, "::1"))
    tell(context, one.handle.id, steps=steps, heartbeat=pulse(), state=JobState.DONE)
    qtbot.waitUntil(lambda: page.title == "Done")
    assert page.chart.isVisible()
    assert "31 ms while adding" in page.chart.caption.text()
    assert "answers at ::1" in page.sentence


def test_of_several_one_is_chosen_to_be_shown(
    context: LentContext, page: CoursePage, qtbot: QtBot
) -> None:
    errands = [errand(context, "web-01"), errand(context, "web-02")]
    page.follow(errands)
    assert page.all.isVisible()
    problem = Problem("DeviceRefused", (("device", MAC),))
    tell(context, errands[1].handle.id, state=JobState.FAILED, problem=problem)
    qtbot.waitUntil(lambda: "refused" in page.all.item(1).toolTip() or bool(page._jobs))
    assert page.shown is errands[0]
    assert page.sentence.startswith("It is followed")
    page.all.choose("web-02")
    assert page.shown is errands[1]
    assert "refused" in page.sentence
    assert page.tone is Tone.BAD


def test_one_that_is_tried_again_takes_the_place_of_the_first(
    context: LentContext, page: CoursePage, qtbot: QtBot
) -> None:
    first = errand(context, "web-01")
    page.follow([first])
    tell(context, first.handle.id, state=JobState.FAILED, problem=Problem("GuestKeepsDevice"))
    qtbot.waitUntil(lambda: page.title == "Done")
    again = errand(context, "web-01")
    page.follow([again])
    assert page.title == "Adding"
    assert page.shown is again


def test_who_leaves_follows_no_more(context: LentContext, page: CoursePage, qtbot: QtBot) -> None:
    one = errand(context, "web-01")
    page.follow([one])
    page.leave()
    tell(context, one.handle.id, state=JobState.DONE)
    qtbot.wait(20)
    assert page.title == "Adding"
