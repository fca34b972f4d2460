"""Figures against the truth over the same time: the scheduler's account, and the guest's own.

The sums of what was told, times the seconds it was told for, have to be what there was.
"""

import itertools
import threading
import time
from pathlib import Path

import pytest

from backend.measures import Measure
from backend.operations import history
from backend.series import Sample, Series
from tests.live.stage import Guest, Stage

pytestmark = pytest.mark.live
SHARES_A_GUEST = True
WITHIN = 0.02
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
    """The processor time of a process by the scheduler, read again and again."""

    def __init__(self, process: int) -> None:
        self._tasks = Path(f"/proc/{process}/task")
        self._told: list[tuple[float, float]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="account")
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def between(self, since: float, until: float) -> float:
        """Return the seconds it had between two moments (monotonic)."""
        return self._at(until) - self._at(since)

    def _run(self) -> None:
        ns: dict[str, int] = {}  # also of threads that have ended
        while not self._ended.wait(0.02):
            for task in self._tasks.iterdir():
                try:
                    ns[task.name] = int((task / "schedstat").read_text().split()[0])
                except OSError:
                    continue
            self._told.append((time.monotonic(), sum(ns.values()) / 1e9))

    def _at(self, when: float) -> float:
        before = max((one for one in self._told if one[0] <= when), default=self._told[0])
        after = min((one for one in self._told if one[0] >= when), default=self._told[-1])
        if after[0] == before[0]:
            return before[1]
        share = (when - before[0]) / (after[0] - before[0])
        return before[1] + share * (after[1] - before[1])


def total(samples: list[Sample], measure: Measure) -> float:
    """Return what a rate comes to over all the samples but the first, which begins the time."""
    sum_ = 0.0
    for before, sample in itertools.pairwise(samples):
        value = sample.figures.get((measure, ""))
        assert value is not None, (measure, sample)
        sum_ += value * (sample.at - before.at)
    return sum_


Seen = tuple[list[Sample], Account, list[list[int]]]


@pytest.fixture(scope="module")
def seen(stage: Stage, guest: Guest) -> Seen:
    """What was told while a guest computed, wrote and sent, and what it says itself."""
    heard, log = stage.heard, guest.listen()

    def samples() -> list[Sample]:
        return [sample for sample in heard.samples if sample.ref == guest.ref]

    account = Account(guest.qemu())
    stop = stage.engine.watch(guest.ref)
    try:
        heard.until(lambda: any((Measure.CPU, "") in sample.figures for sample in samples()))
        first = len(samples())
        guest.run_inside(LOAD)
        log.wait_for("AFTER")
        told = len(samples())
        heard.until(lambda: len(samples()) >= told + 3)
        read = samples()[first - 1 :]
    finally:
        stop()
        account.end()
    words = [line.split() for _, line in log.lines if "BEFORE" in line or "AFTER" in line]
    return read, account, [[int(word) for word in line[-2:]] for line in words]


def test_processor_time_is_the_schedulers(seen: Seen, guest: Guest) -> None:
    samples, account, _ = seen
    assert guest.record.live
    told = total(samples, Measure.CPU) * guest.record.live.vcpus
    true = account.between(samples[0].at, samples[-1].at)
    assert true > 1.0, "it was to compute"
    assert told == pytest.approx(true, rel=WITHIN)


def test_bytes_written_are_the_guests(seen: Seen) -> None:
    samples, _, _ = seen
    assert total(samples, Measure.DISK_WRITE) == pytest.approx(WRITTEN, rel=WITHIN)
    assert total(samples, Measure.DISK_WRITES) >= WRITTEN / 2**21
    assert any((Measure.DISK_WRITE_LATENCY, "vda") in sample.figures for sample in samples)


def test_bytes_and_packets_sent_are_the_guests(seen: Seen) -> None:
    samples, _, ((bytes_before, packets_before), (bytes_after, packets_after)) = seen
    sent = packets_after - packets_before
    assert sent >= 400, "it was to send"
    assert total(samples, Measure.PACKETS_OUT) == pytest.approx(sent, rel=WITHIN)
    told = total(samples, Measure.NETWORK_OUT)
    assert told == pytest.approx(bytes_after - bytes_before, rel=WITHIN)


def test_the_history_tells_the_same(seen: Seen, stage: Stage, guest: Guest) -> None:
    samples, _, _ = seen
    asked = (Series(guest.ref, Measure.DISK_WRITE),)
    since, until = samples[0].when - 1, samples[-1].when + 1
    (course,) = stage.engine.query(history.read, guest.ref, asked, since=since, until=until).result(
        10
    )
    told = sum(point.mean for point in course.points)
    assert told == pytest.approx(WRITTEN, rel=0.15), "by whole seconds"
    most = max(sample.figures[Measure.DISK_WRITE, ""] for sample in samples[1:])
    assert max(point.most for point in course.points) == pytest.approx(most, rel=1e-3)
