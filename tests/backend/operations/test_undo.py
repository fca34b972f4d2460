"""What can be taken back is, and only while it is as the job left it."""

import pytest

from backend.jobs import Inverse, Job
from backend.model import Domain, DomainState, Ref
from backend.operations import domain
from backend.operations.domain import Autostart
from backend.operations.undo import undoing
from tests.backend.conftest import Heard

Operation = tuple[object, ...]


def done(heard: Heard, operation: object, ref: Ref, *arguments: object) -> Job:
    job = heard.end_of(heard.engine.submit(operation, ref, *arguments))  # type: ignore[arg-type]
    assert job.problem is None
    return job


def inverse(job: Job) -> Inverse:
    assert job.inverse is not None
    return job.inverse


def machine(heard: Heard) -> Domain:
    found = heard.domain()
    assert found
    return found


@pytest.mark.parametrize(
    ("operation", "arguments", "field", "before", "after"),
    [
        (domain.set_notes, ("hello",), "notes", "", "hello"),
        (domain.set_autostart, (Autostart.ON,), "is_autostart", False, True),
        (domain.suspend, (), "state", DomainState.RUNNING, DomainState.PAUSED),
    ],
)
def test_what_was_done_is_taken_back_and_done_again(
    heard: Heard,
    vm: Ref,
    operation: object,
    arguments: tuple[object, ...],
    field: str,
    before: object,
    after: object,
) -> None:
    did = done(heard, operation, vm, *arguments)
    undid = done(heard, undoing(inverse(did)), vm)
    assert getattr(machine(heard), field) == before
    if operation is not domain.suspend:
        assert undid.operation == did.operation
    done(heard, undoing(inverse(undid)), vm)
    assert getattr(machine(heard), field) == after


def test_a_name_is_given_back(heard: Heard, vm: Ref) -> None:
    done(heard, domain.destroy, vm)
    before = machine(heard).name
    did = done(heard, domain.rename, vm, "other")
    done(heard, undoing(inverse(did)), vm)
    assert machine(heard).name == before


def test_what_was_changed_since_is_left_alone(heard: Heard, vm: Ref) -> None:
    did = done(heard, domain.set_notes, vm, "mine")
    done(heard, domain.set_notes, vm, "yours")
    job = heard.end_of(heard.engine.submit(undoing(inverse(did)), vm))
    assert job.problem
    assert (job.problem.message_id, job.problem["name"]) == ("ChangedSince", "test")
    assert machine(heard).notes == "yours"
    assert job.inverse is None


def test_what_is_gone_is_gone(heard: Heard, vm: Ref) -> None:
    done(heard, domain.destroy, vm)
    did = done(heard, domain.set_notes, vm, "mine")
    done(heard, domain.delete, vm)
    job = heard.end_of(heard.engine.submit(undoing(inverse(did)), vm))
    assert job.problem
    assert job.problem.message_id == "Gone"


def test_what_loses_something_cannot_be_taken_back(heard: Heard, vm: Ref) -> None:
    assert done(heard, domain.destroy, vm).inverse is None
    assert done(heard, domain.start, vm).inverse is None
