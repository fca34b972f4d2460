"""Keeps what was measured, for whoever asks how it went."""

import time
from collections.abc import Iterable
from concurrent.futures import Future

from backend.history.course import Kept, draw
from backend.history.rollup import Gatherer, Row
from backend.series import Course, Sample, Series


class History:
    """What was measured. Its methods may be called from any thread and return at once."""

    def __init__(self) -> None:
        self._gatherer = Gatherer()
        self._rows: list[Row] = []

    def add(self, samples: Iterable[Sample]) -> None:
        """Keep these readings."""
        self._rows += self._gatherer.add(samples)
        self._rows += self._gatherer.end_before(time.time())

    def read(
        self, series: tuple[Series, ...], since: float, until: float, points: int
    ) -> "Future[tuple[Course, ...]]":
        """Return how series went between two moments, in at most so many points each."""
        future: Future[tuple[Course, ...]] = Future()
        rows = tuple(self._rows)
        future.set_result(tuple(_drawn(one, rows, since, until, points) for one in series))
        return future


def _drawn(one: Series, rows: tuple[Row, ...], since: float, until: float, points: int) -> Course:
    place = (one.measure, one.device)
    kept = [
        Kept(row.at, row.level.step_s, *row.figures[place])
        for row in rows
        if row.ref == one.ref and place in row.figures and since <= row.at < until
    ]
    return draw(one, kept, since, until, points)
