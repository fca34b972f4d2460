"""What is told when a job failed: why, and what can be done about it now."""

from collections.abc import Callable

from backend.errors import Problem
from backend.jobs import Job
from backend.model import Record
from console.bridge.mirror import Mirror
from console.sdk import wording
from console.sdk.actions import Selection
from console.shell.action_set import ActionSet
from console.shell.notices import Notice


def failure_notice(job: Job, problem: Problem, mirror: Mirror, actions: ActionSet) -> Notice:
    """Return the notice of a job that failed, with what its snap-in offers after it."""
    record = mirror.any_record(job.subject) if job.subject else None
    found = actions.follow_ups(problem.message_id, record) if record else ()
    offers = tuple((text, _offer(actions, name, record)) for name, text in found if record)
    title, sentence = wording.job_failure(job), wording.sentence(problem)
    return Notice(title, sentence, problem.detail, job.subject, offers)


def _offer(actions: ActionSet, action_id: str, record: Record) -> Callable[[], None]:
    selection = Selection(actions.selection.node, (record,))

    def act() -> None:
        actions.trigger(action_id, selection)

    return act
