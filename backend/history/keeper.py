"""Keeps what was measured, in a thread of its own: nobody who writes or asks waits for a disk."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final, TypeVar

from backend.history.album import Album
from backend.history.ledger import Ledger
from backend.history.store import BOUND_BYTES
from backend.hypervisor.places import state_directory
from backend.measures import Place
from backend.model import Ref
from backend.series import Course, Sample, Series

log = logging.getLogger(__name__)
T = TypeVar("T")
_IDLE_S: Final = 15.0
_BETWEEN_S: Final = 0.05
"""After a piece was settled: the GUI's thread wants Python too."""
_CLOSE_DEADLINE_S: Final = 3.0


def history_path() -> Path:
    """Return where the history of this user lies."""
    return state_directory() / "history.sqlite"


class History:
    """What was measured, kept. Its methods may be called from any thread and return at once.

    `path` None keeps it in memory. The file never grows beyond the bound. `wants_readings` says
    whether all machines are to be read, whoever looks; `prometheus` is the address of one that is
    asked first, "" for none.
    """

    def __init__(
        self,
        path: Path | None = None,
        bound_bytes: int = BOUND_BYTES,
        prometheus: str = "",
    ) -> None:
        self.wants_readings = path is not None
        self.prometheus = prometheus
        self.album = Album(path.with_name("screens.sqlite") if path else None)
        """What machines showed meanwhile."""
        self._ledger = Ledger(path, bound_bytes)
        self._tasks: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._thread.start()

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self.album.name_host(host, place)
        self._tasks.put(lambda: self._ledger.name_host(host, place))

    def add(self, samples: Sequence[Sample]) -> None:
        """Have these readings kept."""
        now = time.time()
        self._tasks.put(lambda: self._ledger.add(samples, now))

    def read(
        self, series: Sequence[Series], since: float, until: float, points: int
    ) -> "Future[tuple[Course, ...]]":
        """Return how series went between two moments, in at most so many points each."""
        now = time.time()
        return self._ask(lambda: self._ledger.read(series, since, until, points, now))

    def places(self, ref: Ref) -> "Future[tuple[Place, ...]]":
        """Return measures and devices of a thing of which something was ever kept."""
        return self._ask(lambda: self._ledger.places(ref))

    def close(self) -> None:
        """Have all written and the thread joined; a disk that hangs is not waited for."""
        self.album.close()
        self._tasks.put(None)
        self._thread.join(_CLOSE_DEADLINE_S)

    def _ask(self, question: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()

        def answer() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(question())
            except Exception as error:  # noqa: BLE001  # carried to whoever asked
                future.set_exception(error)

        self._tasks.put(answer)
        return future

    def _run(self) -> None:
        while (task := self._next()) is not None:
            self._do(task)
            if self._tasks.empty():
                self._do(self._tidy)
        self._do(self._ledger.close)

    def _next(self) -> Callable[[], object] | None:
        try:
            return self._tasks.get(timeout=_BETWEEN_S if self._ledger.is_behind else _IDLE_S)
        except queue.Empty:
            return self._ledger.flush

    def _tidy(self) -> None:
        self._ledger.tidy(time.time())

    def _do(self, task: Callable[[], object]) -> None:
        try:
            task()
        except Exception as error:
            # A fault of ours costs what met it, never all that is to be kept after it.
            if (words := repr(error)) not in self._said:
                self._said.add(words)
                log.exception("the history goes on without what it could not take")
