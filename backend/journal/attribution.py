"""Which job of ours explains what happened; everything else was done outside Celadon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from backend.jobs import Job, JobState
from backend.journal.entry import Fact, What
from backend.model import Kind, Ref

AFTERWARDS_S: Final = 3.0
"""So long after its end a job still explains what is heard: events and answers cross each other."""

_RUN: Final = frozenset({What.STARTED, What.RESTORED, What.RESUMED, What.START_FAILED})
_STOP: Final = frozenset({What.SAVED, What.PAUSED, What.SHUT_DOWN, What.TURNED_OFF, What.STOPPED})
EXPLAINED: Final[Mapping[str, frozenset[What]]] = {
    "domain.start": _RUN | {What.STATE_DISCARDED},
    "domain.shutdown": frozenset({What.SHUT_DOWN, What.STOPPED}),
    "domain.destroy": frozenset({What.TURNED_OFF, What.STOPPED}),
    "domain.reset": frozenset({What.RESTARTED, What.RESUMED}),
    "domain.suspend": frozenset({What.PAUSED}),
    "domain.resume": frozenset({What.RESUMED, What.WOKE}),
    "domain.managed_save": frozenset({What.SAVED, What.PAUSED, What.STOPPED}),
    "domain.discard_saved_state": frozenset({What.STATE_DISCARDED}),
    "domain.rename": frozenset({What.RENAMED, What.DEFINED, What.CONFIGURED}),
    "domain.set_notes": frozenset({What.NOTES, What.CONFIGURED}),
    "domain.set_autostart": frozenset({What.AUTOSTART_ON, What.AUTOSTART_OFF}),
    "domain.delete": frozenset({What.DELETED, What.VOLUME_DELETED}),
    "automatic.start": _RUN | {What.STATE_DISCARDED},
    "automatic.start_due": _RUN | {What.STATE_DISCARDED},
    "automatic.stop": _STOP,
    "machine.create": frozenset({What.CREATED, What.VOLUME_MADE, What.VOLUME_DELETED}),
}
"""What each verb does. One that is not here explains whatever happens while it runs."""

BY_ITSELF: Final = frozenset(
    {
        What.CRASHED, What.PANICKED, What.DISK_FAILED, What.STOPPED_BY_DISK, What.WATCHDOG,
        What.SILENT, What.ANSWERS, What.CONTROL_FAILED, What.MEMORY_FAILED, What.THRESHOLD,
        What.AGENT_CONNECTED, What.AGENT_LEFT, What.REMOVAL_REFUSED, What.MAC_CHANGED,
        What.VIEWER_CAME, What.VIEWER_LEFT, What.SLEPT, What.HIBERNATED,
    }
)  # fmt: skip
"""What no job does, whatever runs meanwhile."""

_SEEN: Final = frozenset(
    {
        What.CONFIGURED, What.RENAMED, What.NOTES, What.MEMORY, What.PROCESSORS, What.FIRMWARE,
        What.DISK_ADDED, What.DISK_REMOVED, What.MEDIUM_CHANGED, What.NIC_ADDED, What.NIC_REMOVED,
        What.NIC_MOVED,
    }
)  # fmt: skip
"""What a job has seen in the records before it ends: what comes to be later is not its doing."""

UNTOLD: Final = frozenset({"host.refresh", "host.reconnect", "host.disconnect"})
"""Verbs that only look, or look away: what becomes of them is no entry."""

_OF_OTHERS: Final = frozenset(
    {What.CREATED, What.DELETED, What.VOLUME_MADE, What.VOLUME_DELETED, What.STARTED, What.STOPPED}
)
"""What a job on one thing may do to another of its host."""


@dataclass(frozen=True, slots=True)
class Span:
    """A job from its start to its end, as far as that has come."""

    job: Job
    subject: Ref

    def covers(self, at: float, afterwards_s: float = AFTERWARDS_S) -> bool:
        """Whether it ran at that moment, or had just ended."""
        end = self.job.ended_at
        return self.job.started_at - 0.5 <= at and (end is None or at <= end + afterwards_s)

    @property
    def makes_things(self) -> bool:
        """Whether it works on a host as a whole, so that what appears there may be its doing."""
        return self.subject.kind is Kind.HOST and self.job.operation not in UNTOLD


def explanation(subject: Ref, fact: Fact, at: float, spans: Iterable[Span]) -> Job | None:
    """Return the job that did it: one whose verb is known to do that before one that may."""
    if fact.what in BY_ITSELF:
        return None
    afterwards_s = 0.0 if fact.what in _SEEN else AFTERWARDS_S
    found = [
        (fact.what in EXPLAINED.get(span.job.operation, ()), span.job)
        for span in spans
        if span.covers(at, afterwards_s) and _may_do(span, subject, fact)
    ]
    return max(found, key=lambda one: (one[0], one[1].started_at))[1] if found else None


def _may_do(span: Span, subject: Ref, fact: Fact) -> bool:
    operation = span.job.operation
    is_elsewhere = operation in UNTOLD or span.subject.host != subject.host
    if is_elsewhere or fact.what not in EXPLAINED.get(operation, (fact.what,)):
        return False
    if span.subject == subject:
        return True
    result = span.job.result
    if fact.what == What.CONFIGURED and isinstance(result, tuple):
        return subject in result  # several were made, and written once more as they started
    may_do = _OF_OTHERS | EXPLAINED.get(operation, frozenset())
    if span.subject.kind is subject.kind or fact.what not in may_do:
        return False
    if fact.what == What.CREATED and isinstance(result, Ref):
        return result == subject
    return span.job.state is not JobState.FAILED
