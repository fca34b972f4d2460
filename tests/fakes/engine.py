"""An engine in memory, with the surface that the console sees of the real one.

Jobs run until the test ends them: `finish`, `fail`; queries are answered from `answers` by the
operation's name ("domain.screenshot"), and wait for ever if nothing stands there.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from backend.errors import BackendError, Problem
from backend.jobs import Job, JobState
from backend.journal.entry import Cursor, Entry, PastJob, PastJobs
from backend.model import Change, Domain, Host, HostState, Kind, Record, Ref
from backend.series import Sample
from backend.specs import HostSpec
from backend.thresholds import Rules, Silence, Threshold


@dataclass(frozen=True, slots=True)
class Submission:
    """What the console handed in."""

    job_id: int
    operation: str
    ref: Ref
    arguments: tuple[object, ...]
    options: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Listener:
    on_change: Callable[[Change], None]
    on_job: Callable[[Job], None]
    on_samples: Callable[[tuple[Sample, ...]], None]
    on_entries: Callable[[tuple[Entry, ...]], None]


def name_of(operation: Callable[..., object]) -> str:
    """Return the name a job of this operation has: "domain.start"."""
    return f"{operation.__module__.rpartition('.')[2]}.{operation.__name__}"


class Waiting:
    """Queries that nobody has answered yet."""

    def __init__(self) -> None:
        self.futures: list[tuple[str, Future[Any]]] = []

    def settle(self, name: str, answer: object) -> None:
        """Answer those of this name."""
        waiting = [future for asked, future in self.futures if asked == name]
        self.futures = [(asked, future) for asked, future in self.futures if asked != name]
        for future in waiting:
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)


class FakePast:
    """The jobs of consoles before, the last begun first."""

    def __init__(self) -> None:
        self.jobs: list[PastJob] = []
        self.problem: Problem | None = None

    def __call__(self, before: Cursor | None = None, limit: int = 200) -> Future[PastJobs]:
        future: Future[PastJobs] = Future()
        older = [past for past in self.jobs if before is None or past.job.started_at < before.at]
        page = tuple(older[:limit])
        future.set_result(PastJobs(page, len(older) <= limit, self.problem))
        return future


class FakeRules:
    """What is watched for."""

    def __init__(self) -> None:
        self.thresholds: tuple[Threshold, ...] = ()
        self.silences: tuple[Silence, ...] = ()

    def __call__(self, rules: Rules) -> None:
        self.thresholds, self.silences = rules.thresholds, rules.silences


class FakeEngine:
    """Records, jobs and readings that a test sets going."""

    def __init__(self, *records: Record) -> None:
        self.records: dict[Ref, Record] = {record.ref: record for record in records}
        self.jobs: dict[int, Job] = {}
        self.submissions: list[Submission] = []
        self.queries: list[Submission] = []
        self.waiting = Waiting()
        self.managed: dict[str, HostSpec] = {}
        self.forgotten: list[str] = []
        self.cancelled: list[int] = []
        self.past_jobs = FakePast()
        self.watched: Counter[Ref] = Counter()
        self.use_rules = self.rules = FakeRules()
        self.answers: dict[str, object] = {}
        self.on_submit: Callable[[Submission], None] = lambda _submission: None
        self.is_closed = False
        self._listeners: list[_Listener] = []

    # What the console calls

    def listen(
        self,
        *,
        on_change: Callable[[Change], None],
        on_job: Callable[[Job], None],
        on_samples: Callable[[tuple[Sample, ...]], None],
        on_entries: Callable[[tuple[Entry, ...]], None],
    ) -> Callable[[], None]:
        listener = _Listener(on_change, on_job, on_samples, on_entries)
        for record in self.records.values():
            on_change(Change(record.ref, None, record))
        for job in self.jobs.values():
            on_job(job)
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def manage(self, spec: HostSpec) -> None:
        before = self.managed.get(spec.id)
        self.managed[spec.id] = spec
        ref = Ref(spec.id, Kind.HOST, spec.id)
        known = self.records.get(ref)
        same = before and replace(before, name=spec.name, is_wanted=spec.is_wanted) == spec
        if same and isinstance(known, Host):
            self.put(replace(known, name=spec.name))
            return
        self._drop_host(spec.id)
        state = HostState.CONNECTING if spec.is_wanted else HostState.DISCONNECTED
        self.put(Host(ref, spec.name, spec.uri, state, is_embedded=spec.is_embedded))

    def forget(self, host_id: str) -> None:
        self.managed.pop(host_id, None)
        self.forgotten.append(host_id)
        self._drop_host(host_id)

    def submit(
        self, operation: Callable[..., Any], ref: Ref, *args: object, **kwargs: object
    ) -> int:
        job_id = len(self.jobs) + 1
        name = name_of(operation)
        self.submissions.append(Submission(job_id, name, ref, args, kwargs))
        self.tell(Job(job_id, name, ref, _name(self.records, ref), JobState.RUNNING, time.time()))
        self.on_submit(self.submissions[-1])
        return job_id

    def query(
        self, question: Callable[..., Any], ref: Ref, *args: object, **kwargs: object
    ) -> Future[Any]:
        future: Future[Any] = Future()
        name = name_of(question)
        self.queries.append(Submission(0, name, ref, args, kwargs))
        self.waiting.futures.append((name, future))
        if name in self.answers:
            self.waiting.settle(name, self.answers[name])
        return future

    def cancel(self, job_id: int) -> None:
        self.cancelled.append(job_id)
        self.tell(replace(self.jobs[job_id], state=JobState.CANCELLED, ended_at=time.time()))

    def watch(self, ref: Ref) -> Callable[[], None]:
        self.watched[ref] += 1

        def end() -> None:
            self.watched[ref] -= 1
            self.watched += Counter()

        return end

    def start(self) -> None:
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True

    # What the test calls

    def put(self, *records: Record) -> None:
        for record in records:
            before = self.records.get(record.ref)
            self.records[record.ref] = record
            if before != record:
                self._change(Change(record.ref, before, record))

    def drop(self, ref: Ref) -> None:
        self._change(Change(ref, self.records.pop(ref), None))

    def tell(self, job: Job) -> None:
        self.jobs[job.id] = job
        for listener in list(self._listeners):
            listener.on_job(job)

    def report(self, job_id: int, progress: float | None = None, stage: str = "") -> None:
        job = self.jobs[job_id]
        self.tell(replace(job, progress=progress, stage=stage, is_cancellable=True))

    def finish(self, job_id: int, result: object = None) -> None:
        job = self.jobs[job_id]
        self.tell(replace(job, state=JobState.DONE, ended_at=time.time(), result=result))

    def fail(self, job_id: int, error: BackendError | Problem) -> None:
        problem = error.problem if isinstance(error, BackendError) else error
        self.tell(
            replace(self.jobs[job_id], state=JobState.FAILED, ended_at=time.time(), problem=problem)
        )

    def sample(self, *samples: Sample) -> None:
        """Tell the readings of what is watched, as the real engine reads nothing else."""
        hosts = {ref.host for ref in self.watched if ref.kind is Kind.HOST}
        read = tuple(s for s in samples if s.ref in self.watched or s.ref.host in hosts)
        if read:
            for listener in list(self._listeners):
                listener.on_samples(read)

    def _drop_host(self, host_id: str) -> None:
        for ref in [ref for ref in self.records if ref.host == host_id]:
            self.drop(ref)

    def write(self, *entries: Entry) -> None:
        """Tell what the journal has anew."""
        for listener in list(self._listeners):
            listener.on_entries(entries)

    def _change(self, change: Change) -> None:
        for listener in list(self._listeners):
            listener.on_change(change)


def _name(records: dict[Ref, Record], ref: Ref) -> str:
    record = records.get(ref)
    return record.name if isinstance(record, Domain | Host) else ref.key
