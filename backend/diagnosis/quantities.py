"""What is compared to tell why a machine is slow, each declared once: one measure or several."""

from collections.abc import Callable, Sequence
from enum import Enum

from backend.measures import Measure, Of, Place, Unit

M = Measure
Values = Sequence[float | None]
_OF_DEVICES = (Of.PROCESSOR, Of.DRIVE, Of.ADAPTER)


def _only(values: Values) -> float | None:
    return values[0]


def _together(values: Values) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _share(values: Values) -> float | None:
    part, whole = values
    return part / whole if part is not None and whole else None


def _share_used(values: Values) -> float | None:
    used, usable = values
    return None if used is None or usable is None else _share((used, used + usable))


def _lacking(values: Values) -> float | None:
    share = _share(values)
    return None if share is None else max(0.0, 1.0 - share)


def _time_of_each(values: Values) -> float | None:
    """Return the latency; 0 where there was no operation, since nobody waited then."""
    latency, operations = values
    return 0.0 if operations == 0 else latency


def _share_dropped(values: Values) -> float | None:
    dropped, packets = _together(values[:2]), _together(values[2:])
    if dropped is None or packets is None:
        return None
    return dropped / (dropped + packets) if dropped else 0.0


class Quantity(Enum):
    """One thing that is compared: of a device where its measures are of devices."""

    __hash__ = object.__hash__

    VCPU_DELAY = "vcpu_delay", Unit.SHARE, _only, M.VCPU_DELAY
    VCPU_USED = "vcpu_used", Unit.SHARE, _only, M.VCPU
    MEMORY_TAKEN = "memory_taken", Unit.SHARE, _lacking, M.MEMORY_ASSIGNED, M.MEMORY_MAXIMUM
    """The share of its memory that the balloon has."""
    MEMORY_USED = "memory_used", Unit.SHARE, _share_used, M.MEMORY_USED, M.MEMORY_USABLE
    """Of what the guest sees: a kernel keeps some of what it was given, of little memory much."""
    SWAPPING = "swapping", Unit.BYTES_PER_S, _together, M.SWAP_IN, M.SWAP_OUT
    FAULTS = "faults", Unit.PER_S, _only, M.FAULTS_MAJOR
    READ_TIME = "read_time", Unit.SECONDS, _time_of_each, M.DISK_READ_LATENCY, M.DISK_READS
    WRITE_TIME = "write_time", Unit.SECONDS, _time_of_each, M.DISK_WRITE_LATENCY, M.DISK_WRITES
    FLUSH_TIME = "flush_time", Unit.SECONDS, _time_of_each, M.DISK_FLUSH_LATENCY, M.DISK_FLUSHES
    QUEUE = "queue", Unit.COUNT, _only, M.DISK_QUEUE
    DISK_BYTES = "disk_bytes", Unit.BYTES_PER_S, _together, M.DISK_READ, M.DISK_WRITE
    READ_BYTES = "read_bytes", Unit.BYTES_PER_S, _only, M.DISK_READ
    WRITE_BYTES = "write_bytes", Unit.BYTES_PER_S, _only, M.DISK_WRITE
    OPERATIONS = "operations", Unit.PER_S, _together, M.DISK_READS, M.DISK_WRITES
    READS = "reads", Unit.PER_S, _only, M.DISK_READS
    WRITES = "writes", Unit.PER_S, _only, M.DISK_WRITES
    RECEIVED = "received", Unit.BYTES_PER_S, _only, M.NETWORK_IN
    SENT = "sent", Unit.BYTES_PER_S, _only, M.NETWORK_OUT
    DROPS = "drops", Unit.PER_S, _together, M.DROPS_IN, M.DROPS_OUT
    SHARE_DROPPED = (
        "share_dropped", Unit.SHARE, _share_dropped,
        M.DROPS_IN, M.DROPS_OUT, M.PACKETS_IN, M.PACKETS_OUT,
    )  # fmt: skip
    HOST_CPU = "host_cpu", Unit.SHARE, _only, M.HOST_CPU
    HOST_CPU_WAITING = "host_cpu_waiting", Unit.SHARE, _only, M.HOST_CPU_WAITING
    HOST_MEMORY = "host_memory", Unit.SHARE, _share, M.HOST_MEMORY_USED, M.HOST_MEMORY_SIZE
    HOST_SWAPPING = "host_swapping", Unit.BYTES_PER_S, _together, M.HOST_SWAP_IN, M.HOST_SWAP_OUT
    PRESSURE_CPU = "pressure_cpu", Unit.SHARE, _only, M.PRESSURE_CPU
    PRESSURE_MEMORY = "pressure_memory", Unit.SHARE, _only, M.PRESSURE_MEMORY
    PRESSURE_DISK = "pressure_disk", Unit.SHARE, _only, M.PRESSURE_DISK

    def __init__(
        self, name: str, unit: Unit, combine: Callable[[Values], float | None], *measures: Measure
    ) -> None:
        self.id = name
        self.unit = unit
        self.combine = combine
        self.measures = measures

    @property
    def of(self) -> Of:
        """What it is of: all its measures are of the same."""
        return self.measures[0].of

    def places(self, device: str) -> tuple[Place, ...]:
        """Return where its figures stand, for a cause that is looked for at this device."""
        at = device if self.of in _OF_DEVICES else ""
        return tuple((measure, at) for measure in self.measures)
