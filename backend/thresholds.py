"""The nouns of alerts: what nobody wants of a figure, and where it is so at the moment.

Nothing here judges: that is `backend.alerts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from backend.measures import Measure, Of, Unit

if TYPE_CHECKING:
    from backend.model import Ref

WHOLES: Final[Mapping[Measure, Measure]] = {
    Measure.MEMORY_USED: Measure.MEMORY_ASSIGNED,
    Measure.FILESYSTEM_USED: Measure.FILESYSTEM_SIZE,
    Measure.HOST_MEMORY_USED: Measure.HOST_MEMORY_SIZE,
    Measure.NODE_MEMORY_USED: Measure.NODE_MEMORY_SIZE,
    Measure.HOST_FILESYSTEM_USED: Measure.HOST_FILESYSTEM_SIZE,
    Measure.POOL_USED: Measure.POOL_SIZE,
    Measure.POOL_FREE: Measure.POOL_SIZE,
}
"""What a measure is a part of: its bound may be a share of that."""
OF_HOSTS: Final = frozenset({Of.HOST, Of.NODE, Of.HOST_FILESYSTEM})
"""What servers have, not their machines or storage pools."""
DURATION_LEAST_S: Final = 1.0
DURATION_MOST_S: Final = 7 * 86_400.0


class Side(Enum):
    """On which side of its bound a figure is not wanted."""

    ABOVE = "above"
    BELOW = "below"


class Severity(Enum):
    """How soon somebody has to look."""

    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What nobody wants: a figure beyond `bound` for as long as `duration_s`.

    `bound` is in `unit`: the measure's own, or SHARE (0 to 1) of what it is a part of. `host` and
    `key` are the id and the UUID of the only server, and machine or storage pool, that it is for,
    "" for all. `device` is that
    of the series: "" for the thing's own or all together, None for each by itself.
    """

    id: str
    measure: Measure
    bound: float
    unit: Unit
    side: Side = Side.ABOVE
    duration_s: float = 60.0
    severity: Severity = Severity.WARNING
    host: str = ""
    key: str = ""
    device: str | None = ""
    is_enabled: bool = True

    def is_beyond(self, figure: float) -> bool:
        """Whether a figure is one that nobody wants; the bound itself is none."""
        return figure > self.bound if self.side is Side.ABOVE else figure < self.bound

    @property
    def is_of_host(self) -> bool:
        """Whether it is of what the server has, not of its machines or storage pools."""
        return self.measure.of in OF_HOSTS

    @property
    def is_of_pool(self) -> bool:
        """Whether it is of storage pools."""
        return self.measure.of is Of.POOL


@dataclass(frozen=True, slots=True)
class Silence:
    """Of one alert nothing is to be heard until then, in Unix seconds."""

    threshold: str
    subject: "Ref"
    device: str
    until: float


@dataclass(frozen=True, slots=True)
class Rules:
    """All that is to be watched for, and of what nothing is to be heard for a while."""

    thresholds: tuple[Threshold, ...] = ()
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold that is crossed now, by which device, and since when, in Unix seconds.

    `figure` is the last, in the threshold's unit, of the moment `read_at`. Without `is_known`
    nothing was measured since: it may be over or not. Nothing is heard of it until `silent_until`.
    It came `times` times, each soon after the last was over, since the moment `first`.
    """

    threshold: Threshold
    device: str
    since: float
    figure: float
    read_at: float
    is_known: bool = True
    silent_until: float = 0.0
    times: int = 1
    first: float = 0.0


class Ending(Enum):
    """Why an alert is over."""

    CALM = "calm"
    """The figure was within the bound for long enough."""
    OFF = "off"
    """The machine no longer runs, or is no more."""
    GONE = "gone"
    """The guest tells of its file systems, and of this one no more."""
    RULE = "rule"
    """What was watched for has been changed."""
