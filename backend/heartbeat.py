"""The heartbeat of a guest while something is done to it: how long it stood still, measured."""

from dataclasses import dataclass
from enum import Enum


class Pulse(Enum):
    """What tells that the guest runs.

    COUNTER: the guest's own counter, on a channel for it. PROCESSORS: the time of its virtual
    processors, which an idle guest does not use. AGENT: answers of its agent.
    """

    COUNTER = "counter"
    PROCESSORS = "processors"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Beats of a guest: (seconds from the moment of the change, gap before it in ms), in order.

    Those before 0 are the guest left alone. `interval_ms` is the pace that was meant, `lost` how
    many beats of the guest's counter never came.
    """

    pulse: Pulse
    interval_ms: float
    beats: tuple[tuple[float, float], ...] = ()
    lost: int = 0

    @property
    def idle_gap_ms(self) -> float | None:
        """The longest gap of the guest left alone; None: nothing was measured."""
        return max((gap for at, gap in self.beats if at < 0), default=None)

    @property
    def gap_ms(self) -> float | None:
        """The longest gap since the change began; None: nothing was measured."""
        return max((gap for at, gap in self.beats if at >= 0), default=None)
