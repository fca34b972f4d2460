"""The course of a change to a machine's devices, step by step, as its job shows it."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace

from backend import jobs
from backend.devices import Stage
from backend.errors import Problem
from backend.jobs import Step, StepState


class Course:
    """Steps in their order, each about one device by its key."""

    def __init__(self, stages: Iterable[tuple[Stage, str]]) -> None:
        self._steps = [Step(stage.value, subject) for stage, subject in stages]
        self._zero: float | None = None
        self._show()

    def begin(self) -> None:
        """Count the seconds from now on; only the first time counts."""
        self._zero = self._zero or time.monotonic()

    @property
    def zero(self) -> float | None:
        """When that was, in monotonic seconds."""
        return self._zero

    def see(
        self,
        stage: Stage,
        subject: str,
        *detail: str,
        state: StepState = StepState.DONE,
        remark: Problem | None = None,
    ) -> None:
        """Say what was seen of a step. One that is done stays so; a later look may add detail."""
        for number, step in enumerate(self._steps):
            if (step.name, step.subject) != (stage.value, subject):
                continue
            if step.state is StepState.DONE:
                after_s, state, remark = step.after_s, step.state, None
            else:
                after_s = self._seconds() if state is StepState.DONE else None
            words = tuple(dict.fromkeys((*step.detail, *detail)))
            self._steps[number] = replace(
                step, state=state, after_s=after_s, detail=words, remark=remark
            )
        self._show()

    def rename(self, names: Mapping[str, str]) -> None:
        """Have the devices that are not there yet go by other keys; what failed is tried again."""
        for number, step in enumerate(self._steps):
            if step.subject in names and step.state is not StepState.DONE:
                waits = StepState.WAITING
                self._steps[number] = replace(step, subject=names[step.subject], state=waits)
        self._show()

    def is_done(self, stage: Stage, subject: str) -> bool:
        """Return whether a step was seen."""
        done = StepState.DONE
        wanted = (stage.value, subject)
        return any((s.name, s.subject) == wanted and s.state is done for s in self._steps)

    def waiting(self, subject: str) -> tuple[Stage, ...]:
        """Return the steps of a device that are still waited for."""
        return tuple(
            Stage(step.name)
            for step in self._steps
            if step.subject == subject and step.state is StepState.WAITING
        )

    def _seconds(self) -> float | None:
        return None if self._zero is None else time.monotonic() - self._zero

    def _show(self) -> None:
        jobs.show(steps=tuple(self._steps))
