import pytest

from backend import jobs
from backend.devices import Stage
from backend.errors import Problem
from backend.jobs import Step, StepState
from backend.operations.course import Course


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Step, ...]]:
    found: list[tuple[Step, ...]] = []
    monkeypatch.setattr(jobs, "show", lambda **fields: found.append(fields["steps"]))
    return found


def test_all_steps_are_shown_from_the_start_and_each_once_it_is_seen(
    told: list[tuple[Step, ...]],
) -> None:
    course = Course([(Stage.HOST_ACCEPTED, "vda"), (Stage.DRIVER_BOUND, "vda")])
    assert [step.state for step in told[-1]] == [StepState.WAITING] * 2
    course.begin()
    course.see(Stage.HOST_ACCEPTED, "vda", "virtio")
    first, second = told[-1]
    assert (first.state, first.detail, second.state) == (
        StepState.DONE, ("virtio",), StepState.WAITING,
    )  # fmt: skip
    assert first.after_s is not None
    assert course.is_done(Stage.HOST_ACCEPTED, "vda")
    assert course.waiting("vda") == (Stage.DRIVER_BOUND,)


def test_what_was_seen_stays_seen(told: list[tuple[Step, ...]]) -> None:
    course = Course([(Stage.ADDRESS, "a"), (Stage.ADDRESS, "b")])
    course.begin()
    course.see(Stage.ADDRESS, "a", "10.0.0.2/24")
    before = told[-1][0].after_s
    course.see(Stage.ADDRESS, "a", "eth1", state=StepState.NOT_KNOWN, remark=Problem("GuestPaused"))
    step = told[-1][0]
    assert (step.state, step.after_s, step.remark) == (StepState.DONE, before, None)
    assert step.detail == ("10.0.0.2/24", "eth1")
    assert told[-1][1].state is StepState.WAITING
