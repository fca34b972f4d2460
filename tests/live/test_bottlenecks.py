"""Bottlenecks made on purpose are named, each alone, and none of an idle guest.

The figures are real, and read once a second; only the clock is quicker: a second counts for ten.
`tests.live.bottlenecks` has them last, as the console sees them, and a balloon that is squeezed.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import Diagnosis, examine
from backend.measures import Place
from backend.model import Ref
from backend.operations import slowness
from backend.operations.settings import sheet
from backend.series import Course, Point, Sample, Series
from tests.live import bottlenecks
from tests.live.bottlenecks import Make
from tests.live.stage import HOST, Guest, Stage

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True
QUICKER = 10.0
READINGS = 4
PSI = Path("/proc/pressure/memory")


@pytest.fixture(scope="module", autouse=True)
def _watched(stage: Stage, guest: Guest) -> Iterator[None]:
    stops = [stage.engine.watch(ref) for ref in (guest.ref, HOST)]
    yield
    for stop in stops:
        stop()


def courses(samples: Iterable[Sample], since: float) -> list[Course]:
    """Return what was read as courses of a clock that is quicker, and begins at zero."""
    told: dict[Place, list[Point]] = {}
    ref = HOST
    for sample in samples:
        at, ref = QUICKER * (sample.at - since), sample.ref
        for place, value in sample.figures.items():
            told.setdefault(place, []).append(Point(at, value, value, value))
    return [
        Course(Series(ref, *place), (tuple(points),), QUICKER) for place, points in told.items()
    ]


def judged(stage: Stage, guest: Guest, make: Make) -> Diagnosis:
    """Make it, read on for some seconds, and judge what was read."""
    heard = stage.heard

    def read(ref: Ref) -> list[Sample]:
        return [one for one in heard.samples if one.ref == ref and one.at > began]

    began = float("inf")
    with make(stage, guest):
        before = len(heard.samples)
        # The first reading is in part of the time before.
        heard.until(lambda: any(one.ref == guest.ref for one in heard.samples[before:]))
        began = heard.samples[-1].at
        heard.until(lambda: min(len(read(guest.ref)), len(read(HOST))) >= READINGS)
        limits = slowness.limits_of(stage.engine.query(sheet.look, guest.ref).result(20))
        told = [*courses(read(guest.ref), began), *courses(read(HOST), began)]
        devices = slowness.devices_of(guest.record)
        return examine(told, devices, limits, 0.0, QUICKER * (READINGS + 1))


def test_an_idle_guest_is_held_up_by_nothing(stage: Stage, guest: Guest) -> None:
    found = judged(stage, guest, bottlenecks.nothing)
    assert found.is_enough
    assert not bottlenecks.names(found), found.found


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (bottlenecks.contention, Cause.CPU_CONTENTION),
        (bottlenecks.slow_disk, Cause.DISK_LIMIT),
    ],
)
def test_each_bottleneck_is_named(stage: Stage, guest: Guest, make: Make, cause: Cause) -> None:
    assert bottlenecks.names(judged(stage, guest, make)) == {cause}


@pytest.mark.skipif(
    os.geteuid() != 0 or not PSI.exists() or not bottlenecks.GROUPS.is_dir(),
    reason="needs root, the kernel's PSI, and groups of memory (cgroup v1)",
)
def test_a_host_short_of_memory_is_named(stage: Stage, guest: Guest) -> None:
    found = judged(stage, guest, bottlenecks.host_memory)
    assert bottlenecks.names(found) == {Cause.HOST_MEMORY}
