"""The nouns of figures: samples as they were read, series of them, and how these went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from backend.errors import Problem
from backend.measures import Measure, Place
from backend.model import Ref

NO_FIGURES: Final[Mapping[Place, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading of a running machine, or of a host. Rates are over the time since the one before.

    `at` is monotonic, `when` Unix seconds. `figures` are those read now, by measure and device: one
    that is not there is not known, and is never zero. `held` are those that were not read now, as
    they were the last time they were. A machine that stands still has no rates.
    """

    ref: Ref
    at: float
    figures: Mapping[Place, float] = field(default_factory=lambda: NO_FIGURES)
    held: Mapping[Place, float] = field(default_factory=lambda: NO_FIGURES)
    when: float = 0.0

    def figure(self, measure: Measure, device: str = "") -> float | None:
        """Return what is known of it now: read now, or held."""
        place = (measure, device)
        found = self.figures.get(place)
        return self.held.get(place) if found is None else found

    def devices(self, measure: Measure) -> tuple[str, ...]:
        """Return the devices that have this measure, but for the sum of all ("")."""
        places = dict.fromkeys((*self.figures, *self.held))
        return tuple(device for found, device in places if found is measure and device)

    @property
    def cpu(self) -> float | None:
        """The share of its processors in use, 0 to 1."""
        return self.figure(Measure.CPU)

    @property
    def memory_used_bytes(self) -> int | None:
        """What its guest says it uses."""
        return self._bytes(Measure.MEMORY_USED)

    @property
    def memory_assigned_bytes(self) -> int | None:
        """What it has now."""
        return self._bytes(Measure.MEMORY_ASSIGNED)

    @property
    def disk_read_bytes_s(self) -> float | None:
        """What all its drives read."""
        return self.figure(Measure.DISK_READ)

    @property
    def disk_write_bytes_s(self) -> float | None:
        """What was written to all its drives."""
        return self.figure(Measure.DISK_WRITE)

    @property
    def network_in_bytes_s(self) -> float | None:
        """What all its adapters received."""
        return self.figure(Measure.NETWORK_IN)

    @property
    def network_out_bytes_s(self) -> float | None:
        """What all its adapters sent."""
        return self.figure(Measure.NETWORK_OUT)

    def _bytes(self, measure: Measure) -> int | None:
        figure = self.figure(measure)
        return None if figure is None else int(figure)


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of a thing (a machine, a host) and of one of its devices.

    `device` is "" for the thing's own, and for all its drives or adapters together.
    """

    ref: Ref
    measure: Measure
    device: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What was read in a stretch of time that begins at `at`, in Unix seconds."""

    at: float
    least: float
    mean: float
    most: float


@dataclass(frozen=True, slots=True)
class Course:
    """How a series went, in runs of points; between two runs nothing was read, and nothing is said.

    `step_s` is what one point stands for at the most, in seconds. `problem` is why there is less
    than was kept, or none.
    """

    series: Series
    runs: tuple[tuple[Point, ...], ...] = ()
    step_s: float = 0.0
    problem: Problem | None = None

    @property
    def points(self) -> Iterator[Point]:
        """All points, oldest first."""
        for run in self.runs:
            yield from run
