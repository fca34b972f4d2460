"""What libvirt wants of several values at once: completed where it can be, told where it cannot."""

from collections.abc import Iterator
from typing import Final

from backend.errors import Problem
from backend.objections import LimitsExclude, NeedsOther
from backend.settings import Field, Section, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings import devices, topology

_LIMITS: Final = (
    (
        "bytes_sec",
        (Field.DRIVE_TOTAL_BYTES_S, Field.DRIVE_READ_BYTES_S, Field.DRIVE_WRITE_BYTES_S),
    ),
    ("iops_sec", (Field.DRIVE_TOTAL_IOPS, Field.DRIVE_READ_IOPS, Field.DRIVE_WRITE_IOPS)),
)
_BANDWIDTH: Final = (
    ("inbound", (Field.ADAPTER_IN_AVERAGE, Field.ADAPTER_IN_PEAK, Field.ADAPTER_IN_BURST)),
    ("outbound", (Field.ADAPTER_OUT_AVERAGE, Field.ADAPTER_OUT_PEAK, Field.ADAPTER_OUT_BURST)),
)
Conflict = tuple[frozenset[Setting], Problem]


def complete(domain: tree.Element) -> None:
    """Fill in what follows from what was edited."""
    topology.complete(domain)


def conflicts(domain: tree.Element) -> Iterator[Conflict]:
    """Yield what cannot be together, and which settings have a part in it."""
    if problem := topology.problem(domain):
        fields = (*topology.PARTS, Field.PROCESSOR_COUNT, Field.PROCESSOR_MAXIMUM)
        yield frozenset(Setting(field) for field in fields), problem
    watchdog = domain.find("devices/watchdog")
    if watchdog is not None and not watchdog.get("model"):
        yield _lacking(Field.WATCHDOG_ACTION, Field.WATCHDOG_MODEL)
    yield from _drives(domain)
    yield from _adapters(domain)


def _lacking(field: Field, other: Field) -> Conflict:
    return frozenset({Setting(field)}), NeedsOther(setting=other.value).problem


def _drives(domain: tree.Element) -> Iterator[Conflict]:
    for key, disk in devices.on_shelf(domain, Section.DRIVE):
        for unit, fields in _LIMITS:
            has = [disk.find(f"iotune/{way}_{unit}") is not None for way in ("read", "write")]
            if disk.find(f"iotune/total_{unit}") is not None and any(has):
                yield frozenset(Setting(f, key) for f in fields), LimitsExclude().problem


def _adapters(domain: tree.Element) -> Iterator[Conflict]:
    for key, nic in devices.on_shelf(domain, Section.ADAPTER):
        for way, (average, *others) in _BANDWIDTH:
            found = nic.find(f"bandwidth/{way}")
            if found is not None and not found.get("average") and not found.get("floor"):
                problem = NeedsOther(setting=average.value).problem
                yield frozenset(Setting(f, key) for f in (average, *others)), problem
