"""Courses and readings as curves against the clock, in a unit that fits what is seen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median_low
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.measures import Place, Unit
from backend.series import Course, Point, Sample
from console.sdk import wording
from console.snapins.machines.pages.chart_kinds import Line
from console.widgets.curve import Curve

GAP_S: Final = 3.5
"""Readings come each second, from a slow host more seldom; what is further apart is a gap."""
_GAP_STEPS: Final = 2.5
_USUAL_BYTES: Final = 1024**3
_NOTHING_BYTES_S: Final = 1024  # bytes alone are noise
FOLDED_S: Final = 2.0
Runs = Sequence[Sequence[Point]]
"""Points, oldest first; between two runs nothing was read."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Scale:
    """How figures are told: so many times as much, in this unit."""

    factor: float
    unit: str


def scale_for(unit: Unit, highest: float | None) -> Scale:
    """Return how figures up to this one are told."""
    if unit is Unit.SHARE:
        return Scale(100.0, "%")
    if unit is Unit.BYTES:
        unit_bytes, name = wording.unit_for(int(highest or _USUAL_BYTES))
        return Scale(1 / unit_bytes, name)
    if unit is Unit.BYTES_PER_S:
        unit_bytes, name = wording.unit_for(max(_NOTHING_BYTES_S, int(highest or 0)))
        return Scale(1 / unit_bytes, _tr("{unit}/s").format(unit=name))
    if unit is Unit.SECONDS:
        return Scale(1000.0, _tr("ms")) if (highest or 0) < 1 else Scale(1.0, _tr("s"))
    return Scale(1.0, _tr("a second") if unit is Unit.PER_S else "")


def gap_s(samples: Sequence[Sample]) -> float:
    """Return how far apart readings are before nothing was read between them."""
    apart = [later.when - earlier.when for earlier, later in pairwise(samples[-60:])]
    return max(GAP_S, _GAP_STEPS * median_low(apart)) if apart else GAP_S


def lately(samples: Sequence[Sample], place: Place, step_s: float) -> Runs:
    """Return what was read of one figure, in stretches of `step_s` where that is a few seconds."""
    runs: list[list[Point]] = []
    before, gap = float("-inf"), gap_s(samples)
    for sample in samples:
        value = sample.figures.get(place)
        if value is None:
            continue
        if sample.when - before > gap:
            runs.append([])
        runs[-1].append(Point(sample.when, value, value, value))
        before = sample.when
    return [_folded(run, step_s) for run in runs] if step_s >= FOLDED_S else runs


def _folded(run: Sequence[Point], step_s: float) -> list[Point]:
    folded = []
    for slot, group in groupby(run, key=lambda point: point.at // step_s):
        points = list(group)
        mean = sum(point.mean for point in points) / len(points)
        least, most = min(p.least for p in points), max(p.most for p in points)
        folded.append(Point(slot * step_s + step_s / 2, least, mean, most))
    return folded


def joined(course: Course | None, recent: Runs) -> Runs:
    """Return what was kept and after it what was read lately, as one where they meet."""
    if course is None:
        return recent
    start = recent[0][0].at if recent else float("inf")
    middle_s = course.step_s / 2 if course.step_s >= FOLDED_S else 0.0
    kept: list[list[Point]] = []
    for run in course.runs:
        moved = [Point(p.at + middle_s, p.least, p.mean, p.most) for p in run]
        if before := [point for point in moved if point.at < start]:
            kept.append(before)
    if not kept or not recent:
        return [*kept, *recent]
    apart_s = max(GAP_S, _GAP_STEPS * max(course.step_s, course.series.measure.group.seldom_s))
    do_meet = start - kept[-1][-1].at <= apart_s
    return [*kept[:-1], [*kept[-1], *recent[0]], *recent[1:]] if do_meet else [*kept, *recent]


def as_of(curve: Curve, now: float) -> Curve:
    """Return a curve with its newest value in words, where that is one of now."""
    last = curve.values[-1] if curve.values and now - curve.seconds[-1] <= 2 * GAP_S else None
    return curve if last is None else replace(curve, newest=wording.number(last))


def curve(line: Line, runs: Runs, scale: Scale) -> Curve:
    """Return the curve of a line."""
    factor = scale.factor
    seconds: list[float] = []
    means: list[float | None] = []
    least: list[float | None] = []
    most: list[float | None] = []
    for run in runs:
        if seconds:
            seconds.append((seconds[-1] + run[0].at) / 2)
            for values in (means, least, most):
                values.append(None)
        for point in run:
            seconds.append(point.at)
            means.append(point.mean * factor)
            least.append(point.least * factor)
            most.append(point.most * factor)
    if least == most:
        return Curve(line.name, seconds, means, "", line.ink, is_dashed=line.is_dashed)
    return Curve(line.name, seconds, means, "", line.ink, least, most, line.is_dashed)
