"""Thresholds and silences as JSON, and back: one text for each, so that each can be kept by itself.

What a later version wrote and this one does not understand (a measure, a side) is no error and
gives None: whoever keeps it leaves it as it is.
"""

import math
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from backend.measures import BY_ID, Unit
from backend.model import Kind, Ref
from backend.thresholds import (
    DURATION_LEAST_S,
    DURATION_MOST_S,
    WHOLES,
    Severity,
    Side,
    Silence,
    Threshold,
)

Written = dict[str, str | float | bool | None]
E = TypeVar("E", bound=Enum)


def dump_threshold(threshold: Threshold) -> Written:
    """Return what `parse_threshold` reads under the same id."""
    return {
        "measure": threshold.measure.id,
        "bound": threshold.bound,
        "unit": threshold.unit.value,
        "side": threshold.side.value,
        "duration_s": threshold.duration_s,
        "severity": threshold.severity.value,
        "host": threshold.host,
        "machine": threshold.key,
        "device": threshold.device,
        "is_enabled": threshold.is_enabled,
    }


def parse_threshold(name: str, told: Mapping[str, object]) -> Threshold | None:
    """Return the threshold of this id, or None if it cannot be one."""
    measure = BY_ID.get(_text(told, "measure"))
    bound, duration_s = _number(told, "bound"), _number(told, "duration_s")
    unit, side = _one_of(Unit, told, "unit"), _one_of(Side, told, "side")
    severity = _one_of(Severity, told, "severity")
    device = told.get("device")
    if measure is None or unit is None or side is None or severity is None:
        return None
    if unit is not measure.unit and not (unit is Unit.SHARE and measure in WHOLES):
        return None
    if bound is None or duration_s is None or not (device is None or isinstance(device, str)):
        return None
    if not DURATION_LEAST_S <= duration_s <= DURATION_MOST_S:
        return None
    return Threshold(
        name, measure, bound, unit, side, duration_s, severity, _text(told, "host"),
        _text(told, "machine"), device, told.get("is_enabled") is not False,
    )  # fmt: skip


def dump_silence(silence: Silence) -> Written:
    """Return what `parse_silence` reads."""
    subject = silence.subject
    return {
        "threshold": silence.threshold,
        "host": subject.host,
        "kind": subject.kind.value,
        "key": subject.key,
        "device": silence.device,
        "until": silence.until,
    }


def parse_silence(told: Mapping[str, object]) -> Silence | None:
    """Return the silence, or None if it cannot be one."""
    until, kind = _number(told, "until"), _one_of(Kind, told, "kind")
    threshold, key = _text(told, "threshold"), _text(told, "key")
    if until is None or kind is None or not threshold or not key:
        return None
    return Silence(threshold, Ref(_text(told, "host"), kind, key), _text(told, "device"), until)


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _number(told: Mapping[str, object], name: str) -> float | None:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _one_of(kind: type[E], told: Mapping[str, object], name: str) -> E | None:
    try:
        return kind(told.get(name))
    except ValueError:
        return None
