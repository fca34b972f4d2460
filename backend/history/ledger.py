"""What was measured, from samples to the file and back. Blocking, and for one thread.

Hosts are named here by their place (the same from day to day), outside by their id of today.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.errors import Problem
from backend.history import store as stores
from backend.history.course import Kept, draw, layered, level_for
from backend.history.failures import (
    HistoryCrowded,
    HistoryDamaged,
    HistoryFull,
    HistoryNewer,
    HistoryRefused,
)
from backend.history.rollup import Gatherer, Level, Row
from backend.history.tables import BOUND_BYTES
from backend.keeping.custody import FileCustody, Words
from backend.keeping.desk import Desk
from backend.measures import Place
from backend.model import Ref
from backend.series import Course, Sample, Series

if TYPE_CHECKING:
    from backend.history.settling import Piece

WRITE_EACH_S: Final = 10.0
_LOOK_EACH_S: Final = 60.0
_PRUNE_EACH_S: Final = 600.0
_WAITING_MAXIMUM: Final = 20_000
_IDLE_S: Final = 15.0
_BETWEEN_S: Final = 0.05
"""After a piece was settled: the GUI's thread wants Python too."""
_APART_S: Final = 0.5
"""So long at the most, and shorter only so that all is settled in about so many seconds: a
thousand machines' last six minutes at once were a fifth of what a list of them takes."""
_SETTLED_S: Final = 120.0
_REST_S: Final = 5.0
"""After the start, which has other work than to put old figures in order."""
_WORDS: Final = Words("the history", HistoryFull, HistoryRefused, HistoryDamaged, HistoryNewer)


class Ledger:
    """Writes what was measured in batches, and settles it when there is nothing else to do."""

    def __init__(self, path: Path | None, bound_bytes: int = BOUND_BYTES) -> None:
        self._custody: FileCustody[stores.Store] = FileCustody(
            path, lambda: stores.Store(path, bound_bytes), _WORDS
        )
        self._gatherer = Gatherer()
        self._waiting: list[Row] = []
        self._pieces: list[Piece] = []
        self._places: dict[str, str] = {}
        self._begun_at = time.monotonic()
        self._written_at = self._looked_at = self._pruned_at = 0.0

    def name_host(self, host: str, place: str) -> None:
        """Know the host of this id by its place."""
        self._places[host] = place

    def add(self, samples: Iterable[Sample], now: float) -> None:
        """Take readings in."""
        self._waiting += self._gatherer.add(samples)
        self._waiting += self._gatherer.end_before(now)
        del self._waiting[:-_WAITING_MAXIMUM]
        if now - self._written_at >= WRITE_EACH_S:
            self._written_at = now
            self.flush()

    def flush(self) -> None:
        """Write what waits, if that is possible now."""
        if not self._waiting or self._custody.is_refused:
            return
        rows = [Row(self._out(row.ref), row.level, row.at, row.figures) for row in self._waiting]
        if self._custody.write(lambda store: store.write(rows)):
            self._waiting.clear()

    @property
    def is_behind(self) -> bool:
        """Whether something is left to settle."""
        return bool(self._pieces)

    @property
    def wait_s(self) -> float:
        """How long the desk waits for more before it looks by itself."""
        if not self._pieces:
            return _IDLE_S
        return max(_BETWEEN_S, min(_APART_S, _SETTLED_S / len(self._pieces)))

    def rest(self) -> None:
        """Write what waits."""
        self.flush()

    def after(self, desk: Desk) -> None:
        """Do one small thing of what can wait, where nothing else does."""
        if not desk.waiting and time.monotonic() - self._begun_at > _REST_S:
            self.tidy(time.time())

    def tidy(self, now: float) -> None:
        """Do one small thing of what can wait: settle a piece, or forget what is too old."""
        if self._pieces:
            piece = self._pieces.pop()
            self._custody.attempt(lambda store: store.settle(piece), None)
        elif now - self._looked_at >= _LOOK_EACH_S:
            self._looked_at = now
            none: list[Piece] = []
            self._pieces = self._custody.attempt(lambda store: store.due(now), none)
        elif now - self._pruned_at >= _PRUNE_EACH_S:
            # Never before a look: what is old and not settled is the last hour before a pause.
            self._pruned_at = now
            self._custody.attempt(lambda store: store.prune(now), None)

    def close(self) -> None:
        """Write what waits, with a last try, and let the file go."""
        self._waiting += self._gatherer.end_all()
        self._custody.try_now()
        try:
            self.flush()
        finally:
            self._custody.close()

    def read(
        self, series: Iterable[Series], since: float, until: float, points: int, now: float
    ) -> tuple[Course, ...]:
        """Return how series went, in the order asked for."""
        self._waiting += self._gatherer.end_before(now)
        self.flush()
        level = level_for(since, until, points, now)
        return tuple(self._course(one, level, since, until, points) for one in series)

    def places(self, ref: Ref) -> tuple[Place, ...]:
        """Return measures and devices of a thing of which something was ever kept."""
        self.flush()
        none: list[Place] = []
        return tuple(self._custody.attempt(lambda store: store.places(self._out(ref)), none))

    def _course(
        self, series: Series, level: Level, since: float, until: float, points: int
    ) -> Course:
        asked = replace(series, ref=self._out(series.ref))
        none: list[list[Kept]] = []
        layers = self._custody.attempt(lambda store: store.read(asked, level, since, until), none)
        kept = layered([*layers, *self._unwritten(series, level, since, until)])
        course = draw(series, kept, since, until, points)
        return replace(course, problem=self._custody.problem or self._why_none(asked.ref, kept))

    def _why_none(self, ref: Ref, kept: Sequence[Kept]) -> Problem | None:
        """Return why nothing is kept of a series of a thing, where that has a reason."""
        if kept or not self._custody.attempt(lambda store: store.is_crowded(ref), otherwise=False):
            return None
        return HistoryCrowded().problem

    def _unwritten(
        self, series: Series, level: Level, since: float, until: float
    ) -> list[list[Kept]]:
        """Return what waits to be written: on a full disk that is all there is."""
        place = (series.measure, series.device)
        return [
            [
                Kept(row.at, row.level.step_s, *row.figures[place])
                for row in self._waiting
                if row.ref == series.ref and row.level is one and place in row.figures
                and since - one.step_s < row.at < until
            ]
            for one in (Level.SECONDS, Level.TENS)
            if one.step_s >= level.step_s or one is Level.TENS
        ]  # fmt: skip

    def _out(self, ref: Ref) -> Ref:
        return Ref(self._places.get(ref.host, ref.host), ref.kind, ref.key)
