"""What charts of machines, servers and storage locations show, each declared once, by measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication

from backend.measures import Measure
from backend.model import Ref
from backend.series import Series
from console.widgets.curve import Ink

EACH = "*"
"""In place of a device: each of them, one curve for each."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: what it measures, what it is called, what it is drawn in."""

    measure: Measure
    name: str
    ink: Ink | None = None
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Aspect:
    """One way to look at it. `of_one` are the lines of a single device, where they are others."""

    id: str
    name: str
    lines: tuple[Line, ...]
    of_one: tuple[Line, ...] = ()

    def series(self, ref: Ref, device: str, devices: Sequence[str]) -> tuple[Series, ...]:
        """Return what is to be read, in the order of `drawn`."""
        return tuple(Series(ref, line.measure, one) for line, one in self.drawn(device, devices))

    def drawn(self, device: str, devices: Sequence[str]) -> tuple[tuple[Line, str], ...]:
        """Return each line with the device that it is of."""
        of_one = self.of_one or self.lines
        if device == EACH:
            first = of_one[0]
            return tuple((Line(first.measure, one), one) for one in devices)
        return tuple((line, device) for line in (of_one if device else self.lines))


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart. With `all_of` (in words) it is of devices: of all, of each, or of one."""

    id: str
    title: str
    aspects: tuple[Aspect, ...]
    all_of: str = ""
    each_of: str = ""
    ceiling: float | None = None

    def aspect(self, aspect_id: str) -> Aspect:
        """Return the aspect of that id, or the first."""
        return next((one for one in self.aspects if one.id == aspect_id), self.aspects[0])


@cache
def machine_charts() -> tuple[ChartKind, ...]:
    """Return the charts of a machine, from top to bottom."""
    return _cpu(), _memory(), _disk(), _network()


@cache
def host_charts() -> tuple[ChartKind, ...]:
    """Return the charts of a server: what is used of what it has."""
    return _host_cpu(), _host_memory()


@cache
def pool_charts() -> tuple[ChartKind, ...]:
    """Return the chart of a storage location: how full it is."""
    use = Aspect(
        "use",
        _tr("Use"),
        (
            Line(Measure.POOL_USED, _tr("used"), Ink.ORANGE),
            Line(Measure.POOL_SIZE, _tr("in all"), Ink.BLUE, is_dashed=True),
        ),
    )
    free = Aspect("free", _tr("Free"), (Line(Measure.POOL_FREE, _tr("free"), Ink.GREEN),))
    return (ChartKind("space", _tr("Space"), (use, free)),)


def _host_cpu() -> ChartKind:
    use = Aspect(
        "use",
        _tr("Use"),
        (
            Line(Measure.HOST_CPU, _tr("used"), Ink.GREEN),
            Line(Measure.HOST_CPU_WAITING, _tr("waits for disks"), Ink.ORANGE),
        ),
        (Line(Measure.NODE_CPU, _tr("used"), Ink.GREEN),),
    )
    pressure = Aspect(
        "pressure",
        _tr("Pressure"),
        (
            Line(Measure.PRESSURE_CPU, _tr("waits for processors"), Ink.GREEN),
            Line(Measure.PRESSURE_MEMORY, _tr("waits for memory"), Ink.VIOLET),
            Line(Measure.PRESSURE_DISK, _tr("waits for disks"), Ink.ORANGE),
        ),
    )
    every, each = _tr("All nodes"), _tr("Each node")
    return ChartKind("cpu", _tr("CPU"), (use, pressure), every, each, ceiling=100)


def _host_memory() -> ChartKind:
    held = Aspect(
        "use",
        _tr("Use"),
        (
            Line(Measure.HOST_MEMORY_USED, _tr("used"), Ink.VIOLET),
            Line(Measure.HOST_MEMORY_SIZE, _tr("in all"), Ink.BLUE, is_dashed=True),
        ),
        (
            Line(Measure.NODE_MEMORY_USED, _tr("used"), Ink.VIOLET),
            Line(Measure.NODE_MEMORY_SIZE, _tr("in all"), Ink.BLUE, is_dashed=True),
        ),
    )
    swap = Aspect(
        "swap",
        _tr("Swap"),
        (
            Line(Measure.HOST_SWAP_IN, _tr("swapped in"), Ink.BLUE),
            Line(Measure.HOST_SWAP_OUT, _tr("swapped out"), Ink.ORANGE),
        ),
    )
    every, each = _tr("All nodes"), _tr("Each node")
    return ChartKind("memory", _tr("Memory"), (held, swap), every, each)


def _cpu() -> ChartKind:
    used, delay = _tr("used"), _tr("delay")
    whole = (
        Line(Measure.CPU, used, Ink.GREEN),
        Line(Measure.CPU_DELAY, delay, Ink.ORANGE),
    )
    of_one = (
        Line(Measure.VCPU, used, Ink.GREEN),
        Line(Measure.VCPU_DELAY, delay, Ink.ORANGE),
    )
    aspect = Aspect("use", _tr("Use"), whole, of_one)
    return ChartKind(
        "cpu", _tr("CPU"), (aspect,), _tr("All processors"), _tr("Each processor"), ceiling=100
    )


def _memory() -> ChartKind:
    use = Aspect(
        "use",
        _tr("Use"),
        (
            Line(Measure.MEMORY_USED, _tr("used"), Ink.VIOLET),
            Line(Measure.MEMORY_ASSIGNED, _tr("assigned"), Ink.BLUE, is_dashed=True),
            Line(Measure.MEMORY_RESIDENT, _tr("held by the server"), Ink.TEAL, is_dashed=True),
        ),
    )
    swap = Aspect(
        "swap",
        _tr("Swap"),
        (
            Line(Measure.SWAP_IN, _tr("swapped in"), Ink.BLUE),
            Line(Measure.SWAP_OUT, _tr("swapped out"), Ink.ORANGE),
        ),
    )
    faults = Aspect(
        "faults",
        _tr("Page faults"),
        (
            Line(Measure.FAULTS_MAJOR, _tr("major"), Ink.RED),
            Line(Measure.FAULTS_MINOR, _tr("minor"), Ink.VIOLET),
        ),
    )
    return ChartKind("memory", _tr("Memory"), (use, swap, faults))


def _disk() -> ChartKind:
    write, read, flush = _tr("write"), _tr("read"), _tr("flush")
    rate = Aspect(
        "rate",
        _tr("Throughput"),
        (
            Line(Measure.DISK_WRITE, write, Ink.ORANGE),
            Line(Measure.DISK_READ, read, Ink.BLUE),
        ),
    )
    operations = Aspect(
        "operations",
        _tr("Operations"),
        (
            Line(Measure.DISK_WRITES, write, Ink.ORANGE),
            Line(Measure.DISK_READS, read, Ink.BLUE),
            Line(Measure.DISK_FLUSHES, flush, Ink.VIOLET),
        ),
    )
    latency = Aspect(
        "latency",
        _tr("Latency"),
        (
            Line(Measure.DISK_WRITE_LATENCY, write, Ink.ORANGE),
            Line(Measure.DISK_READ_LATENCY, read, Ink.BLUE),
            Line(Measure.DISK_FLUSH_LATENCY, flush, Ink.VIOLET),
        ),
    )
    queue = Aspect("queue", _tr("Queue"), (Line(Measure.DISK_QUEUE, _tr("under way"), Ink.ORANGE),))
    return ChartKind(
        "disk",
        _tr("Disk"),
        (rate, operations, latency, queue),
        _tr("All drives"),
        _tr("Each drive"),
    )


def _network() -> ChartKind:
    received, sent = _tr("received"), _tr("sent")
    rate = Aspect(
        "rate",
        _tr("Throughput"),
        (
            Line(Measure.NETWORK_IN, received, Ink.BLUE),
            Line(Measure.NETWORK_OUT, sent, Ink.GREEN),
        ),
    )
    packets = Aspect(
        "packets",
        _tr("Packets"),
        (
            Line(Measure.PACKETS_IN, received, Ink.BLUE),
            Line(Measure.PACKETS_OUT, sent, Ink.GREEN),
        ),
    )
    drops = Aspect(
        "drops",
        _tr("Dropped"),
        (
            Line(Measure.DROPS_IN, received, Ink.BLUE),
            Line(Measure.DROPS_OUT, sent, Ink.GREEN),
        ),
    )
    return ChartKind(
        "network",
        _tr("Network"),
        (rate, packets, drops),
        _tr("All adapters"),
        _tr("Each adapter"),
    )
