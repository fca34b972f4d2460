"""Feels a guest's heart while something is done to it, and shows the beats in the job.

Best is a counter of the guest's own, on a channel for that alone (the sample guest has it). Else
its agent is asked again and again, and where there is none the time of its processors is looked
at: an idle guest uses none for a while, so that tells little.
"""

import asyncio
import contextlib
import itertools
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence

from backend import jobs
from backend.errors import BackendError
from backend.heartbeat import Heartbeat, Pulse
from backend.host.managed import ManagedHost
from backend.hypervisor import consoles, pulse
from backend.model import Domain, DomainState, Ref
from backend.operations.course import Course
from backend.xmldesc.domain import HEARTBEAT_CHANNEL

IDLE_S = 2.0
INTERVAL_S = {Pulse.COUNTER: 0.02, Pulse.AGENT: 0.05, Pulse.PROCESSORS: 0.02}
_FIRST_BEATS_S = 0.3
_SHOW_INTERVAL_S = 0.25
_OPEN_DEADLINE_S = 5.0
_ASK_DEADLINE_S = 5.0
# Any guest writes there what it likes: numbers and lines without end, too.
_BEAT = re.compile(rb"TICK (\d{1,15}) (\d{1,9}(?:\.\d{1,3})?)?")
_LINE_MOST_BYTES = 64
_BEATS_MOST = 20_000
# The guest's clock has hundredths, and what is late on the way comes within this time after all.
_CLOCK_S = 0.015
_LATE_MOST_S = 0.5


class Heart:
    """The beats that came, by the monotonic clock of this computer."""

    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self._beats: list[tuple[float, float | None]] = []
        self._lost = self._last = 0
        self._rest = b""

    def hear(self, data: bytes) -> None:
        """Count what the guest's counter wrote; called from whatever thread it comes in."""
        data = self._rest + data
        whole = data.rfind(b"\n") + 1
        self._rest = data[whole:][-_LINE_MOST_BYTES:]
        found = _BEAT.findall(data[:whole])
        if not found:
            return
        now = time.monotonic()
        for told, uptime in found:
            number = int(told)
            self._lost += max(0, number - self._last - 1) if self._last else 0
            self._last = number
            self._beats.append((now, float(uptime) if uptime else None))
        del self._beats[:-_BEATS_MOST]

    def beat(self) -> None:
        """Count one that comes now; of too many the newest are kept."""
        self._beats.append((time.monotonic(), None))
        del self._beats[:-_BEATS_MOST]

    @property
    def beats(self) -> bool:
        """Whether one came yet."""
        return bool(self._beats)

    def told(self, zero: float) -> Heartbeat:
        """Return what came, `zero` being the moment of the change."""
        pairs = itertools.pairwise(as_they_were(list(self._beats)))
        beats = tuple((at - zero, (at - before) * 1000) for before, at in pairs)
        return Heartbeat(self.pulse, INTERVAL_S[self.pulse] * 1000, beats, self._lost)


def as_they_were(beats: Sequence[tuple[float, float | None]]) -> list[float]:
    """Return when beats were, from when they came here and the guest's uptime (None: not told).

    Some that come late in a bunch were late on the way, in a process of this computer that had
    other things to do: the guest's own clock has them apart. That clock does not go while the
    machine stands still, so a beat is only taken for earlier than it came if one soon after it
    was less late.
    """
    times: list[float] = []
    coming: deque[tuple[float, float]] = deque()
    for came, uptime in reversed(beats):
        if uptime is None:
            times.append(came)
            continue
        behind = came - uptime
        while coming and coming[-1][1] >= behind:
            coming.pop()
        coming.append((came, behind))
        while coming[0][0] > came + _LATE_MOST_S:
            coming.popleft()
        late = behind - coming[0][1]
        # Later than that is no delay: it was written when nobody listened yet.
        times.append(came - late if _CLOCK_S < late <= _LATE_MOST_S else came)
    times.reverse()
    return list(itertools.accumulate(times, max))


@contextlib.asynccontextmanager
async def felt(host: ManagedHost, ref: Ref, course: Course) -> AsyncIterator[None]:
    """Show the heartbeat of a machine that runs, from when it is left alone to the block's end."""
    domain = host.inventory.find(ref, Domain)
    if domain is None or domain.state is not DomainState.RUNNING or domain.live is None:
        yield
        return
    async with contextlib.AsyncExitStack() as stack:
        if heart := await _find(host, domain, stack):
            jobs.report(stage="measuring_heartbeat")
            end = time.monotonic() + IDLE_S

            def show() -> None:
                jobs.show(heartbeat=heart.told(course.zero or max(end, time.monotonic())))

            stack.callback(show)
            stack.enter_context(_running(_show_on_and_on(show)))
            await asyncio.sleep(IDLE_S)
        yield


async def _find(
    host: ManagedHost, domain: Domain, stack: contextlib.AsyncExitStack
) -> Heart | None:
    """Return the best heart that can be felt; it beats until the stack is left."""
    made_of = domain.live
    if made_of and made_of.has_heartbeat_channel:
        with contextlib.suppress(BackendError):
            if heart := await _counter(host, domain.ref, stack):
                return heart
    looks = ((Pulse.AGENT, pulse.ask_agent),) if made_of and made_of.is_agent_connected else ()
    for kind, look in (*looks, (Pulse.PROCESSORS, pulse.processor_time_ns)):
        with contextlib.suppress(BackendError):
            await _ask(host, domain.ref, look)
            heart = Heart(kind)
            stack.enter_context(_running(_look_on_and_on(host, domain.ref, heart, look)))
            return heart
    return None


async def _counter(host: ManagedHost, ref: Ref, stack: contextlib.AsyncExitStack) -> Heart | None:
    heart = Heart(Pulse.COUNTER)
    async with contextlib.AsyncExitStack() as opened:
        line = await host.consoles.open(
            lambda connect: consoles.open_channel(connect, ref.key, HEARTBEAT_CHANNEL),
            deadline_s=_OPEN_DEADLINE_S,
        )
        opened.push_async_callback(host.consoles.let_go, line)
        line.begin(heart.hear, lambda _error: None)
        await asyncio.sleep(_FIRST_BEATS_S)
        if not heart.beats:
            return None  # a guest that has no heart on that channel
        stack.push_async_callback(opened.pop_all().aclose)
    return heart


async def _ask(host: ManagedHost, ref: Ref, look: Callable[..., object]) -> object:
    return await host.guests.ask(
        ref, lambda connect: look(connect, ref.key), deadline_s=_ASK_DEADLINE_S
    )


async def _look_on_and_on(
    host: ManagedHost, ref: Ref, heart: Heart, look: Callable[..., object]
) -> None:
    """Count a beat for each answer that differs from the one before; the agent's has no value."""
    last: object = None
    while True:
        with contextlib.suppress(BackendError):
            told = await _ask(host, ref, look)
            if told is None or told != last:
                heart.beat()
            last = told
        await asyncio.sleep(INTERVAL_S[heart.pulse])


async def _show_on_and_on(show: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(_SHOW_INTERVAL_S)
        show()


@contextlib.contextmanager
def _running(work: Coroutine[None, None, None]) -> Iterator[None]:
    task = asyncio.get_running_loop().create_task(work, name="heart")
    try:
        yield
    finally:
        task.cancel()
