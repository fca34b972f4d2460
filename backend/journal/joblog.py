"""Our own jobs: kept as history, and remembered for a while to explain what is heard."""

import secrets
import time
from dataclasses import replace
from typing import Final

from backend.jobs import Job, JobState
from backend.journal.attribution import UNTOLD, Span
from backend.journal.entry import Author, Fact, PastJob, What, fact
from backend.journal.keeper import Journal
from backend.model import Ref

_REMEMBERED_S: Final = 60.0


class JobLog:
    """The jobs that run and those that ended lately; each start and end goes into the history."""

    def __init__(self, journal: Journal, author: Author) -> None:
        self._journal = journal
        self._author = author
        self._spans: dict[int, Span] = {}
        self._uids: dict[int, int] = {}
        self._unused: dict[int, tuple[str, ...]] = {}
        self._told: dict[int, set[str]] = {}

    def follow(self, job: Job) -> bool:
        """Know how a job stands; return whether it has just begun or ended."""
        is_new = job.id not in self._uids
        makes_other = job.unused != self._unused.get(job.id, ())
        if not (is_new or job.is_over or makes_other):
            return False
        uid = self._uids.setdefault(job.id, secrets.randbits(62))
        self._unused[job.id] = job.unused
        self._journal.keep_job(PastJob(uid, replace(job, result=None), self._author))
        if not (is_new or job.is_over):
            return False
        if job.subject is not None:
            self._spans[job.id] = Span(job, job.subject)
        self._forget_old()
        return True

    def spans(self, host: str) -> tuple[Span, ...]:
        """Return the jobs on a host that may explain what is heard."""
        return tuple(span for span in self._spans.values() if span.subject.host == host)

    def is_making(self, host: str) -> bool:
        """Whether a job runs that may make new things on a host."""
        return any(s.makes_things and not s.job.is_over for s in self.spans(host))

    def mark_told(self, job: Job, fact: Fact) -> None:
        """Know that an entry says of this job that it did that."""
        self._told.setdefault(job.id, set()).add(fact.what)

    def outcome(self, job: Job) -> Fact | None:
        """Return what is to be said of a job that is over; None if other entries say it all."""
        if job.operation in UNTOLD:
            return None
        told = self._told.get(job.id, ())
        if job.state is JobState.FAILED:
            failure = _failure(job)
            return failure if failure.what not in told else None
        if job.state is JobState.CANCELLED:
            return fact(What.CANCELLED, operation=job.operation)
        if told or isinstance(job.result, Ref):
            return None  # what it did, or made, is told already
        return fact(What.DONE, operation=job.operation)

    def _forget_old(self) -> None:
        since = time.time() - _REMEMBERED_S
        old = [n for n, span in self._spans.items() if (span.job.ended_at or since) < since]
        for number in old:
            del self._spans[number]
            self._told.pop(number, None)
            self._unused.pop(number, None)


def _failure(job: Job) -> Fact:
    if job.operation == "domain.start":
        return fact(What.START_FAILED)
    return fact(What.FAILED, operation=job.operation)
