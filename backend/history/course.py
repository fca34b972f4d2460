"""Courses of what was kept: as many points as asked for, and gaps where nothing was read. Pure."""

import math
from collections.abc import Iterable, Sequence
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


def layered(layers: Iterable[Sequence[Kept]]) -> list[Kept]:
    """Return one of several layers, the finest first, in order.

    A coarser stretch counts only where nothing finer was kept.
    """
    told: list[Kept] = []
    for layer in layers:
        if not layer:
            continue
        step_s = layer[0].step_s
        covered = {one.at // step_s for one in told}
        told += [one for one in layer if one.at // step_s not in covered]
    return sorted(told, key=lambda one: one.at)


def draw(series: Series, kept: Sequence[Kept], since: float, until: float, points: int) -> Course:
    """Return at most so many points of what was kept, which is in order."""
    asked_s = (until - since) / max(1, points)
    step_s = max([asked_s, *(one.step_s for one in kept)])
    runs: list[list[Point]] = []
    merged: list[Kept] = []
    last: Kept | None = None
    for one in kept:
        is_apart = last is None or one.at - last.at > _MISSED * max(
            one.step_s, last.step_s, series.measure.group.seldom_s
        )
        if merged and (is_apart or _slot(one, since, asked_s) != _slot(merged[0], since, asked_s)):
            runs[-1].append(_merged(merged))
            merged = []
        if is_apart:
            runs.append([])
        merged.append(one)
        last = one
    if merged:
        runs[-1].append(_merged(merged))
    return Course(series, tuple(tuple(run) for run in runs), step_s)


def _slot(one: Kept, since: float, step_s: float) -> int:
    return math.floor((one.at - since) / step_s) if step_s > 0 else 0


def _merged(kept: list[Kept]) -> Point:
    if len(kept) == 1:
        only = kept[0]
        return Point(only.at, only.least, only.mean, only.most)
    time_s = sum(one.step_s for one in kept)
    mean = sum(one.mean * one.step_s for one in kept) / time_s
    return Point(kept[0].at, min(k.least for k in kept), mean, max(k.most for k in kept))
