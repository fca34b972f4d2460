"""What was kept of series, asked for as somebody looks back: one question at a time.

Whoever drags through a year wishes for something else many times a second. While a question is
under way wishes only replace each other, and the last one is asked next.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend.errors import BackendError, Problem
from backend.operations import history
from backend.series import Course, Series
from console.sdk.context import Context, Unsubscribe
from console.widgets.time_span import Span

_MARGIN: Final = 0.5
"""So much of what is seen is asked for at either side of it, for the drag to come."""
_COARSER, _FINER = 1.5, 4.0


@dataclass(frozen=True, slots=True)
class Wish:
    """Series over a stretch of time, in at most so many points."""

    series: tuple[Series, ...]
    span: Span
    points: int

    @property
    def step_s(self) -> float:
        """How long one point stands for."""
        return self.span.length_s / max(1, self.points)

    def widened(self, now: float) -> "Wish":
        """Return one for more of the past than is seen, as fine as this."""
        by_s = self.span.length_s * _MARGIN
        until = max(self.span.until, min(now, self.span.until + by_s))
        wide = Span(self.span.since - by_s, until)
        return Wish(self.series, wide, math.ceil(wide.length_s / self.step_s))

    def grants(self, other: "Wish") -> bool:
        """Whether the answer to this one is good enough for another."""
        return (
            set(other.series) <= set(self.series)
            and self.span.since <= other.span.since
            and self.span.until >= other.span.until
            and other.step_s / _FINER <= self.step_s <= other.step_s * _COARSER
        )


class Past:
    """The courses that were asked for last. `changed` is called when there are others."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        self._context = context
        self._changed = changed
        self._wished: Wish | None = None
        self._answered: Wish | None = None
        self._courses: dict[Series, Course] = {}
        self._cancel: Unsubscribe | None = None
        self._turn = 0
        self.problem: Problem | None = None
        """Why there is less than was kept, or none."""

    def wish(self, wish: Wish | None) -> None:
        """Have this asked for, unless it is known; None: nothing more."""
        self._wished = wish
        if wish is not None and self._cancel is None and not self._is_granted(wish):
            self._cancel = self._context.run(self._ask())

    def course(self, series: Series) -> Course | None:
        """Return what is known of a series."""
        return self._courses.get(series)

    def forget(self) -> None:
        """Know nothing, and wait for nothing."""
        self._wished = self._answered = self.problem = None
        self._courses.clear()
        self._turn += 1
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _is_granted(self, wish: Wish) -> bool:
        return self._answered is not None and self._answered.grants(wish)

    async def _ask(self) -> None:
        turn = self._turn
        try:
            while (wish := self._wished) is not None and not self._is_granted(wish):
                await self._fetch(wish.widened(time.time()))
        finally:
            if turn == self._turn:
                self._cancel = None

    async def _fetch(self, wish: Wish) -> None:
        span = wish.span
        try:
            courses = await self._context.query(
                history.read,
                wish.series[0].ref,
                wish.series,
                since=span.since,
                until=span.until,
                points=wish.points,
            )
        except BackendError as error:
            self.problem, courses = error.problem, ()
        else:
            self.problem = next((one.problem for one in courses if one.problem), None)
        self._answered = wish
        self._courses = {course.series: course for course in courses}
        self._changed()
