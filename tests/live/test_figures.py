"""Figures against the truth over the same time: the scheduler's account, and the guest's own.

The sums of what was told, times the seconds it was told for, have to be what there was.
"""

import itertools
import os
import threading
import time
from pathlib import Path

import pytest

from backend.measures import Measure
from backend.model import Ref
from backend.operations import history
from backend.series import Sample, Series
from tests.live.stage import HOST, Guest, Stage

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True
WITHIN = 0.02
PSI = Path("/proc/pressure/cpu")
WRITTEN = 48 * 1024**2
LOAD = (
    ". /lib/guest.sh; cd /sys/class/net/eth0/statistics; "
    "say BEFORE $(cat tx_bytes) $(cat tx_packets); "
    "n=0; while [ $n -lt 60 ]; do i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; "
    "usleep 20000; n=$((n+1)); done; "
    f"dd if=/dev/zero of=/dev/vda bs=1M count={WRITTEN // 1024**2} conv=fsync; "
    "gw=$(ip route | sed -n 's/^default via \\\\([^ ]*\\\\).*/\\\\1/p'); "
    "ping -q -A -s 1400 -c 400 $gw; "
    "say AFTER $(cat tx_bytes) $(cat tx_packets)"
)


class Account:
    """Processor time by the scheduler, read again and again: of a process, and of the host."""

    def __init__(self, process: int) -> None:
        self._tasks = Path(f"/proc/{process}/task")
        self._told: list[tuple[float, float]] = []
        self._host: list[tuple[float, float]] = []
        self._idle: list[tuple[float, float]] = []
        self._waited: list[tuple[float, float]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="account")
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def between(self, since: float, until: float) -> float:
        """Return the seconds that the process had between two moments (monotonic)."""
        return _at(self._told, until) - _at(self._told, since)

    def of_host(self, since: float, until: float) -> float:
        """Return the share of what the host's processors had between two moments that was used.

        What a host of this host took from them is in neither.
        """
        busy = _at(self._host, until) - _at(self._host, since)
        idle = _at(self._idle, until) - _at(self._idle, since)
        return busy / (busy + idle)

    def waited(self, since: float, until: float) -> float:
        """Return the seconds in which some task waited for a processor."""
        return _at(self._waited, until) - _at(self._waited, since)

    def _run(self) -> None:
        ns: dict[str, int] = {}  # also of threads that have ended
        while not self._ended.wait(0.02):
            for task in self._tasks.iterdir():
                try:
                    ns[task.name] = int((task / "schedstat").read_text().split()[0])
                except OSError:
                    continue
            self._told.append((time.monotonic(), sum(ns.values()) / 1e9))
            at, (busy, idle) = time.monotonic(), _host_s()
            self._host.append((at, busy))
            self._idle.append((at, idle))
            if PSI.exists():
                self._waited.append((time.monotonic(), int(PSI.read_text().split()[4][6:]) / 1e6))


def _at(told: list[tuple[float, float]], when: float) -> float:
    before = max((one for one in told if one[0] <= when), default=told[0])
    after = min((one for one in told if one[0] >= when), default=told[-1])
    if after[0] == before[0]:
        return before[1]
    share = (when - before[0]) / (after[0] - before[0])
    return before[1] + share * (after[1] - before[1])


def _host_s() -> tuple[float, float]:
    """Return the seconds that all processors of the host were busy, and idle."""
    user, nice, system, idle, waiting, irq, softirq, *_ = (
        int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    tick_s = 1 / os.sysconf("SC_CLK_TCK")
    return (user + nice + system + irq + softirq) * tick_s, (idle + waiting) * tick_s


def total(samples: list[Sample], measure: Measure) -> float:
    """Return what a rate comes to over all the samples but the first, which begins the time."""
    sum_ = 0.0
    for before, sample in itertools.pairwise(samples):
        value = sample.figures.get((measure, ""))
        assert value is not None, (measure, sample)
        sum_ += value * (sample.at - before.at)
    return sum_


Seen = tuple[list[Sample], list[Sample], Account, list[list[int]]]


@pytest.fixture(scope="module")
def seen(stage: Stage, guest: Guest) -> Seen:
    """What was told while a guest computed, wrote and sent, and what it says itself."""
    heard, log = stage.heard, guest.listen()

    account = Account(guest.qemu())
    began = time.monotonic()

    def samples(ref: Ref = guest.ref) -> list[Sample]:
        # What other tests watched before the account was begun is not to be compared with it.
        return [one for one in heard.samples if one.ref == ref and one.at > began]

    stops = [stage.engine.watch(ref) for ref in (guest.ref, HOST)]
    try:
        heard.until(lambda: any((Measure.CPU, "") in sample.figures for sample in samples()))
        first = len(samples())
        guest.run_inside(LOAD)
        log.wait_for("AFTER")
        told = len(samples())
        heard.until(lambda: len(samples()) >= told + 3)
        read = samples()[max(0, first - 1) :]
    finally:
        for stop in stops:
            stop()
        account.end()
    words = [line.split() for _, line in log.lines if "BEFORE" in line or "AFTER" in line]
    return read, samples(HOST), account, [[int(word) for word in line[-2:]] for line in words]


def test_processor_time_is_the_schedulers(seen: Seen, guest: Guest) -> None:
    samples, _, account, _ = seen
    assert guest.record.live
    told = total(samples, Measure.CPU) * guest.record.live.vcpus
    true = account.between(samples[0].at, samples[-1].at)
    assert true > 1.0, "it was to compute"
    assert told == pytest.approx(true, rel=WITHIN)


def test_the_hosts_own_processors_and_pressure_are_the_kernels(seen: Seen, stage: Stage) -> None:
    _, told, account, _ = seen
    told = told[1:]  # the first has no rates
    true = sum(
        account.of_host(before.at, sample.at) * (sample.at - before.at)
        for before, sample in itertools.pairwise(told)
    )
    assert total(told, Measure.HOST_CPU) == pytest.approx(true, rel=WITHIN, abs=0.1)
    if PSI.exists():
        waited = account.waited(told[0].at, told[-1].at)
        assert total(told, Measure.PRESSURE_CPU) == pytest.approx(waited, rel=WITHIN, abs=0.1)
    assert 0 < told[-1].figures[Measure.HOST_MEMORY_USED, ""] < stage.host().memory_bytes


def test_bytes_written_are_the_guests(seen: Seen) -> None:
    samples, *_ = seen
    assert total(samples, Measure.DISK_WRITE) == pytest.approx(WRITTEN, rel=WITHIN)
    assert total(samples, Measure.DISK_WRITES) >= WRITTEN / 2**21
    assert any((Measure.DISK_WRITE_LATENCY, "vda") in sample.figures for sample in samples)


def test_bytes_and_packets_sent_are_the_guests(seen: Seen) -> None:
    samples, _, _, ((bytes_before, packets_before), (bytes_after, packets_after)) = seen
    sent = packets_after - packets_before
    assert sent >= 400, "it was to send"
    assert total(samples, Measure.PACKETS_OUT) == pytest.approx(sent, rel=WITHIN)
    told = total(samples, Measure.NETWORK_OUT)
    assert told == pytest.approx(bytes_after - bytes_before, rel=WITHIN)


def test_the_history_tells_the_same(seen: Seen, stage: Stage, guest: Guest) -> None:
    samples, *_ = seen
    asked = (Series(guest.ref, Measure.DISK_WRITE),)
    since, until = samples[0].when - 1, samples[-1].when + 1
    (course,) = stage.engine.query(history.read, guest.ref, asked, since=since, until=until).result(
        10
    )
    told = sum(point.mean for point in course.points)
    assert told == pytest.approx(WRITTEN, rel=0.15), "by whole seconds"
    most = max(sample.figures[Measure.DISK_WRITE, ""] for sample in samples[1:])
    assert max(point.most for point in course.points) == pytest.approx(most, rel=1e-3)
