"""What is judged of a machine that is idle, but for some figures in a stretch of time."""

from collections.abc import Mapping

from backend.diagnosis.causes import Limit
from backend.diagnosis.examine import Diagnosis, examine
from backend.measures import Measure, Of, Place
from backend.model import Kind, Ref
from backend.series import Course, Point, Series

M = Measure
REF = Ref("here", Kind.DOMAIN, "uuid-web-01")
SINCE, UNTIL, STEP = 1000.0, 1300.0, 10.0
MIB = 2.0**20
GIB = 2.0**30
DEVICES = {Of.PROCESSOR: ("0", "1"), Of.DRIVE: ("vda",), Of.ADAPTER: ("52:54:00:00:00:01",)}
NIC = DEVICES[Of.ADAPTER][0]
IDLE: dict[Place, float] = {
    **{(M.VCPU, one): 0.02 for one in ("0", "1")},
    **{(M.VCPU_DELAY, one): 0.005 for one in ("0", "1")},
    (M.MEMORY_ASSIGNED, ""): GIB,
    (M.MEMORY_MAXIMUM, ""): GIB,
    (M.MEMORY_USED, ""): 0.27 * GIB,
    (M.MEMORY_USABLE, ""): 0.63 * GIB,
    (M.SWAP_IN, ""): 0.0,
    (M.SWAP_OUT, ""): 0.0,
    (M.FAULTS_MAJOR, ""): 0.0,
    (M.DISK_READ, "vda"): 0.0,
    (M.DISK_WRITE, "vda"): 0.0,
    (M.DISK_READS, "vda"): 0.0,
    (M.DISK_WRITES, "vda"): 0.0,
    (M.DISK_FLUSHES, "vda"): 0.0,
    (M.DISK_QUEUE, "vda"): 0.0,
    (M.NETWORK_IN, NIC): 60.0,
    (M.NETWORK_OUT, NIC): 0.0,
    (M.PACKETS_IN, NIC): 1.0,
    (M.PACKETS_OUT, NIC): 0.0,
    (M.DROPS_IN, NIC): 0.0,
    (M.DROPS_OUT, NIC): 0.0,
    (M.HOST_CPU, ""): 0.1,
    (M.HOST_CPU_WAITING, ""): 0.0,
    (M.HOST_MEMORY_USED, ""): 4 * GIB,
    (M.HOST_MEMORY_SIZE, ""): 16 * GIB,
    (M.HOST_SWAP_IN, ""): 0.0,
    (M.HOST_SWAP_OUT, ""): 0.0,
    (M.PRESSURE_CPU, ""): 0.01,
    (M.PRESSURE_MEMORY, ""): 0.0,
    (M.PRESSURE_DISK, ""): 0.0,
}
WRITING: dict[Place, float] = {
    (M.DISK_WRITE, "vda"): 2.0 * MIB,
    (M.DISK_WRITES, "vda"): 4.0,
    (M.DISK_WRITE_LATENCY, "vda"): 0.9,
    (M.DISK_QUEUE, "vda"): 4.0,
}
HUNGRY: dict[Place, float] = {
    (M.MEMORY_ASSIGNED, ""): 0.4 * GIB,
    (M.MEMORY_USED, ""): 0.343 * GIB,
    (M.MEMORY_USABLE, ""): 0.007 * GIB,
    (M.SWAP_OUT, ""): 3 * MIB,
}
BUSY: dict[Place, float] = {
    (M.VCPU, "0"): 0.5,
    (M.VCPU_DELAY, "0"): 0.48,
    (M.HOST_CPU, ""): 1.0,
    (M.PRESSURE_CPU, ""): 0.6,
}


def course(place: Place, value: float, since: float, until: float, before: float | None) -> Course:
    """Return one that is `value` in a stretch, and `before` at other times."""
    points = []
    for number in range(int((UNTIL - SINCE) / STEP)):
        at = SINCE + number * STEP
        told = value if since <= at < until else before
        if told is not None:
            points.append(Point(at + 3.0, told, told, told))
    return Course(Series(REF, *place), (tuple(points),), STEP)


def judged(
    figures: Mapping[Place, float] | None = None,
    *,
    limits: tuple[Limit, ...] | None = (),
    since: float = SINCE,
    until: float = UNTIL,
    without: tuple[Measure, ...] = (),
) -> Diagnosis:
    """Return what is said of a machine that is idle but for these figures in a stretch."""
    all_of_them = {**IDLE, **(figures or {})}
    courses = [
        course(place, value, since, until, IDLE.get(place))
        for place, value in all_of_them.items()
        if place[0] not in without
    ]
    return examine(courses, DEVICES, limits, SINCE, UNTIL)
