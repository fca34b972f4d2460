"""What waits to be written and what is written, as one. Blocking, and for one thread.

Hosts are named here by their place (the same from day to day), outside by their id of today.
"""

import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from backend.jobs import JobState
from backend.journal.entry import Cursor, Entry, Page, PastJob, PastJobs, Wanted, What
from backend.journal.failures import JournalDamaged, JournalFull, JournalNewer, JournalRefused
from backend.journal.places import Places
from backend.journal.rows import Standing
from backend.journal.store import Batch, Store
from backend.journal.texts import Texts
from backend.keeping.custody import FileCustody, Words
from backend.keeping.desk import Desk
from backend.model import Kind, Ref
from backend.processes import began

GATHER_S: Final = 0.3
LOOK_S: Final = 2.0
_WAITING_MAXIMUM: Final = 5_000
_PRUNE_EACH: Final = 1_000
_WORDS: Final = Words("the journal", JournalFull, JournalRefused, JournalDamaged, JournalNewer)


def custody(path: Path | None, session: str) -> FileCustody[Store]:
    """Return who has the journal's file open for a session."""
    return FileCustody(path, lambda: Store(path, session), _WORDS)


class Ledger:
    """Writes in batches. What cannot be written yet is read along with the rest.

    `tell` is called with entries that are new or better known, whichever console wrote them;
    `tell_cut_off`, again and again, with jobs that were cut off and may have left files.
    """

    def __init__(self, path: Path | None, tell: Callable[[tuple[Entry, ...]], None]) -> None:
        self._session = f"{os.getpid()}.{began(os.getpid())}.{secrets.token_hex(4)}"
        self._custody = custody(path, self._session)
        self._tell = tell
        self._places = Places()
        self._batch = Batch()
        self._batch_since = 0.0
        self._texts = Texts()
        self._unpruned = _PRUNE_EACH  # so that the first idle moment prunes
        self.tell_cut_off: Callable[[tuple[PastJob, ...]], None] | None = None

    def name_host(self, host: str, place: str) -> None:
        """Know the host of this id by its place."""
        self._places.name(host, place)

    def add(
        self,
        entries: tuple[Entry, ...],
        standings: Mapping[Ref, Standing | None],
        settled: tuple[int, ...] = (),
    ) -> None:
        """Take in what is to be written."""
        self._begin_batch()
        self._batch.settled += settled
        self._batch.entries += [self._places.kept(entry) for entry in entries]
        self._batch.standings |= {
            self._places.outward(ref): told for ref, told in standings.items()
        }
        del self._batch.entries[:-_WAITING_MAXIMUM]
        if entries and self._custody.is_refused:
            self._tell(entries)

    def add_definition(self, mark: str, text: str) -> None:
        """Take in a machine's definition."""
        if self._texts.learn(mark, text):
            self._begin_batch()
            self._batch.definitions[mark] = text
            while len(self._batch.definitions) > _WAITING_MAXIMUM:
                del self._batch.definitions[next(iter(self._batch.definitions))]

    def add_job(self, past: PastJob) -> None:
        """Take in a job's new standing."""
        self._begin_batch()
        subject = past.job.subject
        job = replace(
            past.job, subject=self._places.outward(subject) if subject else None, result=None
        )
        self._batch.jobs[past.uid] = replace(past, job=job)
        while len(self._batch.jobs) > _WAITING_MAXIMUM:
            del self._batch.jobs[next(iter(self._batch.jobs))]

    @property
    def wait_s(self) -> float:
        """How long the desk waits for more before it looks by itself."""
        return GATHER_S if self.can_write else LOOK_S

    def after(self, desk: Desk) -> None:
        """Write what has waited for long enough."""
        del desk  # more may wait there: it is written in batches
        if self.is_due:
            self.flush()

    @property
    def can_write(self) -> bool:
        """Whether something waits and writing it is worth a try."""
        return bool(self._batch) and not self._custody.is_refused

    @property
    def is_due(self) -> bool:
        """Whether what waits has waited long enough for more."""
        # The name of a file that is being made is to be safe before there is such a file.
        is_urgent = any(past.job.unused for past in self._batch.jobs.values())
        is_old = time.monotonic() - self._batch_since > GATHER_S
        return self.can_write and (is_urgent or is_old)

    def flush(self) -> None:
        """Write what waits, if that is possible now, and tell what came of it.

        What raises something else than that it cannot be had now is let go: it would again, and
        keep all that comes after it from being written.
        """
        if not self.can_write:
            return
        batch, self._batch = self._batch, Batch()
        if self._custody.write(lambda store: self._write(store, batch)):
            self._unpruned += len(batch.entries) + len(batch.jobs)
            self._custody.attempt(self._tell_news, None)
            return
        self._batch = batch
        if batch.entries:
            self._tell(self._places.told(batch.entries))

    def rest(self) -> None:
        """Write what waits, see what other consoles wrote, and forget what is too old."""
        self.flush()
        self._custody.attempt(self._look_around, None)

    def close(self) -> None:
        """Write what waits, with a last try, and let the file go."""
        self._custody.try_now()
        try:
            self.flush()
        finally:
            self._custody.close()

    def read(
        self, subject: Ref, before: Cursor | None, limit: int, wanted: Wanted = Wanted.ALL
    ) -> Page:
        """Return entries of a thing (a host: of all that is there), newest first."""
        place = self._places.outward(subject)
        none: list[Entry] = []
        found = self._custody.attempt(
            lambda store: store.read(place, before, limit + 1, wanted), none
        )
        edge = (before.at, before.uid) if before else None
        found += [
            entry
            for entry in self._batch.entries
            if _is_of(entry, place, wanted) and (edge is None or (entry.at, entry.uid) < edge)
        ]
        found.sort(key=lambda entry: (entry.at, entry.uid), reverse=True)
        return Page(self._places.told(found[:limit]), len(found) <= limit, self._custody.problem)

    def read_definitions(self, marks: Sequence[str]) -> dict[str, str]:
        """Return those of the definitions that are kept, by their marks."""
        none: dict[str, str] = {}
        found = self._custody.attempt(lambda store: store.read_definitions(marks), none)
        return found | {m: t for m, t in self._batch.definitions.items() if m in marks}

    def read_jobs(self, before: Cursor | None, limit: int) -> PastJobs:
        """Return jobs of all hosts, the last begun first."""
        none: list[tuple[PastJob, str]] = []
        found = self._custody.attempt(lambda store: store.read_jobs(before, limit + 1), none)
        told = tuple(_past(*one, self._session, self._places) for one in found[:limit])
        return PastJobs(told, len(found) <= limit, self._custody.problem)

    def read_standings(self, host: str) -> dict[Ref, Standing]:
        """Return what was last known of each thing of a host; nothing if that cannot be read."""
        place = self._places.outward(Ref(host, Kind.HOST, host)).host
        none: dict[Ref, Standing] = {}
        found = self._custody.attempt(lambda store: store.read_standings(place), none)
        return {self._places.inward(ref): standing for ref, standing in found.items()}

    def _begin_batch(self) -> None:
        if not self._batch:
            self._batch_since = time.monotonic()

    def _look_around(self, store: Store) -> None:
        if store.has_foreign_news():
            self._tell_news(store)
        if self._unpruned >= _PRUNE_EACH:
            self._unpruned = 0
            store.prune()
            self._texts.may_be_forgotten()
        if self.tell_cut_off:
            jobs = (_past(*one, self._session, self._places) for one in store.read_unfinished())
            if cut_off := tuple(past for past in jobs if past.was_cut_off):
                self.tell_cut_off(cut_off)

    def _write(self, store: Store, batch: Batch) -> None:
        texts = self._texts.unkept(self._custody.turn)
        store.write(replace(batch, definitions=batch.definitions | texts))
        self._texts.are_kept(batch.definitions.keys(), self._custody.turn)

    def _tell_news(self, store: Store) -> None:
        if news := self._places.told(store.take_news()):
            self._tell(news)


def _past(past: PastJob, session: str, ours: str, places: Places) -> PastJob:
    subject = past.job.subject
    job = replace(past.job, subject=places.inward(subject) if subject else None)
    is_cut_off = job.state is JobState.RUNNING and not _is_alive(session, ours)
    return replace(past, job=job, was_cut_off=is_cut_off)


def _is_alive(session: str, ours: str) -> bool:
    process, since, *_ = session.split(".")
    return session == ours or (bool(since) and began(process) == since)


def _is_of(entry: Entry, subject: Ref, wanted: Wanted) -> bool:
    if wanted is not Wanted.ALL and entry.marks is None:
        return False
    if wanted is Wanted.DELETIONS and What.DELETED not in {fact.what for fact in entry.facts}:
        return False
    if subject.kind is Kind.HOST:
        return entry.subject.host == subject.host
    return entry.subject == subject
