import asyncio
import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend import jobs
from backend.heartbeat import Heartbeat, Pulse
from backend.hypervisor import pulse
from backend.model import DomainState
from backend.operations import heart
from backend.operations.course import Course
from backend.operations.heart import Heart
from backend.xmldesc.domain import HEARTBEAT_CHANNEL
from tests.fakes.plugged import REF, PluggedHost

CHANNEL = f"<channel type='unix'><target type='virtio' name='{HEARTBEAT_CHANNEL}'/></channel>"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Heartbeat]:
    found: list[Heartbeat] = []

    def show(**fields: Any) -> None:
        found.extend(fields[name] for name in fields if name == "heartbeat")

    monkeypatch.setattr(jobs, "show", show)
    monkeypatch.setattr(heart, "IDLE_S", 0.05)
    monkeypatch.setattr(heart, "_FIRST_BEATS_S", 0.02)
    return found


def test_gaps_are_between_beats_and_lost_ones_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.chain([10.0, 10.02, 10.10])
    monkeypatch.setattr(heart.time, "monotonic", lambda: next(clock))  # type: ignore[attr-defined]
    felt = Heart(Pulse.COUNTER)
    felt.hear(b"K 6 0.5\r\nTICK 7 0.10\r\nTICK 8")
    felt.hear(b" 0.12\r\n")
    felt.hear(b"TICK 11 0.18\r\n")
    beats = felt.told(10.05)
    assert [(round(at, 2), round(gap)) for at, gap in beats.beats] == [(-0.03, 20), (0.05, 80)]
    assert (beats.lost, round(beats.idle_gap_ms or 0), round(beats.gap_ms or 0)) == (2, 20, 80)


def gaps_ms(beats: list[tuple[float, float | None]]) -> list[int]:
    times = heart.as_they_were(beats)
    return [round((after - before) * 1000) for before, after in itertools.pairwise(times)]


def test_beats_that_were_late_on_the_way_are_no_gap() -> None:
    """This process had other things to do for 200 ms, and then read ten beats at once."""
    on_time = [(10 + n * 0.02, 5 + n * 0.02) for n in range(10)]
    bunch = [(10.4, 5 + n * 0.02) for n in range(10, 20)]
    later = [(10 + n * 0.02, 5 + n * 0.02) for n in range(21, 30)]
    gaps = gaps_ms([*on_time, *bunch, *later])
    assert max(gaps) <= 40
    assert sum(gaps) == 580


def test_a_machine_that_stood_still_is_a_gap_though_its_clock_did_not_go() -> None:
    before = [(10 + n * 0.02, 5 + n * 0.02) for n in range(10)]
    after = [(10.2 + n * 0.02, 5 + n * 0.02) for n in range(10, 40)]
    assert max(gaps_ms([*before, *after])) == 220


def test_a_guest_that_got_no_processor_is_a_gap() -> None:
    before = [(10 + n * 0.02, 5 + n * 0.02) for n in range(10)]
    after = [(10.2 + n * 0.02, 5.2 + n * 0.02) for n in range(10, 40)]
    assert max(gaps_ms([*before, *after])) == 220


def test_a_beat_from_before_anybody_listened_is_no_gap() -> None:
    beats = [(10.0, 1.0), *((10.02 + n * 0.02, 5 + n * 0.02) for n in range(40))]
    assert max(gaps_ms([*beats])) == 20


@pytest.mark.parametrize("uptime", [0.0, 5.2, 10.0**8, None])
def test_what_a_guest_says_of_its_clock_moves_no_beat_far(uptime: float | None) -> None:
    beats: list[tuple[float, float | None]] = [(10 + n * 0.02, 5 + n * 0.02) for n in range(40)]
    beats[20] = (beats[20][0], uptime)
    times = heart.as_they_were(beats)
    assert times == sorted(times)
    assert all(0 <= came - time <= 0.5001 for (came, _), time in zip(beats, times, strict=True))


def test_what_a_guest_writes_without_end_is_not_kept() -> None:
    felt = Heart(Pulse.COUNTER)
    for _ in range(100):
        felt.hear(b"x" * 2**16)
    assert len(felt._rest) < 100
    felt.hear(b"\nTICK " + b"9" * 5000 + b" 0.1\nTICK 1 0.2\n")
    assert felt.beats
    for number in range(heart._BEATS_MOST + 10):
        felt.hear(b"TICK %d 0.3\n" % number)
    assert len(felt.told(0).beats) == heart._BEATS_MOST - 1


class Line:
    """A channel on which a guest's counter came in at once, or nothing does."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.is_closed = False

    def begin(self, heard: Callable[[bytes], None], _ended: object) -> None:
        for line in self._data.splitlines(keepends=True):
            heard(line)

    def close(self) -> None:
        self.is_closed = True


def host_with(line: Line) -> PluggedHost:
    host = PluggedHost()
    host.machine.live = str(host.machine.live).replace("</devices>", f"{CHANNEL}</devices>")
    host.read()

    async def open_line(_opening: object, **_: object) -> Line:
        return line

    async def let_go(_line: Line) -> None:
        line.close()

    cast("Any", host).consoles = SimpleNamespace(open=open_line, let_go=let_go)
    return host


async def test_the_guests_own_counter_is_best(told: list[Heartbeat]) -> None:
    line = Line(b"TICK 1 0.1\nTICK 2 0.2\n")
    course = Course(())
    async with heart.felt(host_with(line).managed, REF, course):
        course.begin()
    assert line.is_closed
    assert (told[-1].pulse, len(told[-1].beats)) == (Pulse.COUNTER, 1)
    assert told[-1].idle_gap_ms is not None


async def test_the_channel_is_let_go_if_that_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heart, "_FIRST_BEATS_S", 60)
    line = Line(b"")
    host = host_with(line)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), heart.felt(host.managed, REF, Course(())):
            pass
    assert line.is_closed


async def test_else_the_processors_are_looked_at(
    told: list[Heartbeat], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = itertools.count()
    monkeypatch.setattr(pulse, "processor_time_ns", lambda *_: next(times))
    line = Line(b"")
    async with heart.felt(host_with(line).managed, REF, Course(())):
        pass
    assert line.is_closed
    assert told[-1].pulse is Pulse.PROCESSORS


async def test_a_machine_that_does_not_run_has_no_heart(told: list[Heartbeat]) -> None:
    host = PluggedHost()
    host.machine.state = DomainState.PAUSED
    host.read()
    async with heart.felt(host.managed, REF, Course(())):
        pass
    assert told == []
