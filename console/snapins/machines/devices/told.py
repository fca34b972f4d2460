"""What a job on a device has shown so far, in words. Pure.

A tick stands only where the job saw something; what nobody can tell is "not known".
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from backend.devices import Stage
from backend.errors import Problem
from backend.heartbeat import Heartbeat, Pulse
from backend.jobs import Job, JobState, Step, StepState
from backend.refusals import FileKept
from console.sdk import wording
from console.sdk.marking import NOOP
from console.sdk.nodes import Tone
from console.widgets.curve import TimeMark
from console.widgets.step_rows import Mark, StepLine


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


_STEPS: Final = {
    Stage.HOST_ACCEPTED: NOOP("machines", "Server accepts the device"),
    Stage.SHOWN_TO_GUEST: NOOP("machines", "Device shown to the guest"),
    Stage.DRIVER_BOUND: NOOP("machines", "Driver bound in the guest"),
    Stage.ADDRESS: NOOP("machines", "Address received"),
    Stage.DISK_SEEN: NOOP("machines", "Disk read by the guest"),
    Stage.ASKED: NOOP("machines", "Guest asked to let it go"),
    Stage.REMOVED: NOOP("machines", "Removed: the guest let it go"),
    Stage.IN_DEFINITION: NOOP("machines", "Changed for the next start"),
    Stage.MEMORY_USED: NOOP("machines", "Memory in use by the guest"),
    Stage.PROCESSORS_USED: NOOP("machines", "Processors in use by the guest"),
}
_MARKS: Final = {
    Stage.DRIVER_BOUND: NOOP("machines", "driver"),
    Stage.ADDRESS: NOOP("machines", "address"),
    Stage.DISK_SEEN: NOOP("machines", "disk"),
    Stage.REMOVED: NOOP("machines", "removed"),
    Stage.MEMORY_USED: NOOP("machines", "memory"),
    Stage.PROCESSORS_USED: NOOP("machines", "processors"),
}
_USED: Final = {Stage.DRIVER_BOUND, Stage.MEMORY_USED, Stage.PROCESSORS_USED}
_SEEN: Final = {
    StepState.DONE: Mark.DONE,
    StepState.NOT_KNOWN: Mark.NOT_KNOWN,
    StepState.FAILED: Mark.FAILED,
}


def lines(job: Job) -> tuple[StepLine, ...]:
    """Return the steps of a job as they stand; the first that is waited for is under way."""
    found, is_next = [], job.state is JobState.RUNNING
    for step in job.steps:
        waits = step.state is StepState.WAITING
        found.append(_line(step, is_under_way=waits and is_next, is_over=job.is_over))
        is_next = is_next and not waits
    return tuple(found)


def _line(step: Step, *, is_under_way: bool, is_over: bool) -> StepLine:
    name = _tr(_STEPS[Stage(step.name)])
    mark = Mark.UNDER_WAY if is_under_way else _SEEN.get(step.state, Mark.AHEAD)
    remark = wording.sentence(step.remark) if step.remark else ""
    return StepLine(name, mark, _told(step, mark, is_over=is_over), ", ".join(step.detail), remark)


def _told(step: Step, mark: Mark, *, is_over: bool) -> str:
    if step.state is StepState.DONE and step.after_s is not None:
        return seconds(step.after_s)
    words = {
        Mark.UNDER_WAY: _tr("waiting..."),
        Mark.NOT_KNOWN: _tr("not known"),
        Mark.FAILED: _tr("failed"),
        Mark.AHEAD: _tr("not seen") if is_over else "",
    }
    return words.get(mark, "")


def seconds(value: float) -> str:
    """Return seconds as a stop-watch has them."""
    return _tr("{seconds} s").format(seconds=QLocale().toString(value, "f", 2))


def remarks(job: Job) -> str:
    """Return why steps are not known, what they wait for, and what was left, each reason once."""
    problems: dict[Problem, None] = {step.remark: None for step in job.steps if step.remark}
    if job.is_over:
        problems |= {FileKept(path=path).problem: None for path in job.unused}
    return "\n".join(wording.sentence(problem) for problem in problems)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job stands, in one line, and how well that is."""

    text: str
    tone: Tone = Tone.MUTED


def outcome(job: Job, when_running: str) -> Outcome:
    """Return in one line how a job stands; `when_running` while it does."""
    if job.state is JobState.RUNNING:
        return Outcome(when_running)
    if job.problem:
        detail = "\n".join(job.problem.detail)
        said = wording.sentence(job.problem)
        return Outcome(f"{said}\n{detail}" if detail else said, Tone.BAD)
    if job.state is JobState.CANCELLED:
        return Outcome(_tr("It was cancelled. What had been done by then is done."), Tone.WARNING)
    return _done(job)


def _done(job: Job) -> Outcome:
    states = {Stage(step.name): step.state for step in job.steps}
    done = {stage for stage, state in states.items() if state is StepState.DONE}
    detail = {Stage(step.name): step.detail for step in job.steps}
    if Stage.REMOVED in states:
        return Outcome(_tr("The guest has let it go. The machine kept running."), Tone.GOOD)
    if Stage.IN_DEFINITION in states:
        is_new = Stage.HOST_ACCEPTED in states
        there = _tr("The machine has it from its next start on.")
        gone = _tr("It is gone from the machine's next start on.")
        return Outcome(there if is_new else gone, Tone.GOOD)
    if Stage.ADDRESS in done and detail[Stage.ADDRESS]:
        text = _tr("The guest uses it and answers at {address}. The machine kept running.")
        return Outcome(text.format(address=detail[Stage.ADDRESS][0].partition("/")[0]), Tone.GOOD)
    if _USED & done:
        return Outcome(_tr("The guest uses it. The machine kept running."), Tone.GOOD)
    if StepState.NOT_KNOWN in states.values():
        return Outcome(
            _tr("The machine has it; whether its guest uses it is not known."), Tone.WARNING
        )
    return Outcome(_tr("The machine has it; its guest does not use it yet."), Tone.WARNING)


def pulse_caption(pulse: Heartbeat, word: str) -> str:
    """Return the longest gaps of a heartbeat, before the change and since; `word`: "adding"."""
    before, since = pulse.idle_gap_ms, pulse.gap_ms
    if since is None:
        if before is None:
            return _tr("Heartbeat of the guest: not measured yet")
        return _tr("Heartbeat of the guest: longest gap {before} ms before").format(
            before=_whole(before)
        )
    if before is None:
        return _tr("Heartbeat of the guest: longest gap {since} ms while {doing}").format(
            since=_whole(since), doing=word
        )
    text = _tr("Heartbeat of the guest: longest gap {since} ms while {doing}, {before} ms before")
    return text.format(since=_whole(since), doing=word, before=_whole(before))


def pulse_source(pulse: Heartbeat) -> str:
    """Return who told the heartbeat, and how fine it is."""
    words = {
        Pulse.COUNTER: _tr("Told by the guest's own counter, every {interval} ms."),
        Pulse.PROCESSORS: _tr("Told by the time of its processors, read every {interval} ms."),
        Pulse.AGENT: _tr(
            "Told by the guest agent, asked every {interval} ms; what else it is asked delays it."
        ),
    }
    text = words[pulse.pulse].format(interval=_whole(pulse.interval_ms))
    if pulse.lost:
        text += " " + _tr("Beats lost: {count}.").format(count=pulse.lost)
    return text


def marks(job: Job) -> tuple[TimeMark, ...]:
    """Return what happened to a device, for the chart of the heartbeat."""
    return TimeMark(0.0, _tr("begin")), *(
        TimeMark(step.after_s, _tr(_MARKS[Stage(step.name)]))
        for step in job.steps
        if step.after_s is not None and Stage(step.name) in _MARKS
    )


def _whole(value: float) -> str:
    return QLocale().toString(round(value))
