"""What makes a machine slow, each declared once: when it is so, and what else then is so.

The order is that of causes before what follows from them: who is short of memory swaps, and who
swaps has a busy disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backend.diagnosis.quantities import Quantity
from backend.diagnosis.rules import Every, Rule, Sign, Some
from backend.fields import Field
from backend.measures import Of

Q = Quantity
_KIB: Final = 1024.0
_MIB: Final = 1024.0**2
NEAR_LIMIT: Final = 0.9
"""From this share of a limit on it is what holds up: it is kept on the average of its own time."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that was set for a device ("" for the machine), in the unit of what it limits."""

    field: Field
    device: str
    value: float


LIMITED: Final[Mapping[Field, Quantity]] = {
    Field.DRIVE_TOTAL_BYTES_S: Q.DISK_BYTES,
    Field.DRIVE_READ_BYTES_S: Q.READ_BYTES,
    Field.DRIVE_WRITE_BYTES_S: Q.WRITE_BYTES,
    Field.DRIVE_TOTAL_IOPS: Q.OPERATIONS,
    Field.DRIVE_READ_IOPS: Q.READS,
    Field.DRIVE_WRITE_IOPS: Q.WRITES,
    Field.ADAPTER_IN_AVERAGE: Q.RECEIVED,
    Field.ADAPTER_OUT_AVERAGE: Q.SENT,
    Field.PROCESSOR_QUOTA_US: Q.VCPU_USED,
}
"""What each setting limits. A processor's quota is a share of its time here."""

_IS_SHORT: Final = Some((Sign(Q.MEMORY_USED, 0.92, 0.97), Sign(Q.SWAPPING, 256 * _KIB, _MIB)))
_QUEUED: Final = Sign(Q.QUEUE, 0.5)


class Cause(Enum):
    """A bottleneck.

    `of` says at what it is looked for: at the machine, or at each of its devices. `rule` is when
    it is so; one that is None is made of the limits of `of` that were set (`rule_for`). `beside`
    is told with it and decides nothing.
    """

    __hash__ = object.__hash__

    HOST_MEMORY = (
        "host_memory", Of.HOST,
        Some((Sign(Q.PRESSURE_MEMORY, 0.05, 0.15), Sign(Q.HOST_SWAPPING, _MIB, 8 * _MIB))),
        (Q.HOST_MEMORY,),
    )  # fmt: skip
    BALLOON = (
        "balloon", Of.MACHINE,
        Every((Sign(Q.MEMORY_TAKEN, 0.05, 0.2), _IS_SHORT)), (Q.FAULTS,),
    )  # fmt: skip
    GUEST_MEMORY = "guest_memory", Of.MACHINE, _IS_SHORT, (Q.FAULTS,)
    CPU_LIMIT = "cpu_limit", Of.PROCESSOR, None, (Q.VCPU_DELAY,)
    CPU_CONTENTION = (
        "cpu_contention", Of.PROCESSOR,
        Sign(Q.VCPU_DELAY, 0.1, 0.2), (Q.VCPU_USED, Q.HOST_CPU, Q.PRESSURE_CPU),
    )  # fmt: skip
    DISK_LIMIT = "disk_limit", Of.DRIVE, None, (Q.READ_TIME, Q.WRITE_TIME)
    DISK_SLOW = (
        "disk_slow", Of.DRIVE,
        Some((
            Sign(Q.READ_TIME, 0.05, 0.1), Sign(Q.WRITE_TIME, 0.05, 0.1),
            Sign(Q.FLUSH_TIME, 0.1, 0.25),
        )),
        (Q.QUEUE, Q.PRESSURE_DISK, Q.HOST_CPU_WAITING),
    )  # fmt: skip
    NETWORK_LIMIT = "network_limit", Of.ADAPTER, None, ()
    NETWORK_DROPS = (
        "network_drops", Of.ADAPTER,
        Every((Sign(Q.SHARE_DROPPED, 0.01, 0.05), Sign(Q.DROPS, 1.0))), (),
    )  # fmt: skip
    CPU_FULL = "cpu_full", Of.PROCESSOR, Sign(Q.VCPU_USED, 0.9, 0.97), ()

    def __init__(self, name: str, of: Of, rule: Rule | None, beside: tuple[Quantity, ...]) -> None:
        self.id = name
        self.of = of
        self.rule = rule
        self.beside = beside

    def rule_for(self, limits: tuple[Limit, ...], device: str) -> Rule | None:
        """Return when it is so at this device; None where no limit is set that could be."""
        if self.rule is not None:
            return self.rule
        at = ("", device) if self is Cause.CPU_LIMIT else (device,)
        reached = tuple(
            _reached(one) for one in limits
            if one.device in at and one.value > 0 and LIMITED[one.field].of is self.of
        )  # fmt: skip
        if not reached:
            return None
        # What is far below its limit in operations may be slow for another reason: it must wait.
        return Every((Some(reached), _QUEUED)) if self is Cause.DISK_LIMIT else Some(reached)


def _reached(limit: Limit) -> Sign:
    bound = NEAR_LIMIT * limit.value
    return Sign(LIMITED[limit.field], bound, bound, limit.value)


EXPLAINED: Final[Mapping[Cause, tuple[Cause, ...]]] = {
    Cause.GUEST_MEMORY: (Cause.BALLOON,),
    Cause.CPU_CONTENTION: (Cause.CPU_LIMIT,),
    Cause.CPU_FULL: (Cause.CPU_LIMIT, Cause.CPU_CONTENTION),
    Cause.DISK_SLOW: (Cause.DISK_LIMIT,),
}
"""What follows from another cause at the same device, and then is none of its own."""
