"""A stretch of time that is looked at, and the words on its axis."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QDateTime, QLocale

SHORTEST_S: Final = 20.0
LONGEST_S: Final = 2 * 366 * 86_400.0
_DAY_S: Final = 86_400
_STEPS_S: Final = (
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10800,
    21600,
    43200,
)
_STEPS_DAYS: Final = (1, 2, 7, 14)
_STEPS_MONTHS: Final = (1, 3, 6, 12)
_MONTH_DAYS: Final = 30

Tick = tuple[float, str]
"""A second, and the words below it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one second to a later one: of Unix time, or counted from wherever the curves are."""

    since: float
    until: float

    @property
    def length_s(self) -> float:
        """How long it is."""
        return self.until - self.since

    def holds(self, second: float) -> bool:
        """Whether a second is within."""
        return self.since <= second <= self.until

    def clamped(self, second: float) -> float:
        """Return the second, or the end that is nearer to it."""
        return max(self.since, min(self.until, second))

    def moved(self, by_s: float) -> "Span":
        """Return it later by so many seconds."""
        return Span(self.since + by_s, self.until + by_s)

    def ending(self, until: float) -> "Span":
        """Return one as long that ends then."""
        return self.moved(until - self.until)

    def long(self, length_s: float, at: float) -> "Span":
        """Return one so long in which the second `at` stands where it stands in this one."""
        length_s = max(SHORTEST_S, min(LONGEST_S, length_s))
        share = (at - self.since) / self.length_s
        since = at - share * length_s
        return Span(since, since + length_s)


def ticks(span: Span, most: int) -> tuple[Tick, ...]:
    """Return at most about so many round moments (Unix seconds) within, in local time."""
    least_s = span.length_s / max(1, most)
    if (step := next((step for step in _STEPS_S if step >= least_s), None)) is not None:
        return tuple(_clock_ticks(span, step))
    if days := next((days for days in _STEPS_DAYS if days * _DAY_S >= least_s), None):
        return tuple((at, _day(at)) for at in _days(span, days))
    months = next((n for n in _STEPS_MONTHS if n * _MONTH_DAYS * _DAY_S >= least_s), 12)
    return tuple((at, _month(at)) for at in _months(span, months))


def _clock_ticks(span: Span, step: int) -> Iterator[Tick]:
    offset = QDateTime.fromSecsSinceEpoch(int(span.since)).offsetFromUtc()
    at = math.ceil((span.since + offset) / step) * step - offset
    while at <= span.until:
        is_midnight = (at + offset) % _DAY_S == 0
        yield float(at), _day(at) if is_midnight and step >= 60 else clock(at, step)
        at += step


def clock(at: float, step_s: float = 1.0) -> str:
    """Return the time of day in the locale, with seconds where steps are less than a minute."""
    form = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if step_s < 60 and "ss" not in form:
        form = form.replace("mm", "mm:ss", 1)
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(at)).time(), form)


def moment(at: float, length_s: float, now: float) -> str:
    """Return a point in time as exactly as a stretch of this length shows it."""
    told = clock(at, 1.0 if length_s <= _DAY_S else 60.0)
    then, today = (QDateTime.fromSecsSinceEpoch(round(s)).date() for s in (at, now))
    if then == today:
        return told
    form = "d MMM" if then.year() == today.year() else "d MMM yyyy"
    return f"{QLocale().toString(then, form)} {told}"


def _days(span: Span, step: int) -> Iterator[float]:
    day = datetime.fromtimestamp(span.since).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ006  # the clock on the wall
    # Counted from one day that never changes, so that a drag moves the ticks along.
    day -= timedelta(days=day.toordinal() % step)
    while (at := day.timestamp()) <= span.until:
        if at >= span.since:
            yield at
        day += timedelta(days=step)


def _months(span: Span, step: int) -> Iterator[float]:
    first = datetime.fromtimestamp(span.since)  # noqa: DTZ006  # the clock on the wall
    number = (first.year * 12 + first.month - 1) // step * step
    while (at := datetime(number // 12, number % 12 + 1, 1).timestamp()) <= span.until:  # noqa: DTZ001
        if at >= span.since:
            yield at
        number += step


def _day(at: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(at)).date(), "d MMM")


def _month(at: float) -> str:
    date = QDateTime.fromSecsSinceEpoch(round(at)).date()
    return QLocale().toString(date, "MMM yyyy" if date.month() == 1 else "MMM")
