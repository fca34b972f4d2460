"""Samples summed up in stretches of time, each with its least, mean and most. Pure.

A stretch begins at a multiple of its length, so that short ones fill long ones exactly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backend.measures import Place
from backend.model import Ref
from backend.series import Sample

_LIVE_S: Final = 3.5
"""Readings that are no further apart come from somebody who watches."""
SLOTS: Final = 360
"""Stretches in a block: an hour of ten seconds, six hours of minutes, two weeks of hours."""

Span = tuple[float, float, float]
"""Least, mean and most."""


class Level(Enum):
    """What is kept: the length of a stretch, and for how long, in seconds."""

    __hash__ = object.__hash__

    SECONDS = 1, 3600
    TENS = 10, 86_400
    MINUTES = 60, 31 * 86_400
    HOURS = 3600, 5 * 366 * 86_400

    def __init__(self, step_s: int, kept_s: int) -> None:
        self.step_s = step_s
        self.kept_s = kept_s


@dataclass(frozen=True, slots=True)
class Row:
    """What was read of one thing in one stretch, which begins at `at` (Unix seconds)."""

    ref: Ref
    level: Level
    at: int
    figures: Mapping[Place, Span]


class _Stretch:
    """The stretch that is under way: least, sum, most and how often, by place."""

    __slots__ = ("at", "sums")

    def __init__(self, at: int) -> None:
        self.at = at
        self.sums: dict[Place, list[float]] = {}

    def add(self, figures: Mapping[Place, float]) -> None:
        sums = self.sums
        for place, value in figures.items():
            known = sums.get(place)
            if known is None:
                sums[place] = [value, value, value, 1]
            else:
                known[0] = min(known[0], value)
                known[1] += value
                known[2] = max(known[2], value)
                known[3] += 1

    def end(self, ref: Ref, level: Level) -> Row:
        figures = {
            place: (least, total / count, most)
            for place, (least, total, most, count) in self.sums.items()
        }
        return Row(ref, level, self.at, figures)


class Gatherer:
    """Makes rows of samples: of each ten seconds, and of each second while somebody watches."""

    def __init__(self) -> None:
        self._open: dict[tuple[Ref, Level], _Stretch] = {}
        self._last: dict[Ref, float] = {}

    def add(self, samples: Iterable[Sample]) -> list[Row]:
        """Take samples in; return the stretches that ended by it."""
        ended: list[Row] = []
        for sample in samples:
            is_live = sample.when - self._last.get(sample.ref, 0.0) <= _LIVE_S
            self._last[sample.ref] = sample.when
            if sample.figures:
                for level in (Level.SECONDS, Level.TENS) if is_live else (Level.TENS,):
                    self._add(sample, level, ended)
        return ended

    def end_before(self, when: float) -> list[Row]:
        """Return the stretches that were over at `when`, and forget who was silent since."""
        over = [k for k, stretch in self._open.items() if stretch.at + k[1].step_s <= when]
        silent = [ref for ref, last in self._last.items() if when - last > _LIVE_S]
        for ref in silent:
            del self._last[ref]
        return [self._open.pop((ref, level)).end(ref, level) for ref, level in over]

    def end_all(self) -> list[Row]:
        """Return the stretches that are under way as they are, and begin anew."""
        under_way, self._open = self._open, {}
        return [stretch.end(ref, level) for (ref, level), stretch in under_way.items()]

    def _add(self, sample: Sample, level: Level, ended: list[Row]) -> None:
        at = int(sample.when) // level.step_s * level.step_s
        stretch = self._open.get((sample.ref, level))
        if stretch is None or stretch.at != at:
            if stretch is not None:
                ended.append(stretch.end(sample.ref, level))
            stretch = self._open[sample.ref, level] = _Stretch(at)
        stretch.add(sample.figures)
