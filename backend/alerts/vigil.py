"""One series against one threshold. Pure: the only clock is that of the readings.

A threshold is crossed when the figure was beyond it, reading after reading, for the threshold's
duration; that is over when it was within for as long, a minute at the most. Time is the only
hysteresis: a second bound would be one more figure to explain. Of a figure that swings, what comes
back within an hour has to be calm for twice as long each time, so that it is one alert that lasts,
and no entry at each swing.

Readings come each second of what somebody looks at, else every ten seconds. So what is judged is
the mean of a step, whoever looks: a dip of a second counts for as little as it does unobserved.

What was not measured is not known: after a gap the time that is needed begins anew, in both
directions, so a gap neither raises nor clears.
"""

from typing import Final

from backend.measures import Group
from backend.thresholds import Alert, Threshold

STEP_S: Final = 10.0
CALM_S: Final = 60.0
"""An alert is over after so long within the bound, or its duration if that is shorter."""
CALM_MOST_S: Final = 900.0
"""So long at the most, however often it came back."""
REMEMBERED_S: Final = 3600.0
"""What ended so long ago does not come back: it is another alert."""
GAP_S: Final = 35.0
SELDOM_GAP_S: Final = 190.0
"""Three readings of those made for the history, and some time on the way."""
_STEPS_LEAST: Final = 3
_EARLY_S: Final = 0.5
_DOUBLED_MOST: Final = 20


def gap_s(threshold: Threshold) -> float:
    """Return after how long without a reading nothing is known any more."""
    return SELDOM_GAP_S if threshold.measure.group in (Group.AGENT, Group.ROOM) else GAP_S


def calm_s(threshold: Threshold, times: int = 1) -> float:
    """Return how long the figure has to be within the bound until all is well.

    `times` is how often it was raised by now, each time soon after it was over.
    """
    usual_s = min(threshold.duration_s, CALM_S)
    return float(min(usual_s * 2.0 ** min(times - 1, _DOUBLED_MOST), CALM_MOST_S))


class Vigil:
    """Begins with the first reading beyond the bound; `is_over` when it need not be kept.

    That is when it is as if nothing had ever been beyond the bound.
    """

    def __init__(self, threshold: Threshold, device: str) -> None:
        self.threshold = threshold
        self.device = device
        self.is_raised = False
        self.is_known = True
        self._since = self._read_at = self._figure = 0.0
        self._gap_s = gap_s(threshold)
        self._step_s = min(STEP_S, threshold.duration_s / _STEPS_LEAST) - _EARLY_S
        self._at = self._stepped_at = float("-inf")
        self._sum, self._count = 0.0, 0
        self._times, self._first, self._ended_at = 0, 0.0, float("-inf")
        """How often it was raised, of these the first, in Unix seconds, and when it was over."""
        self._turning: tuple[float, float] | None = None
        """Since when the figure has been on the other side, by both clocks."""

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to remember."""
        return not (self.is_raised or self._turning or self._count or self._times)

    def alert(self, silent_until: float = 0.0) -> Alert:
        """Return what there is to tell while it is raised."""
        return Alert(
            self.threshold, self.device, self._since, self._figure, self._read_at, self.is_known,
            silent_until, self._times, self._first,
        )  # fmt: skip

    def see(self, at: float, when: float, figure: float) -> bool:
        """Take a reading, at monotonic and Unix seconds; return whether there is news to tell."""
        if at <= self._at:
            return False
        if at - self._at > self._gap_s:
            self._begin_anew()
        self._forget(at)
        self._at = at
        self._sum += figure
        self._count += 1
        if at - self._stepped_at < self._step_s:
            return False
        mean = self._sum / self._count
        self._stepped_at, self._sum, self._count = at, 0.0, 0
        return self._judge(at, when, mean)

    def look(self, at: float) -> bool:
        """Return whether it is by now no longer known how it stands, and was before."""
        self._forget(at)
        if not self.is_known or at - self._at <= self._gap_s:
            return False
        self._begin_anew()
        self.is_known = False
        return True

    def _judge(self, at: float, when: float, figure: float) -> bool:
        was_known, self.is_known = self.is_known, True
        is_news = self.is_raised and (figure != self._figure or not was_known)
        self._figure, self._read_at = figure, when
        if self.threshold.is_beyond(figure) is self.is_raised:
            self._turning = None
            return is_news
        if self._turning is None:
            self._turning = (at, when)
        since_at, since = self._turning
        calm = calm_s(self.threshold, self._times)
        if at - since_at < (calm if self.is_raised else self.threshold.duration_s):
            return is_news
        self.is_raised = not self.is_raised
        self._since, self._turning = since, None
        if self.is_raised:
            self._times += 1
            self._first = self._first if self._times > 1 else since
        else:
            self._ended_at = at
        return True

    def _forget(self, at: float) -> None:
        """Have it be another one that comes from now on, if the last is long over."""
        if not self.is_raised and at - self._ended_at > REMEMBERED_S:
            self._times = 0

    def _begin_anew(self) -> None:
        self._turning = None
        self._sum, self._count = 0.0, 0
        self._stepped_at = float("-inf")
