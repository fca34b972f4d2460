"""The GUI thread's own copy of what is known: records, running and failed jobs, readings."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from backend.jobs import Job, JobState
from backend.model import Change, Guest, Kind, Record, Ref
from backend.series import Sample

R = TypeVar("R", bound=Record)
SAMPLES_KEPT = 600
LISTED_KEPT = 90
"""Of a machine that is looked at only among all of its host: what a list's curves show."""
JOBS_KEPT = 500


class Mirror:
    """The GUI thread's own copy of what is known; implements the SDK's `Lookup`."""

    def __init__(self) -> None:
        self._records: dict[type, dict[Ref, Record]] = defaultdict(dict)
        self._samples: dict[Ref, list[Sample]] = {}
        self._running: dict[Ref, Job] = {}
        self._failed: dict[Ref, Job] = {}
        self._jobs: dict[int, Job] = {}

    def record(self, ref: Ref, kind: type[R]) -> R | None:
        """Return the record of `ref` if it is of that class."""
        return cast("R | None", self._records[kind].get(ref))

    def any_record(self, ref: Ref) -> Record | None:
        """Return the record of `ref`, whatever it is."""
        return next((known[ref] for known in self._records.values() if ref in known), None)

    def records(self, kind: type[R], host: str | None = None) -> Iterator[R]:
        """Yield the records of a class, of one host or of all."""
        for record in list(self._records[kind].values()):
            if host in (None, record.ref.host):
                yield cast("R", record)

    def every_record(self) -> Iterator[Record]:
        """Yield all that is known."""
        for known in list(self._records.values()):
            yield from list(known.values())

    def guest(self, ref: Ref) -> Guest | None:
        """Return what is known from inside the machine `ref`, if anybody looked."""
        return self.record(ref.of(Kind.GUEST), Guest)

    def samples(self, ref: Ref) -> Sequence[Sample]:
        """Return the readings of the machine `ref`, oldest first."""
        return self._samples.get(ref, ())

    def job_on(self, ref: Ref) -> Job | None:
        """Return the job that runs on `ref` now, if one does."""
        return self._running.get(ref)

    def last_failure(self, ref: Ref) -> Job | None:
        """Return the last job on `ref` if it failed and nothing succeeded since."""
        return self._failed.get(ref)

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs of this session, oldest first."""
        return tuple(self._jobs.values())

    def apply_change(self, change: Change) -> None:
        """Know a record as it is now."""
        if change.after is not None:
            self._records[type(change.after)][change.ref] = change.after
            return
        for known in self._records.values():
            known.pop(change.ref, None)
        self._samples.pop(change.ref, None)
        self._failed.pop(change.ref, None)

    def apply_job(self, job: Job) -> None:
        """Know a job as it stands now."""
        self._jobs[job.id] = job
        while len(self._jobs) > JOBS_KEPT:
            del self._jobs[next(iter(self._jobs))]
        if job.subject is None:
            return
        if not job.is_over:
            self._running[job.subject] = job
            return
        if (running := self._running.get(job.subject)) and running.id == job.id:
            del self._running[job.subject]
        if job.state is JobState.FAILED:
            self._failed[job.subject] = job
        elif job.state is JobState.DONE:
            self._failed.pop(job.subject, None)

    def apply_samples(
        self, samples: Sequence[Sample], is_single: Callable[[Ref], bool] = lambda _ref: True
    ) -> tuple[Ref, ...]:
        """Keep these readings; return the machines they are of.

        Fewer of those that nobody looks at by themselves: a thousand machines are listed.
        """
        for sample in samples:
            ring = self._samples.setdefault(sample.ref, [])
            ring.append(sample)
            kept = SAMPLES_KEPT if is_single(sample.ref) else LISTED_KEPT
            if len(ring) >= 2 * kept:
                del ring[:-kept]
        return tuple(dict.fromkeys(sample.ref for sample in samples))

    def forget_samples(self, is_watched: Callable[[Ref], bool]) -> None:
        """Drop the readings that nobody looks at: a curve with a hole would lie."""
        for ref in [ref for ref in self._samples if not is_watched(ref)]:
            del self._samples[ref]
