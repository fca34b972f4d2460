"""Which stretch of time is seen and where the cross-hair stands, shared by all that shows time."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from console.widgets.curve import TimeMark
from console.widgets.time_span import Span


class TimeView(QObject):
    """What is seen ends now and goes on with the time (it is live) until it is moved back.

    Seconds are Unix time, once it was told what time it is.
    """

    crossed = Signal()
    """The cross-hair stands elsewhere, is pinned, or is so no more."""
    moved = Signal()
    """Another stretch of time is seen, or it became live, or is so no more."""

    def __init__(self, length_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.span = Span(-length_s, 0.0)
        self.is_live = True
        self.cross: float | None = None
        self.is_pinned = False
        self.marks: tuple[TimeMark, ...] = ()
        self._now = 0.0

    @property
    def now(self) -> float:
        """What time it is, as far as is known."""
        return self._now

    def set_now(self, now: float) -> None:
        """Know what time it is; what is live goes on with it."""
        self._now = now
        if self.is_live:
            self.span = self.span.ending(now)

    def set_marks(self, marks: Sequence[TimeMark]) -> None:
        """Know what happened, in whichever order."""
        self.marks = tuple(sorted(marks, key=lambda mark: mark.seconds))

    def set_length(self, length_s: float) -> None:
        """See so many seconds: to now, or around the cross-hair or the middle of what is seen."""
        middle = (self.span.since + self.span.until) / 2
        self._see(self.span.long(length_s, self._anchor(middle)), is_live=self.is_live)

    def go_live(self) -> None:
        """See what is so now, and go on with the time."""
        self._see(self.span.ending(self._now), is_live=True)

    def look_at(self, span: Span) -> None:
        """See this stretch of the past; one that would end after now ends now and is live."""
        self._see(span, is_live=span.until >= self._now)

    def move(self, by_s: float) -> None:
        """See what is so many seconds later."""
        self.look_at(self.span.moved(by_s))

    def zoom(self, factor: float, at: float | None = None) -> None:
        """See so many times as much; the second `at` stays where it is. What is live stays so."""
        around = self._anchor(self.span.until if at is None else at)
        self._see(self.span.long(self.span.length_s * factor, around), is_live=self.is_live)

    def set_cross(self, second: float | None, *, pin: object = False) -> None:
        """Stand the cross-hair there, pinned or not; None takes it away."""
        found = None if second is None else self.span.clamped(second)
        is_pinned = bool(pin) and found is not None
        if (found, is_pinned) != (self.cross, self.is_pinned):
            self.cross, self.is_pinned = found, is_pinned
            self.crossed.emit()

    def step(self, by_s: float) -> None:
        """Have the cross-hair go on; beyond an end, what is seen comes along."""
        self.step_to((self.span.until if self.cross is None else self.cross) + by_s)

    def step_to(self, second: float) -> None:
        """Stand the cross-hair there, and see it."""
        beyond = second - self.span.clamped(second)
        if beyond:
            self.move(beyond)
        self.set_cross(second)

    def step_to_mark(self, way: int) -> None:
        """Stand the cross-hair at the next thing that happened (1), or at the one before (-1)."""
        here = self.span.until if self.cross is None else self.cross
        slack = self.span.length_s * 1e-6
        if way < 0:
            found = [mark.seconds for mark in self.marks if mark.seconds < here - slack][-1:]
        else:
            found = [mark.seconds for mark in self.marks if mark.seconds > here + slack][:1]
        for second in found:
            self.step_to(second)

    def _anchor(self, otherwise: float) -> float:
        if self.is_live:
            return self.span.until
        return otherwise if self.cross is None else self.cross

    def _see(self, span: Span, *, is_live: bool) -> None:
        if is_live or span.until > self._now:
            span = span.ending(self._now)
        if (span, is_live) == (self.span, self.is_live):
            return
        self.span, self.is_live = span, is_live
        if not self.is_pinned:
            self.set_cross(self.cross)
        self.moved.emit()
