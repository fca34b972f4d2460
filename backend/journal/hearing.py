"""From a typed libvirt event to what the journal says of it, and whose doing it is by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from backend.hypervisor import events, meanings
from backend.hypervisor.meanings import BlockJobEnd, Turn, ViewerTurn
from backend.journal.entry import GUEST, HOST, OUTSIDE, Author, Fact, What, fact


@dataclass(frozen=True, slots=True)
class Heard:
    """What an event said, when, and whose doing that is unless a job of ours explains it."""

    at: float
    fact: Fact
    author: Author = OUTSIDE


_TURNS: Final[Mapping[Turn, tuple[What, Author]]] = {
    Turn.BOOTED: (What.STARTED, OUTSIDE),
    Turn.ARRIVED: (What.ARRIVED, OUTSIDE),
    Turn.RESTORED: (What.RESTORED, OUTSIDE),
    Turn.STARTED_FROM_SNAPSHOT: (What.REVERTED, OUTSIDE),
    Turn.STARTED_WAKING: (What.WOKE, GUEST),
    Turn.PAUSED: (What.PAUSED, OUTSIDE),
    Turn.PAUSED_BY_DISK: (What.STOPPED_BY_DISK, HOST),
    Turn.PAUSED_BY_WATCHDOG: (What.WATCHDOG, GUEST),
    Turn.PAUSED_RESTORED: (What.PAUSED, OUTSIDE),
    Turn.PAUSED_FROM_SNAPSHOT: (What.REVERTED, OUTSIDE),
    Turn.RESUMED: (What.RESUMED, OUTSIDE),
    Turn.RESUMED_FROM_SNAPSHOT: (What.REVERTED, OUTSIDE),
    Turn.SHUT_DOWN: (What.SHUT_DOWN, OUTSIDE),
    Turn.DESTROYED: (What.TURNED_OFF, OUTSIDE),
    Turn.CRASHED: (What.CRASHED, HOST),
    Turn.LEFT: (What.LEFT, OUTSIDE),
    Turn.SAVED: (What.SAVED, OUTSIDE),
    # Of a machine that ran: its QEMU is gone. One whose start failed sends no event at all.
    Turn.FAILED: (What.CRASHED, HOST),
    Turn.STOPPED_FROM_SNAPSHOT: (What.REVERTED, OUTSIDE),
    Turn.GUEST_ENDS: (What.SHUT_DOWN, GUEST),
    Turn.HOST_ENDS: (What.SHUT_DOWN, HOST),
    Turn.ENDS: (What.SHUT_DOWN, OUTSIDE),
    Turn.SLEPT: (What.SLEPT, GUEST),
    Turn.HIBERNATED: (What.HIBERNATED, GUEST),
    Turn.PANICKED: (What.PANICKED, GUEST),
    Turn.PANICKED_AND_LOADED: (What.PANICKED, GUEST),
    Turn.DEFINED_AGAIN: (What.DEFINED, OUTSIDE),
}
_BLOCK_JOB_ENDS: Final = {
    BlockJobEnd.DONE: What.BLOCK_JOB_DONE,
    BlockJobEnd.FAILED: What.BLOCK_JOB_FAILED,
    BlockJobEnd.CANCELLED: What.BLOCK_JOB_CANCELLED,
}


def hear(event: events.Event, at: float) -> Heard | None:
    """Return what an event says; None for one that the journal passes over."""
    if isinstance(event, events.Lifecycle):
        found = _TURNS.get(turn) if (turn := meanings.turn_of(event)) else None
        return Heard(at, fact(found[0]), found[1]) if found else None
    read = _READERS.get(type(event))
    told = read(event) if read else None
    return Heard(at, *told) if told else None


_Told = tuple[Fact, Author] | None


def _agent(event: events.AgentChanged) -> _Told:
    is_there = meanings.is_agent_there(event)
    return fact(What.AGENT_CONNECTED if is_there else What.AGENT_LEFT), GUEST


def _disk(event: events.DiskFailed) -> _Told:
    return fact(What.DISK_FAILED, path=event.path, reason=event.reason), HOST


def _block_job(event: events.BlockJob) -> _Told:
    end = meanings.block_job_end(event)
    if end is None:
        return None
    name = meanings.block_job_name(event)
    return fact(_BLOCK_JOB_ENDS[end], target=event.target, job=name), OUTSIDE


def _viewer(event: events.GraphicsClient) -> _Told:
    turn = meanings.viewer_turn(event)
    if turn is None:
        return None
    what = What.VIEWER_CAME if turn is ViewerTurn.CAME else What.VIEWER_LEFT
    return fact(what, address=str(event.remote.get("node", ""))), OUTSIDE


def _plain(what: What, author: Author) -> Callable[[Any], _Told]:
    return lambda _event: (fact(what), author)


_READERS: Final[Mapping[type[events.Event], Callable[[Any], _Told]]] = {
    # libvirt tells the reset button from the guest's own restart by nothing.
    events.Rebooted: _plain(What.RESTARTED, GUEST),
    events.WatchdogFired: _plain(What.WATCHDOG, GUEST),
    events.ControlFailed: _plain(What.CONTROL_FAILED, HOST),
    events.MemoryFailed: _plain(What.MEMORY_FAILED, HOST),
    events.Tuned: _plain(What.TUNED, OUTSIDE),
    events.AgentChanged: _agent,
    events.DiskFailed: _disk,
    events.BlockJob: _block_job,
    events.GraphicsClient: _viewer,
    events.DeviceRemovalFailed: lambda event: (
        fact(What.REMOVAL_REFUSED, alias=event.alias), GUEST,
    ),
    events.MacChanged: lambda event: (
        fact(What.MAC_CHANGED, before=event.old, after=event.new), GUEST,
    ),
    events.ThresholdCrossed: lambda event: (
        fact(What.THRESHOLD, device=event.device, threshold_bytes=event.threshold), HOST,
    ),
}  # fmt: skip
