"""Hears events, changes and jobs, and writes down what they come to. Lives on the engine's loop.

What happens to a thing within a moment is an episode. When it is quiet again, the events that were
heard and what differs in the records become entries, one for each thing done.
"""

import asyncio
import contextlib
import getpass
import os
import secrets
import socket
import time
from collections.abc import Callable
from typing import Final

from backend.errors import Problem
from backend.hypervisor import events
from backend.inventory import Inventory
from backend.jobs import Job
from backend.journal import hearing, standing
from backend.journal.attribution import explanation
from backend.journal.entry import OUTSIDE, Author, AuthorKind, Entry, Fact, What
from backend.journal.episode import Episode, gist, unheard
from backend.journal.joblog import JobLog
from backend.journal.keeper import Journal
from backend.journal.reach import Reach
from backend.journal.remnants import Remnants, left_by
from backend.journal.rows import Standing
from backend.journal.standing import IMPLIED, IS_OFF, Run
from backend.journal.standings import Standings
from backend.model import Change, Domain, DomainState, Kind, Ref, StateReason
from backend.specs import HostSpec

SETTLE_S: Final = 1.0
_LONGEST_S: Final = 5.0
_ENDING_S: Final = 60.0
_MAKING_S: Final = 20.0
_PASSING: Final = frozenset({StateReason.SAVING, StateReason.SNAPSHOT, StateReason.MIGRATING})


def ourselves() -> Author:
    """Return who this Celadon is: who sits at it, where, and its process."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        user = str(os.geteuid())
    return Author(AuthorKind.CELADON, user, socket.gethostname(), os.getpid())


def place_of(spec: HostSpec) -> str:
    """Return the name under which what is of a host is kept, the same from day to day."""
    is_throw_away = spec.is_embedded and spec.embedded_root is not None
    return f"{spec.id}:{spec.embedded_root}" if is_throw_away else spec.id


class Scribe:
    """Tells the journal what happens to the things of the inventory."""

    def __init__(self, journal: Journal, inventory: Inventory, author: Author) -> None:
        self._loop = asyncio.get_running_loop()
        self.journal = journal
        self._author = author
        self._standings = Standings(inventory)
        self._jobs = JobLog(journal, author)
        self._reach = Reach(journal, self._standings, self._post, self._ours)
        self._remnants = Remnants(journal, inventory, self._reach.is_known, self._post)
        self._episodes: dict[Ref, Episode] = {}
        self._timers: dict[Ref, asyncio.TimerHandle] = {}

    def begin(self, spec: HostSpec) -> None:
        """Know of a host that is managed from now on, before anything of it is known."""
        self.journal.name_host(spec.id, place_of(spec))

    def on_event(self, event: events.Event) -> None:
        """Hear what the hypervisor tells."""
        if not self._reach.is_known(event.ref.host):
            return  # it is found by comparing
        if heard := hearing.hear(event, time.time()):
            self._touch(event.ref).heard.append(heard)

    def on_change(self, change: Change) -> None:
        """See what became of a record."""
        if change.ref.kind is Kind.HOST:
            if self._reach.follow(change):
                self._settle_all(change.ref.host)
            return
        subject = self._standings.follow(change)
        if subject is None or not self._reach.is_known(subject.host):
            return
        episode = self._touch(subject)
        if episode.changed_at is None:
            episode.changed_at = time.time()
        record = change.after or change.before
        episode.name = str(getattr(record, "name", "")) if subject == change.ref else episode.name
        if isinstance(record, Domain) and record.state is DomainState.PAUSED:
            episode.was_changing |= record.reason in _PASSING

    def on_job(self, job: Job) -> None:
        """Learn how a job of ours stands."""
        if self._jobs.follow(job) and job.is_over and job.subject is not None:
            self._touch(job.subject).over.append(job)

    def close(self) -> None:
        """Write down what is not yet told; hear nothing more."""
        self._settle_all()

    def _post(self, function: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nothing is told any more
            self._loop.call_soon_threadsafe(function)

    def _touch(self, subject: Ref) -> Episode:
        episode = self._episodes.get(subject)
        if episode is None:
            episode = self._episodes[subject] = Episode(time.time())
        elif time.time() - episode.began > _LONGEST_S:
            return episode  # it is told at the time set before, however lively it goes on
        self._wait(subject)
        return episode

    def _wait(self, subject: Ref) -> None:
        if timer := self._timers.pop(subject, None):
            timer.cancel()
        self._timers[subject] = self._loop.call_later(SETTLE_S, self._on_quiet, subject)

    def _on_quiet(self, subject: Ref) -> None:
        if self._is_unfinished(subject, self._episodes[subject]):
            self._wait(subject)
        else:
            self._settle(subject)

    def _is_unfinished(self, subject: Ref, episode: Episode) -> bool:
        """Whether what goes on will say by its end what it was."""
        age = time.time() - episode.began
        if self._reach.is_awaited(subject.host):
            return age < _ENDING_S  # what we did is found by comparing first
        domain = self._standings.domain(subject)
        if domain is None:
            return False
        if domain.state is DomainState.SHUTTING_DOWN:
            return age < _ENDING_S
        is_new = self._standings.written(subject) is None
        if is_new and age < _MAKING_S and self._jobs.is_making(subject.host):
            return True
        return standing.is_changing(domain)

    def _settle_all(self, host: str = "") -> None:
        for subject in [ref for ref in self._episodes if host in ("", ref.host)]:
            self._settle(subject)

    def _settle(self, subject: Ref) -> None:
        """Turn an episode into entries."""
        episode = self._episodes.pop(subject)
        if timer := self._timers.pop(subject, None):
            timer.cancel()
        before = self._standings.written(subject)
        is_known = self._reach.is_known(subject.host) and subject.kind is not Kind.HOST
        after = self._standings.now(subject) if is_known else before
        found = standing.differences(before, after)
        domain = self._standings.domain(subject)
        heard = gist(episode, found, is_on=domain is not None and domain.is_active)
        name = self._name(subject, before, episode)
        entries = [self._entry(subject, name, one.at, one.fact, one.author) for one in heard]
        seen_at = episode.changed_at or episode.began
        entries += self._of_records(subject, name, seen_at, unheard(found, heard))
        entries += self._of_jobs(subject, name, episode)
        after = _as_implied(after, [one.fact for one in heard])
        changed = {subject: after} if after != before and is_known else {}
        if changed:
            self._standings.write(subject, after)
        if entries or changed:
            self.journal.keep(entries, changed)

    def _name(self, subject: Ref, before: Standing | None, episode: Episode) -> str:
        told = next((job.subject_name for job in episode.over), "")
        known = str((before or {}).get("name", ""))
        return self._standings.name(subject) or episode.name or known or told

    def _entry(
        self, subject: Ref, name: str, at: float, fact: Fact, author: Author = OUTSIDE
    ) -> Entry:
        job = self._job_for(subject, fact, at)
        problem = _problem_of(job, fact)
        who = self._author if job else author
        return Entry(_uid(), at, subject, name, (fact,), who, problem=problem)

    def _ours(self, subject: Ref, fact: Fact) -> Author | None:
        return self._author if self._job_for(subject, fact, time.time()) else None

    def _job_for(self, subject: Ref, fact: Fact, at: float) -> Job | None:
        job = explanation(subject, fact, at, self._jobs.spans(subject.host))
        if job:
            self._jobs.mark_told(job, fact)
        return job

    def _of_records(self, subject: Ref, name: str, at: float, found: list[Fact]) -> list[Entry]:
        """Return what the records show: the facts of one author in one entry."""
        by_author: dict[tuple[Author, Problem | None], list[Fact]] = {}
        for fact in found:
            job = self._job_for(subject, fact, at)
            who = self._author if job else OUTSIDE
            by_author.setdefault((who, _problem_of(job, fact)), []).append(fact)
        return [
            Entry(_uid(), at, subject, name, tuple(facts), who, problem=problem)
            for (who, problem), facts in by_author.items()
        ]

    def _of_jobs(self, subject: Ref, name: str, episode: Episode) -> list[Entry]:
        """Return what only our own jobs tell: that one failed, or did what leaves no trace."""
        entries: list[Entry] = []
        for job in episode.over:
            entries += left_by(job, subject, self._author)
            outcome = self._jobs.outcome(job)
            if outcome is not None:
                at = job.ended_at or time.time()
                entries.append(
                    Entry(_uid(), at, subject, name, (outcome,), self._author, problem=job.problem)
                )
        return entries


def _problem_of(job: Job | None, fact: Fact) -> Problem | None:
    return job.problem if job and fact.what == What.START_FAILED else None


def _as_implied(after: Standing | None, facts: list[Fact]) -> Standing | None:
    """Return a standing as the last event says it is, if the record does not show that yet."""
    turns = [IMPLIED[fact.what] for fact in facts if fact.what in IMPLIED]
    if after is None or not turns or "run" not in after:
        return after
    is_shown = (Run(after["run"]) in IS_OFF) == (turns[-1] in IS_OFF)
    return after if is_shown else {**after, "run": turns[-1].value}


def _uid() -> int:
    return secrets.randbits(62)
