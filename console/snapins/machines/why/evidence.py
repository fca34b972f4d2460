"""Figures in words: what was measured, and from where on it is too much. Pure."""

import math
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.diagnosis.examine import Evidence, Finding, Outcome
from backend.diagnosis.quantities import Quantity
from backend.diagnosis.rules import Every
from backend.measures import Unit
from backend.model import Domain
from console.sdk import wording
from console.snapins.machines.why import causes

_COUNTED: Final = frozenset({Quantity.QUEUE, Quantity.DROPS})
"""What only says that there was something to hold up: from where on is no measure of it."""
_HEADROOM: Final = 1.25


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def figure(unit: Unit, value: float) -> str:
    """Return a figure with its unit; of what is counted each second the words have that."""
    if unit is Unit.SHARE:
        return wording.percent(value)
    if unit is Unit.BYTES_PER_S:
        return wording.rate(value)
    if unit is Unit.SECONDS:
        is_short = value < 1
        number = wording.number(value * 1000 if is_short else value)
        return (_tr("{number} ms") if is_short else _tr("{number} s")).format(number=number)
    return wording.number(value)


def phrase(one: Evidence) -> str:
    """Return what was measured, and what that is compared with."""
    unit, value = one.quantity.unit, one.value or 0.0
    shown = figure(unit, value)
    if unit is Unit.SHARE and one.bound and value < one.bound and shown == figure(unit, one.bound):
        # Rounded, it would be as much as what it is said to be less than.
        shown = _tr("{number} %").format(number=wording.number(math.floor(value * 1000) / 10))
    told = _phrases()[one.quantity].format(value=shown)
    if one.limit is not None:
        return _tr("{told} of {limit} allowed").format(told=told, limit=figure(unit, one.limit))
    if one.bound is None or one.quantity in _COUNTED:
        return told
    return _tr("{told} (too much from {bound})").format(told=told, bound=figure(unit, one.bound))


def sentence(finding: Finding, domain: Domain) -> str:
    """Return the evidence for what was found, or what came nearest to it, in one line."""
    if finding.outcome is not Outcome.FOUND:
        nearest = main(finding)
        if nearest is None:
            return ""
        # What was so, and not for long enough to be a reason, would contradict its own bound.
        text = _tr("For {time} only: {told}") if finding.held_s else _tr("At most: {told}")
        return text.format(told=phrase(nearest), time=wording.duration(finding.held_s))
    # What stands beside is told where there was any of it.
    told = [phrase(one) for one in finding.evidence if one.is_reached or _is_beside(one)]
    others = [causes.device(finding.cause.of, one, domain) for one in finding.also]
    told += [_tr("the same at {devices}").format(devices=", ".join(others))] if others else []
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def main(finding: Finding) -> Evidence | None:
    """Return the figure that says most: the first that is too much, else what comes nearest.

    Of what has to come together, that is the first.
    """
    known = [one for one in finding.evidence if one.value is not None and one.bound is not None]
    if finding.outcome is Outcome.FOUND:
        known = [one for one in known if one.is_reached][:1]
    elif isinstance(finding.cause.rule, Every):
        known = known[:1]
    return max(known, key=lambda one: (one.value or 0.0) / (one.bound or 1.0), default=None)


def _is_beside(one: Evidence) -> bool:
    return one.bound is None and bool(one.value)


def trend(one: Evidence) -> tuple[float, ...]:
    """Return how it went, as shares of a height that has room for what is too much."""
    values = [value for value in one.row if value is not None]
    top = max([_HEADROOM * (one.bound or 0.0), *values], default=0.0)
    return tuple(value / top for value in values) if top > 0 else ()


@cache
def _phrases() -> dict[Quantity, str]:
    q = Quantity
    return {
        q.VCPU_DELAY: _tr("waits {value} of the time for a processor of the server"),
        q.VCPU_USED: _tr("computes {value} of the time"),
        q.MEMORY_TAKEN: _tr("the balloon has {value} of its memory"),
        q.MEMORY_USED: _tr("the guest uses {value} of what it has"),
        q.SWAPPING: _tr("the guest swaps {value}"),
        q.FAULTS: _tr("it waits for {value} pages a second from its disk"),
        q.READ_TIME: _tr("a read takes {value}"),
        q.WRITE_TIME: _tr("a write takes {value}"),
        q.FLUSH_TIME: _tr("a flush takes {value}"),
        q.QUEUE: _tr("operations that wait at once: {value}"),
        q.DISK_BYTES: _tr("reads and writes {value}"),
        q.READ_BYTES: _tr("reads {value}"),
        q.WRITE_BYTES: _tr("writes {value}"),
        q.OPERATIONS: _tr("{value} operations a second"),
        q.READS: _tr("{value} reads a second"),
        q.WRITES: _tr("{value} writes a second"),
        q.RECEIVED: _tr("receives {value}"),
        q.SENT: _tr("sends {value}"),
        q.DROPS: _tr("{value} packets a second"),
        q.SHARE_DROPPED: _tr("{value} of its packets are dropped"),
        q.HOST_CPU: _tr("the server's processors are busy {value}"),
        q.HOST_CPU_WAITING: _tr("they wait {value} of the time for disks"),
        q.HOST_MEMORY: _tr("{value} of the server's memory is in use"),
        q.HOST_SWAPPING: _tr("the server swaps {value}"),
        q.PRESSURE_CPU: _tr("tasks of the server wait {value} of the time for processors"),
        q.PRESSURE_MEMORY: _tr("tasks of the server wait {value} of the time for memory"),
        q.PRESSURE_DISK: _tr("tasks of the server wait {value} of the time for disks"),
    }
