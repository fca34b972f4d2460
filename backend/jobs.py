"""Operations under way: a coroutine run as a Job that others can watch, cancel and remember.

A job is MMC's AsyncStatus, Hyper-V's ConcreteJob and Redfish's Task at once. It ends when the
operation returns, and an operation returns when the inventory shows its effect.
"""

import asyncio
import functools
import itertools
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import Enum

from backend.errors import BackendError, Problem
from backend.heartbeat import Heartbeat
from backend.model import Record, Ref

log = logging.getLogger(__name__)
_BY_SOMEBODY = "by somebody"


class JobState(Enum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Inverse:
    """How what a job did is taken back: by an operation, while its subject is as the job left it.

    `left` are fields of the subject's record with the values that they had when the job was done.
    """

    operation: Callable[..., Awaitable[object]]
    arguments: tuple[object, ...]
    left: tuple[tuple[str, object], ...]

    def fits(self, record: Record) -> bool:
        """Whether the subject still is as the job left it."""
        return all(getattr(record, field) == value for field, value in self.left)


class StepState(Enum):
    """Whether a step has been seen. NOT_KNOWN: nobody can tell, which is not a yes."""

    WAITING = "waiting"
    DONE = "done"
    NOT_KNOWN = "not_known"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a job waits to see, told as evidence and not as hope.

    `name` is the step ("driver_bound"), `subject` what it is about where a job does several things
    (a device's key). `after_s` are the seconds from the moment that the first was begun; `detail`
    what was seen ("virtio_net", "eth1"), in nobody's language; `remark` why it is not known, or
    what it waits for.
    """

    name: str
    subject: str = ""
    state: StepState = StepState.WAITING
    after_s: float | None = None
    detail: tuple[str, ...] = ()
    remark: Problem | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One operation as it stood at one moment.

    `operation` is the verb ("domain.start"), `progress` 0 to 1 or None where nobody can tell,
    `stage` a word for what it does now, `result` what the operation returned. `inverse` says how it
    can be taken back, if it is done and can be. `steps` are what it shows on the way, and
    `heartbeat` how its guest went on meanwhile, where somebody follows that. `unused` are the files
    that it made and that nothing is known to use: while it runs it may come to that, afterwards
    they were left.
    """

    id: int
    operation: str
    subject: Ref | None
    subject_name: str
    state: JobState
    started_at: float
    ended_at: float | None = None
    progress: float | None = None
    stage: str = ""
    is_cancellable: bool = False
    problem: Problem | None = None
    result: object = None
    inverse: Inverse | None = None
    steps: tuple[Step, ...] = ()
    heartbeat: Heartbeat | None = None
    unused: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.state is not JobState.RUNNING


Listener = Callable[[Job], None]
Report = Callable[[float | None, str, bool], None]
_report: ContextVar[Report | None] = ContextVar("report", default=None)
_show: ContextVar[Callable[..., None] | None] = ContextVar("show", default=None)
_inverses: ContextVar[list[Inverse] | None] = ContextVar("inverses", default=None)
_unused: ContextVar[list[str] | None] = ContextVar("unused", default=None)


def report(*, progress: float | None = None, stage: str = "", is_cancellable: bool = False) -> None:
    """Say how far the running job is; outside a job this does nothing."""
    tell = _report.get()
    if tell:
        tell(progress, stage, is_cancellable)


def show(*, steps: tuple[Step, ...] | None = None, heartbeat: Heartbeat | None = None) -> None:
    """Say what the running job has seen so far; None leaves it as it was. Outside a job: nothing.

    What was shown stays when the job is over.
    """
    tell = _show.get()
    if tell and steps is not None:
        tell(steps=steps)
    if tell and heartbeat is not None:
        tell(heartbeat=heartbeat)


def making(path: str) -> None:
    """Say that the running job makes a file, before it does. Outside a job this does nothing.

    Should its console be killed, the next one knows whose the file is.
    """
    _tell_unused(lambda unused: unused.append(path))


def settled(path: str) -> None:
    """Say that a file which the running job made is used, or gone. Outside a job: nothing."""
    _tell_unused(lambda unused: unused.remove(path) if path in unused else None)


def _tell_unused(change: Callable[[list[str]], None]) -> None:
    unused, tell = _unused.get(), _show.get()
    if tell and unused is not None:
        change(unused)
        tell(unused=tuple(unused))


def can_be_undone(
    operation: Callable[..., Awaitable[object]], *arguments: object, **left: object
) -> None:
    """Say how the running job is taken back once it is done: by an operation with these arguments.

    `left` are the fields of the subject's record that the job changed, as it leaves them. Said
    again, the last word holds; outside a job this does nothing.
    """
    inverses = _inverses.get()
    if inverses is not None:
        inverses.append(Inverse(operation, arguments, tuple(left.items())))


def reporter() -> Report:
    """Return what tells of the running job's progress, to be called on the loop later on."""
    return _report.get() or _tell_nobody


def say_nothing() -> None:
    """Have the running task tell nothing of its progress: it is a part, and the whole does."""
    _report.set(None)
    _inverses.set(None)


def was_asked_to_stop(error: asyncio.CancelledError) -> bool:
    """Whether somebody cancelled the job, which also ends where its console does."""
    return _BY_SOMEBODY in error.args


def _tell_nobody(_progress: float | None, _stage: str, _is_cancellable: bool) -> None:  # noqa: FBT001
    return


class JobBook:
    """The jobs that run, and the last ones that ended. Lives on the engine's loop."""

    def __init__(self, tasks: asyncio.TaskGroup, *, kept: int = 500) -> None:
        self._tasks = tasks
        self._running: dict[int, tuple[Job, asyncio.Task[None]]] = {}
        self._over: deque[Job] = deque(maxlen=kept)
        self._listeners: list[Listener] = []

    _ids = itertools.count(1)

    @classmethod
    def next_id(cls) -> int:
        """Return a number no job has had; callable from any thread."""
        return next(cls._ids)

    def start(
        self,
        job_id: int,
        operation: str,
        subject: Ref | None,
        subject_name: str,
        work: Callable[[], Awaitable[object]],
    ) -> Job:
        """Run `work` as a job; return it as it stands at the start."""
        job = Job(job_id, operation, subject, subject_name, JobState.RUNNING, time.time())
        task = self._tasks.create_task(self._run(job_id, work), name=f"job {job_id} {operation}")
        self._running[job_id] = (job, task)
        self._tell(job)
        return job

    def cancel(self, job_id: int) -> bool:
        """Ask a job to stop; return whether it can be stopped now."""
        job, task = self._running.get(job_id, (None, None))
        if not (job and task and job.is_cancellable):
            return False
        return task.cancel(_BY_SOMEBODY)

    def get(self, job_id: int) -> Job | None:
        """Return a job as it stands now."""
        if job_id in self._running:
            return self._running[job_id][0]
        return next((job for job in self._over if job.id == job_id), None)

    def all(self) -> tuple[Job, ...]:
        """Return the ended jobs, then the running ones."""
        return (*self._over, *(job for job, _ in self._running.values()))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each new standing of each job; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def wait(self, job_id: int) -> Job | None:
        """Return a job once it is over; None if there is none of this id."""
        if job_id in self._running:
            await asyncio.wait([self._running[job_id][1]])
        return self.get(job_id)

    async def _run(self, job_id: int, work: Callable[[], Awaitable[object]]) -> None:
        inverses: list[Inverse] = []
        _report.set(self._teller(job_id))
        _show.set(functools.partial(self._change, job_id))
        _inverses.set(inverses)
        _unused.set([])
        try:
            result = await work()
        except asyncio.CancelledError:
            self._end(job_id, state=JobState.CANCELLED)
        except BackendError as error:
            self._end(job_id, state=JobState.FAILED, problem=error.problem)
        except Exception as error:
            log.exception("job %d", job_id)
            problem = Problem("Unexpected", (), (f"{type(error).__name__}: {error}",))
            self._end(job_id, state=JobState.FAILED, problem=problem)
        else:
            inverse = inverses[-1] if inverses else None
            self._end(
                job_id, state=JobState.DONE, progress=1.0, result=result, inverse=inverse, unused=()
            )

    def _teller(self, job_id: int) -> Report:
        return lambda progress, stage, is_cancellable: self._change(
            job_id, progress=progress, stage=stage, is_cancellable=is_cancellable
        )

    def _change(self, job_id: int, **fields: object) -> None:
        if job_id not in self._running:
            return  # a late word about one that is over
        job, task = self._running[job_id]
        changed = replace(job, **fields)  # type: ignore[arg-type]  # the names are Job's own
        if changed != job:
            self._running[job_id] = (changed, task)
            self._tell(changed)

    def _end(self, job_id: int, **fields: object) -> None:
        job, _task = self._running.pop(job_id)
        over = replace(job, ended_at=time.time(), stage="", is_cancellable=False, **fields)  # type: ignore[arg-type]
        self._over.append(over)
        self._tell(over)

    def _tell(self, job: Job) -> None:
        for listener in list(self._listeners):
            listener(job)
