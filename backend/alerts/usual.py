"""The thresholds that a new installation begins with.

Those are on that mean trouble wherever they are crossed: a server without memory or one that stands
and waits for it, guests that get no processor, a disk of a guest or of the server that is nearly
full, and a storage pool (machines stop when theirs is). What may as well be work, as a processor
that is in full use or a disk that is slow, is there and off: an alert that nobody wanted is noise,
and noise teaches people to look away.
"""

from typing import Final

from backend.measures import Measure, Unit
from backend.thresholds import Severity, Threshold

USUAL: Final = (
    Threshold("usual-host-memory", Measure.HOST_MEMORY_USED, 0.95, Unit.SHARE,
              duration_s=120.0, severity=Severity.CRITICAL),
    Threshold("usual-host-memory-waits", Measure.PRESSURE_MEMORY_FULL, 0.10, Unit.SHARE,
              duration_s=60.0, severity=Severity.CRITICAL),
    Threshold("usual-filesystem", Measure.FILESYSTEM_USED, 0.90, Unit.SHARE,
              duration_s=600.0, device=None),
    Threshold("usual-host-filesystem", Measure.HOST_FILESYSTEM_USED, 0.95, Unit.SHARE,
              duration_s=300.0, device=None),
    Threshold("usual-pool", Measure.POOL_USED, 0.90, Unit.SHARE, duration_s=300.0),
    Threshold("usual-cpu-delay", Measure.CPU_DELAY, 0.20, Unit.SHARE, duration_s=600.0),
    Threshold("usual-cpu", Measure.CPU, 0.95, Unit.SHARE, duration_s=600.0, is_enabled=False),
    Threshold("usual-disk-latency", Measure.DISK_WRITE_LATENCY, 0.1, Unit.SECONDS,
              duration_s=300.0, device=None, is_enabled=False),
)  # fmt: skip
