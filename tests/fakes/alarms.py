"""Alerts for tests and pictures."""

import time
from dataclasses import replace

from backend.measures import Measure, Unit
from backend.model import Alerts, Kind, Ref
from backend.thresholds import Alert, Severity, Threshold

CPU = Threshold("cpu", Measure.CPU, 0.95, Unit.SHARE, duration_s=600.0)
LATENCY = Threshold(
    "lat", Measure.DISK_WRITE_LATENCY, 0.1, Unit.SECONDS, duration_s=90.0, device=None
)
POOL = Threshold("pool", Measure.POOL_USED, 0.9, Unit.SHARE, duration_s=300.0)
MEMORY = Threshold("mem", Measure.HOST_MEMORY_USED, 0.95, Unit.SHARE, severity=Severity.CRITICAL)


def alert(threshold: Threshold = CPU, device: str = "", **more: object) -> Alert:
    """Return an alert that began a quarter of an hour ago."""
    now = time.time()
    return replace(Alert(threshold, device, now - 900.0, 0.97, now), **more)  # type: ignore[arg-type]


def alerts(subject: Ref, *found: Alert) -> Alerts:
    """Return what is beyond its threshold of a thing."""
    return Alerts(subject.of(Kind.ALERTS), subject, found)
