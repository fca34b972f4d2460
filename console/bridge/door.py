"""Where the engine's thread and Qt's meet.

The engine calls in on its own thread; what it says is gathered under a lock, and only the first
word of a batch wakes Qt. The GUI thread takes the whole batch, brings its own copy up to date, and
tells of it once. Nothing here ever waits for the engine. Readings wait a moment for each other: a
host is read in pieces, and a list is to be painted once for all of them. So does what follows on
many changes, which is more of them as a rule.
"""

import threading
from collections import deque
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backend.errors import BackendError
from backend.jobs import Job
from backend.journal.entry import Cursor, Entry, PastJobs
from backend.model import Change, Kind, Ref
from backend.series import Sample
from backend.specs import HostSpec
from backend.thresholds import Rules
from console.bridge.mirror import Mirror
from console.bridge.promises import Coroutines, Promise

if TYPE_CHECKING:
    from backend.host.managed import ManagedHost

READINGS_MS = 60
_MANY = 40
P = ParamSpec("P")
T = TypeVar("T")
Unsubscribe = Callable[[], None]
Operation = Callable[Concatenate["ManagedHost", Ref, P], Awaitable[T]]


class EngineDoor(Protocol):
    """What the bridge asks of an engine. All of it returns at once, on any thread."""

    def listen(
        self,
        *,
        on_change: Callable[[Change], None],
        on_job: Callable[[Job], None],
        on_samples: Callable[[tuple[Sample, ...]], None],
        on_entries: Callable[[tuple[Entry, ...]], None],
    ) -> Unsubscribe:
        """Tell everything known, then everything new, on the engine's thread."""

    def manage(self, spec: HostSpec) -> None:
        """Have a host under management, in place of the one of that id if there is one."""

    def forget(self, host_id: str) -> None:
        """Manage a host no longer; its records leave."""

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> int:
        """Start an operation as a job; return the job's number."""

    def query(
        self, question: Operation[P, T], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Start an operation that is no job."""

    def cancel(self, job_id: int) -> None:
        """Ask a job to stop."""

    def past_jobs(self, before: Cursor | None = None, limit: int = 200) -> Future[PastJobs]:
        """Ask for jobs of all hosts, of consoles before too, the last begun first."""

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have figures read until the returned is called."""

    def use_rules(self, rules: Rules) -> None:
        """Watch for these thresholds from now on."""


class SubmittedJob:
    """A job that was handed in. Await it for the job as it ended."""

    def __init__(self, job_id: int) -> None:
        self._id = job_id
        self.end: Promise[Job] = Promise()
        self._followers: list[Callable[[Job], None]] = []

    @property
    def id(self) -> int:
        """The job's number."""
        return self._id

    def follow(self, listener: Callable[[Job], None]) -> Unsubscribe:
        """Call `listener` with each new standing of the job, its end too."""
        self._followers.append(listener)

        def end() -> None:
            if listener in self._followers:
                self._followers.remove(listener)

        return end

    def tell(self, job: Job) -> None:
        """Have those who follow it, and at its end those who wait for it, know how it stands."""
        if job.is_over:
            self.end.settle(job)
        for listener in tuple(self._followers):
            listener(job)

    def __await__(self) -> Generator[object, None, Job]:
        return self.end.__await__()


class Batch:
    """What came through the door since the GUI thread last looked.

    A thing that changed many times is there once, as it was first and as it is now, so a GUI thread
    that was busy has no backlog to work through.
    """

    def __init__(self) -> None:
        self.changes: dict[Ref, Change] = {}
        self.jobs: dict[int, Job] = {}
        self.samples: deque[Sample] = deque(maxlen=20_000)
        self.entries: dict[int, Entry] = {}
        self.answers: list[Callable[[], None]] = []

    def add_change(self, change: Change) -> None:
        """Take a change in."""
        earlier = self.changes.get(change.ref)
        before = earlier.before if earlier else change.before
        self.changes[change.ref] = Change(change.ref, before, change.after)

    def add_job(self, job: Job) -> None:
        """Take a job's new standing in."""
        self.jobs[job.id] = job

    def add_entries(self, entries: tuple[Entry, ...]) -> None:
        """Take in what the journal has anew, each entry as it was told last."""
        self.entries |= {entry.uid: entry for entry in entries}


class Bridge(QObject):
    """The engine as the GUI thread sees it."""

    inventory_changed = Signal(tuple)
    """tuple[Change, ...]: after the mirror knows them."""
    jobs_changed = Signal(tuple)
    """tuple[Job, ...]: the new standing of each."""
    samples_arrived = Signal(tuple)
    """tuple[Ref, ...]: machines with new readings."""
    entries_arrived = Signal(tuple)
    """tuple[Entry, ...]: what the journal has anew, or knows better."""
    problem_raised = Signal(object)
    """Problem: what a coroutine or an action of the GUI could not do."""

    _woken = Signal()
    _read = Signal()

    def __init__(self, engine: EngineDoor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mirror = Mirror()
        self._engine = engine
        self._lock = threading.Lock()
        self._batch = Batch()
        self._is_woken = self._is_waiting = False
        self._is_flooded = False
        self._is_open = True
        self._submitted: dict[int, SubmittedJob] = {}
        self._watched: dict[Ref, tuple[int, Unsubscribe]] = {}
        self._coroutines = Coroutines(self)
        self._coroutines.problem_raised.connect(self.problem_raised)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(READINGS_MS)
        self._pause.timeout.connect(self._take_batch)
        self._woken.connect(self._take_batch, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._pause.start, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = engine.listen(
            on_change=lambda change: self._put(
                lambda batch: batch.add_change(change), can_wait=self._is_flooded
            ),
            on_job=lambda job: self._put(lambda batch: batch.add_job(job)),
            on_samples=lambda samples: self._put(
                lambda batch: batch.samples.extend(samples), can_wait=True
            ),
            on_entries=lambda entries: self._put(lambda batch: batch.add_entries(entries)),
        )

    def catch_up(self) -> None:
        """Tell of what has come by now, though Qt has not looked yet."""
        self._take_batch()

    def close(self) -> None:
        """Shut the door: from here on nothing of the engine's reaches Qt. Never waits for it."""
        with self._lock:
            if not self._is_open:
                return
            self._is_open = False
            self._batch = Batch()
        self._stop_listening()
        self._coroutines.close()
        watched, self._watched = self._watched, {}
        for _count, release in watched.values():
            release()

    def submit(
        self, operation: Operation[P, object], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> SubmittedJob:
        """Run a verb as a job; return at once."""
        job = SubmittedJob(self._engine.submit(operation, ref, *args, **kwargs))
        self._submitted[job.id] = job
        return job

    async def query(
        self, question: Operation[P, T], ref: Ref, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask a host something without a job. Raises BackendError."""
        return await self._answer(self._engine.query(question, ref, *args, **kwargs))

    async def past_jobs(self, before: Cursor | None = None) -> PastJobs:
        """Return jobs of all hosts, of consoles before too, the last begun first."""
        return await self._answer(self._engine.past_jobs(before))

    async def _answer(self, future: "Future[T]") -> T:
        promise: Promise[T] = Promise()

        def tell(future: Future[T]) -> None:
            self._put(lambda batch: batch.answers.append(lambda: _settle(promise, future)))

        future.add_done_callback(tell)
        return await promise

    def manage(self, spec: HostSpec) -> None:
        """Have a host under management, in place of the one of that id if there is one."""
        self._engine.manage(spec)

    def forget(self, host_id: str) -> None:
        """Manage a host no longer; its records leave."""
        self._engine.forget(host_id)

    def use_rules(self, rules: Rules) -> None:
        """Watch for these thresholds from now on."""
        self._engine.use_rules(rules)

    def cancel(self, job_id: int) -> None:
        """Ask a job to stop."""
        self._engine.cancel(job_id)

    def watch(self, ref: Ref) -> Unsubscribe:
        """Have `ref` read for as long as anybody wants it."""
        count, release = self._watched.get(ref) or (0, self._engine.watch(ref))
        self._watched[ref] = (count + 1, release)
        is_held = True

        def end() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._unwatch(ref)

        return end

    def run(self, work: Awaitable[None]) -> Unsubscribe:
        """Run a coroutine to its end; what it raises is told by `problem_raised`."""
        return self._coroutines.run(work)

    def perform(self, act: Callable[[], Awaitable[None] | None]) -> None:
        """Call what may be a plain function or a coroutine one, under the same care as `run`."""
        self._coroutines.perform(act)

    # On any thread

    def _put(self, add: Callable[[Batch], None], *, can_wait: bool = False) -> None:
        with self._lock:
            if not self._is_open:
                return
            add(self._batch)
            # Queued, so no slot runs under the lock; and inside it, so none after close().
            if can_wait and not (self._is_woken or self._is_waiting):
                self._is_waiting = True
                self._read.emit()
            elif not can_wait and not self._is_woken:
                self._is_woken = True
                self._woken.emit()

    # On the GUI thread

    def _take_batch(self) -> None:
        with self._lock:
            batch, self._batch = self._batch, Batch()
            self._is_woken = self._is_waiting = False
        self._pause.stop()
        self._is_flooded = len(batch.changes) > _MANY
        changes = tuple(c for c in batch.changes.values() if c.before != c.after)
        jobs = tuple(batch.jobs.values())
        for change in changes:
            self.mirror.apply_change(change)
        for job in jobs:
            self.mirror.apply_job(job)
        is_watched = self._watching()
        read = self.mirror.apply_samples(
            [s for s in batch.samples if is_watched(s.ref)], self._watched.__contains__
        )
        for signal, news in (
            (self.inventory_changed, changes),
            (self.jobs_changed, jobs),
            (self.samples_arrived, read),
            (self.entries_arrived, tuple(batch.entries.values())),
        ):
            if news:
                signal.emit(news)
        self._tell_jobs(jobs)
        for answer in batch.answers:
            answer()

    def _tell_jobs(self, jobs: tuple[Job, ...]) -> None:
        for job in jobs:
            if submitted := self._submitted.get(job.id):
                self.perform(partial(submitted.tell, job))
            if job.is_over:
                self._submitted.pop(job.id, None)

    def _watching(self) -> Callable[[Ref], bool]:
        """Return what says of a machine whether it, or its host, is watched."""
        hosts = {watched.host for watched in self._watched if watched.kind is Kind.HOST}
        return lambda ref: ref.host in hosts or ref in self._watched

    def _unwatch(self, ref: Ref) -> None:
        if ref not in self._watched:
            return
        count, release = self._watched[ref]
        if count > 1:
            self._watched[ref] = (count - 1, release)
            return
        del self._watched[ref]
        release()
        self.mirror.forget_samples(self._watching())


def _settle(promise: Promise[T], future: Future[T]) -> None:
    try:
        promise.settle(future.result(timeout=0))
    except CancelledError:
        promise.fail(BackendError())
    except Exception as error:  # noqa: BLE001  # handed on to whoever awaits it
        promise.fail(error)
