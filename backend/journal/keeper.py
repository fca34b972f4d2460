"""Keeps the journal, in a thread of its own: nobody who writes or asks waits for a disk."""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Final, TypeVar

from backend.hypervisor.places import state_directory
from backend.journal.entry import Cursor, Entry, Page, PastJob, PastJobs, Wanted
from backend.journal.ledger import GATHER_S, Ledger
from backend.journal.rows import Standing
from backend.model import Ref

log = logging.getLogger(__name__)
T = TypeVar("T")
LOOK_S: Final = 2.0
_CLOSE_DEADLINE_S: Final = 3.0


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
        self._tasks: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._said: set[str] = set()
        self._definitions: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self._tasks.put(lambda: self._ledger.name_host(host, place))

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
        self._tasks.put(lambda: self._ledger.add(written, stood, settled))

    def keep_job(self, past: PastJob) -> None:
        """Have a job's standing written soon, in place of the one before."""
        self._tasks.put(lambda: self._ledger.add_job(past))

    def keep_definition(self, mark: str, text: str) -> None:
        """Have a machine's definition kept under its mark, as everybody may read it.

        What no entry and no standing names is forgotten again after a day.
        """
        if mark not in self._definitions:  # each is read again and again
            self._definitions.add(mark)
            self._tasks.put(lambda: self._ledger.add_definition(mark, text))

    def follow_cut_off(self, tell: Callable[[tuple[PastJob, ...]], None]) -> None:
        """Have `tell` called, in the journal's thread, with jobs that may have left files.

        Those are jobs of consoles that ended before them; each is told again until it is settled.
        """
        self._tasks.put(lambda: setattr(self._ledger, "tell_cut_off", tell))

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
        self._tasks.put(None)
        self._thread.join(_CLOSE_DEADLINE_S)

    def _ask(self, question: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()

        def answer() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                self._ledger.flush()
                future.set_result(question())
            except Exception as error:  # noqa: BLE001  # carried to whoever asked
                future.set_exception(error)

        self._tasks.put(answer)
        return future

    def _run(self) -> None:
        while (task := self._next()) is not None:
            self._do(task)
        self._do(self._ledger.close)

    def _next(self) -> Callable[[], object] | None:
        try:
            return self._tasks.get(timeout=GATHER_S if self._ledger.can_write else LOOK_S)
        except queue.Empty:
            return self._ledger.look_around

    def _do(self, task: Callable[[], object]) -> None:
        try:
            task()
            if self._ledger.is_due:
                self._ledger.flush()
        except Exception as error:
            # A fault of ours costs what met it, never all that is to be told after it.
            if (words := repr(error)) not in self._said:
                self._said.add(words)
                log.exception("the journal goes on without what it could not take")
