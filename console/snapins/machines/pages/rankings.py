"""By what machines can be compared: a figure each, how it reads, and how much is much."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.measures import Measure, Unit
from backend.model import Domain, DomainState
from backend.series import Sample
from console.sdk import wording
from console.sdk.context import Lookup
from console.widgets.heat_map import HeatTile

TREND: Final = 60
_QUIET_BYTES_S: Final = 64 * 1024
Figure = Callable[[Sample], float | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A figure of machines. A share is much by itself, others by the most that any has."""

    id: str
    title: str
    figure: Figure
    unit: Unit

    def words(self, value: float) -> str:
        """Return how a value reads."""
        if self.unit is Unit.SHARE:
            return wording.percent(value)
        if self.unit is Unit.BYTES:
            return wording.size(value)
        return wording.rate(value) if self.unit is Unit.BYTES_PER_S else wording.number(value)


def _of(measure: Measure) -> Figure:
    return lambda sample: sample.figure(measure)


def _memory_share(sample: Sample) -> float | None:
    used, assigned = sample.memory_used_bytes, sample.memory_assigned_bytes
    return used / assigned if used is not None and assigned else None


@cache
def rankings() -> tuple[Ranking, ...]:
    """Return all by which one can ask for the top."""
    return (
        Ranking("cpu", _tr("CPU"), _of(Measure.CPU), Unit.SHARE),
        Ranking("delay", _tr("CPU delay"), _of(Measure.CPU_DELAY), Unit.SHARE),
        Ranking("memory_share", _tr("Memory in use, of its own"), _memory_share, Unit.SHARE),
        Ranking("memory", _tr("Memory in use"), _of(Measure.MEMORY_USED), Unit.BYTES),
        Ranking("resident", _tr("Memory of the server"), _of(Measure.MEMORY_RESIDENT), Unit.BYTES),
        Ranking("written", _tr("Disk written"), _of(Measure.DISK_WRITE), Unit.BYTES_PER_S),
        Ranking("read", _tr("Disk read"), _of(Measure.DISK_READ), Unit.BYTES_PER_S),
        Ranking("received", _tr("Network received"), _of(Measure.NETWORK_IN), Unit.BYTES_PER_S),
        Ranking("sent", _tr("Network sent"), _of(Measure.NETWORK_OUT), Unit.BYTES_PER_S),
    )


def tiles(machines: Sequence[Domain], lookup: Lookup, ranking: Ranking) -> list[HeatTile]:
    """Return a tile for each machine, in their order."""
    told = [(machine, tuple(_values(machine, lookup, ranking.figure))) for machine in machines]
    is_share = ranking.unit is Unit.SHARE
    quiet = 0.0 if ranking.unit is Unit.BYTES else _QUIET_BYTES_S
    most = 1.0 if is_share else max((*(max(v) for _, v in told if v), quiet)) or 1.0
    return [_tile(machine, values, ranking, most) for machine, values in told]


def _tile(machine: Domain, values: tuple[float, ...], ranking: Ranking, most: float) -> HeatTile:
    is_relative = ranking.unit is not Unit.SHARE
    if machine.state is not DomainState.RUNNING or not values:
        words = "" if machine.state is DomainState.RUNNING else wording.state(machine)
        return HeatTile(machine.ref.key, machine.name, words, is_relative=is_relative)
    trend = tuple(value / most for value in values) if len(values) > 1 else ()
    newest = values[-1]
    return HeatTile(
        machine.ref.key,
        machine.name,
        ranking.words(newest),
        min(1.0, newest / most),
        trend,
        is_relative,
    )


def _values(machine: Domain, lookup: Lookup, figure: Figure) -> Iterator[float]:
    samples = lookup.samples(machine.ref) if machine.is_active else ()
    return (value for sample in samples[-TREND:] if (value := figure(sample)) is not None)
