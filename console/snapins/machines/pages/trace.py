"""What is known of one figure over time, worked out once and drawn many times while one drags."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from backend.measures import Place
from backend.series import Course, Sample
from console.snapins.machines.pages import plotted
from console.snapins.machines.pages.chart_kinds import Line
from console.snapins.machines.pages.plotted import Scale
from console.widgets.curve import Curve
from console.widgets.time_span import Span


class Trace:
    """A course as one with what was read lately."""

    def __init__(
        self, course: Course | None, samples: Sequence[Sample], place: Place, step_s: float
    ) -> None:
        self._course = course
        self._known = _told(samples, step_s)
        self.runs = [
            run for run in plotted.joined(course, plotted.lately(samples, place, step_s)) if run
        ]
        self._moments = [point.at for run in self.runs for point in run]
        self._most = [point.most for run in self.runs for point in run]
        self._curve: tuple[Line, Scale, Curve] | None = None

    def is_of(self, course: Course | None, samples: Sequence[Sample], step_s: float) -> bool:
        """Whether it was made of these."""
        return course is self._course and self._known == _told(samples, step_s)

    def highest(self, span: Span) -> float | None:
        """Return the highest value that is seen."""
        first = bisect_left(self._moments, span.since)
        last = bisect_right(self._moments, span.until)
        return max(self._most[first:last], default=None)

    def curve(self, line: Line, scale: Scale, now: float) -> Curve:
        """Return its curve; the newest value is one that is so now."""
        if self._curve is None or self._curve[:2] != (line, scale):
            self._curve = line, scale, plotted.curve(line, self.runs, scale)
        return plotted.as_of(self._curve[2], now)


def _told(samples: Sequence[Sample], step_s: float) -> tuple[int, float, float]:
    # How fine it is changes with each turn of the wheel, and matters only where it is coarse.
    fine_s = step_s if step_s >= plotted.FOLDED_S else 0.0
    return len(samples), samples[-1].when if samples else 0.0, fine_s
