"""Keeps what was measured, in a thread of its own: nobody who writes or asks waits for a disk."""

import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from backend.history.album import Album
from backend.history.ledger import Ledger
from backend.history.tables import BOUND_BYTES
from backend.hypervisor.places import state_directory
from backend.keeping.desk import Desk
from backend.measures import Place
from backend.model import Ref
from backend.series import Course, Sample, Series


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
        self._desk = Desk("history", self._ledger)

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self.album.name_host(host, place)
        self._desk.put(lambda: self._ledger.name_host(host, place))

    def add(self, samples: Sequence[Sample]) -> None:
        """Have these readings kept."""
        now = time.time()
        self._desk.put(lambda: self._ledger.add(samples, now))

    def read(
        self, series: Sequence[Series], since: float, until: float, points: int
    ) -> "Future[tuple[Course, ...]]":
        """Return how series went between two moments, in at most so many points each."""
        now = time.time()
        return self._desk.ask(
            lambda: tuple(map(self._told, self._ledger.read(series, since, until, points, now)))
        )

    def places(self, ref: Ref) -> "Future[tuple[Place, ...]]":
        """Return measures and devices of a thing of which something was ever kept."""
        return self._desk.ask(lambda: self._ledger.places(ref))

    def close(self) -> None:
        """Have all written and the thread joined; a disk that hangs is not waited for."""
        self.album.close()
        self._desk.close()

    def _told(self, course: Course) -> Course:
        # The pictures stand along the charts, and who looks at those is told of both.
        return replace(course, problem=course.problem or self.album.problem)
