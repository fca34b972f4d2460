"""What can be taken back, the last thing first, and done again. For all windows of the session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend.jobs import Job, JobState
from backend.operations.undo import undoing
from console.sdk import wording
from console.sdk.context import Context

KEPT = 100
_FOR_GOOD = ("ChangedSince", "Gone", "HostUnknown")


class Taken(Protocol):
    """A job under way that takes a step back."""

    @property
    def id(self) -> int:
        """The job's number."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, by name ("Rename web-01"), and how it is taken back.

    `take_back` returns the step that does it again, if that is known at once, or the job whose end
    will tell.
    """

    title: str
    take_back: "Callable[[Context], Step | Taken]"


class Journey(QObject):
    """The steps one can go back, and those gone back already."""

    changed = Signal()
    """There is another step to take back, or to do again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._going: dict[int, tuple[Step, list[Step], list[Step]]] = {}

    @property
    def to_undo(self) -> str:
        """The title of what was done last, "" if nothing can be taken back."""
        return self._done[-1].title if self._done else ""

    @property
    def to_redo(self) -> str:
        """The title of what was taken back last, "" if nothing can be done again."""
        return self._undone[-1].title if self._undone else ""

    def note(self, step: Step) -> None:
        """Something was done; what was taken back before cannot be done again any more."""
        self._undone.clear()
        self._done.append(step)
        del self._done[:-KEPT]
        self.changed.emit()

    def undo(self, context: Context) -> None:
        """Take back what was done last."""
        self._go(context, self._done, self._undone)

    def redo(self, context: Context) -> None:
        """Do again what was taken back last."""
        self._go(context, self._undone, self._done)

    def follow(self, jobs: Sequence[Job]) -> None:
        """Note what was done, and how what goes back or forth ended."""
        for job in jobs:
            if job.id in self._going:
                if job.is_over:
                    self._arrive(job, *self._going.pop(job.id))
            elif job.state is JobState.DONE and job.inverse and job.subject:
                self.note(Step(wording.deed(job), _taker(job)))

    def _go(self, context: Context, source: list[Step], target: list[Step]) -> None:
        if not source:
            return
        step = source.pop()
        outcome = step.take_back(context)
        if isinstance(outcome, Step):
            target.append(outcome)
        else:
            self._going[outcome.id] = (step, source, target)
        self.changed.emit()

    def _arrive(self, job: Job, step: Step, source: list[Step], target: list[Step]) -> None:
        if job.state is JobState.DONE and job.inverse:
            target.append(Step(step.title, _taker(job)))
        elif job.problem is None or job.problem.message_id not in _FOR_GOOD:
            # It may go well the next time: the host was away, the name is taken just now.
            source.append(step)
        self.changed.emit()


def _taker(job: Job) -> "Callable[[Context], Step | Taken]":
    inverse, subject = job.inverse, job.subject
    if inverse is None or subject is None:
        raise ValueError(f"{job.operation} cannot be taken back")
    return lambda context: context.submit(undoing(inverse), subject)
