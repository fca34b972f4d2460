"""Keeps the journal, in a thread of its own: nobody who writes or asks waits for a disk."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from backend.hypervisor.places import state_directory
from backend.journal.entry import Cursor, Entry, Page, PastJob, PastJobs, Wanted
from backend.journal.ledger import Ledger
from backend.journal.rows import Standing
from backend.keeping.desk import Desk
from backend.model import Ref

T = TypeVar("T")


def journal_path() -> Path:
    """Return where the journal of this user lies."""
    return state_directory() / "journal.sqlite"


def _tell_nobody(_entries: tuple[Entry, ...]) -> None:
    return


class Journal:
    """What happened, kept. Its methods may be called from any thread and return at once.

    `path` None keeps it in memory. `tell` is called, in the journal's thread, with entries that are
    new or better known, whichever console wrote them.
    """

    def __init__(
        self, path: Path | None, tell: Callable[[tuple[Entry, ...]], None] = _tell_nobody
    ) -> None:
        self._ledger = Ledger(path, tell)
        self._desk = Desk("journal", self._ledger)

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self._desk.put(lambda: self._ledger.name_host(host, place))

    def keep(
        self,
        entries: Iterable[Entry] = (),
        standings: Mapping[Ref, Standing | None] | None = None,
        settled: tuple[int, ...] = (),
    ) -> None:
        """Have these written soon, all or none of them. A standing of None is that of no thing.

        `settled` are jobs, by their uid, of whose files it is known what became of them.
        """
        written, stood = tuple(entries), dict(standings or {})
        self._desk.put(lambda: self._ledger.add(written, stood, settled))

    def keep_job(self, past: PastJob) -> None:
        """Have a job's standing written soon, in place of the one before."""
        self._desk.put(lambda: self._ledger.add_job(past))

    def keep_definition(self, mark: str, text: str) -> None:
        """Have a machine's definition kept under its mark, as everybody may read it.

        What no entry and no standing names is forgotten again after a day.
        """
        self._desk.put(lambda: self._ledger.add_definition(mark, text))

    def follow_cut_off(self, tell: Callable[[tuple[PastJob, ...]], None]) -> None:
        """Have `tell` called, in the journal's thread, with jobs that may have left files.

        Those are jobs of consoles that ended before them; each is told again until it is settled.
        """
        self._desk.put(lambda: setattr(self._ledger, "tell_cut_off", tell))

    def read(
        self,
        subject: Ref,
        before: Cursor | None = None,
        limit: int = 200,
        wanted: Wanted = Wanted.ALL,
    ) -> "Future[Page]":
        """Return entries of a thing (a host: of all that is there), newest first."""
        return self._ask(lambda: self._ledger.read(subject, before, limit, wanted))

    def read_definitions(self, marks: Iterable[str]) -> "Future[dict[str, str]]":
        """Return those of the definitions that are kept, by their marks."""
        asked = tuple(marks)
        return self._ask(lambda: self._ledger.read_definitions(asked))

    def read_jobs(self, before: Cursor | None = None, limit: int = 200) -> "Future[PastJobs]":
        """Return jobs of all hosts, the last begun first."""
        return self._ask(lambda: self._ledger.read_jobs(before, limit))

    def read_standings(self, host: str) -> "Future[dict[Ref, Standing]]":
        """Return what was last known of each thing of a host; nothing if that cannot be read."""
        return self._ask(lambda: self._ledger.read_standings(host))

    def close(self) -> None:
        """Have all written and the thread joined; a disk that hangs is not waited for."""
        self._desk.close()

    def _ask(self, question: Callable[[], T]) -> "Future[T]":
        def answer() -> T:
            self._ledger.flush()
            return question()

        return self._desk.ask(answer)
