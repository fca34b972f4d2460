"""Courses of many steps on one: figures of the same moment, or none where nothing was read."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from backend.diagnosis.quantities import Quantity
from backend.measures import Place
from backend.series import Course

SLOT_S: Final = 10.0
"""What is read least often is read so often: pressure, and all of who is not looked at."""
_SLOTS: Final = 60

Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """A stretch of time in equal slots, with the mean of each figure in each of them."""

    since: float
    until: float
    rows: Mapping[Place, Row] = field(default_factory=dict)

    @property
    def step_s(self) -> float:
        """How long one slot is."""
        return max(SLOT_S, (self.until - self.since) / _SLOTS)

    @property
    def count(self) -> int:
        """How many there are."""
        return max(0, math.ceil((self.until - self.since) / self.step_s))

    def row(self, quantity: Quantity, device: str) -> Row:
        """Return a quantity in each slot; None where it is not known."""
        nothing: Row = (None,) * self.count
        rows = [self.rows.get(place, nothing) for place in quantity.places(device)]
        return tuple(quantity.combine(values) for values in zip(*rows, strict=True))


def laid_out(courses: Iterable[Course], since: float, until: float) -> Slots:
    """Return what courses say of a stretch of time."""
    empty = Slots(since, until)
    rows = {(one.series.measure, one.series.device): _row(one, empty) for one in courses}
    return Slots(since, until, rows)


def _row(course: Course, slots: Slots) -> Row:
    sums, counts = [0.0] * slots.count, [0] * slots.count
    for point in course.points:
        number = math.floor((point.at - slots.since) / slots.step_s)
        if 0 <= number < slots.count:
            sums[number] += point.mean
            counts[number] += 1
    row: list[float | None] = []
    # What comes each ten seconds comes once in a while just after a slot has ended.
    reach, missed = max(1, round(course.step_s / slots.step_s)), 0
    last: float | None = None
    for total, count in zip(sums, counts, strict=True):
        missed = 0 if count else missed + 1
        last = total / count if count else last
        row.append(last if missed <= reach else None)
    return tuple(row)
