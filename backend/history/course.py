"""Courses of what was kept: as many points as asked for, and gaps where nothing was read. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from backend.history.rollup import Level
from backend.series import Course, Point, Series

_MISSED: Final = 3.5
"""So many stretches without a reading are a gap: one or two are a slow host."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One stretch of `step_s` seconds as it was kept."""

    at: float
    step_s: float
    least: float
    mean: float
    most: float


def level_for(since: float, until: float, points: int, now: float) -> Level:
    """Return the coarsest level that has so many points, or else the finest that is still kept."""
    wanted_s = (until - since) / max(1, points)
    kept = [level for level in Level if since >= now - level.kept_s] or [Level.HOURS]
    fine = [level for level in kept if level.step_s <= wanted_s]
    return fine[-1] if fine else kept[0]


def draw(series: Series, kept: Iterable[Kept], since: float, until: float, points: int) -> Course:
    """Return at most so many points of what was kept; it need not be in order.

    Where there is a finer stretch and a coarser one, the finer one counts.
    """
    asked_s = (until - since) / max(1, points)
    finest = sorted(kept, key=lambda one: (one.at, one.step_s))
    step_s = max([asked_s, *(one.step_s for one in finest[:1])])
    runs: list[list[Point]] = []
    run: list[Point] = []
    merged: list[Kept] = []
    last: Kept | None = None

    def put() -> None:
        if merged:
            run.append(_merged(merged))
            merged.clear()

    for one in finest:
        if last is not None and one.at < last.at + last.step_s:
            continue  # it is told already, and finer
        if last is not None and one.at - last.at > _MISSED * max(one.step_s, last.step_s):
            put()
            runs.append(run)
            run = []
        if merged and _slot(one.at, since, asked_s) != _slot(merged[0].at, since, asked_s):
            put()
        merged.append(one)
        last = one
    put()
    runs.append(run)
    return Course(series, tuple(tuple(part) for part in runs if part), step_s)


def _slot(at: float, since: float, step_s: float) -> int:
    return math.floor((at - since) / step_s) if step_s > 0 else 0


def _merged(kept: list[Kept]) -> Point:
    if len(kept) == 1:
        only = kept[0]
        return Point(only.at, only.least, only.mean, only.most)
    time_s = sum(one.step_s for one in kept)
    mean = sum(one.mean * one.step_s for one in kept) / time_s
    return Point(kept[0].at, min(k.least for k in kept), mean, max(k.most for k in kept))
