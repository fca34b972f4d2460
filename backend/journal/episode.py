"""What happens to one thing within a moment, summed up: a start sends three events, and is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.jobs import Job
from backend.journal.entry import Fact, What
from backend.journal.hearing import Heard
from backend.journal.standing import IMPLIED

_STARTS: Final = frozenset({What.STARTED, What.RESTORED, What.ARRIVED})
_ENDS: Final = frozenset({What.SHUT_DOWN, What.TURNED_OFF, What.SAVED, What.LEFT, What.CRASHED})
LIFE: Final = frozenset({*IMPLIED, What.REVERTED, What.WATCHDOG})
"""Facts after which a change of state needs no other explanation."""

# What is only a part of something else that was heard in the same moment.
_PART_OF: Final[dict[What, frozenset[What]]] = {
    What.RESUMED: _STARTS | {What.RESTARTED, What.REVERTED, What.WOKE},
    What.PAUSED: frozenset({What.SAVED, What.LEFT, What.REVERTED, What.PANICKED, What.ARRIVED}),
    What.STOPPED_BY_DISK: frozenset({What.DISK_FAILED}),
    What.CRASHED: frozenset({What.PANICKED}),
    What.AGENT_LEFT: _STARTS | _ENDS | {What.RESTARTED, What.REVERTED, What.PANICKED},
    What.STARTED: frozenset({What.REVERTED}),
    What.REVERTED: frozenset({What.RESTORED}),  # libvirt says "from snapshot" of a saved state too
    What.TURNED_OFF: frozenset({What.REVERTED}),
    # Turning off begins with a signal to QEMU, which libvirt tells as a shutdown by the host.
    What.SHUT_DOWN: frozenset({What.REVERTED, What.TURNED_OFF}),
}


@dataclass
class Episode:
    """What was heard of one thing since it was last quiet."""

    began: float
    name: str = ""
    heard: list[Heard] = field(default_factory=list)
    over: list[Job] = field(default_factory=list)
    changed_at: float | None = None
    was_changing: bool = False


def gist(episode: Episode, found: Sequence[Fact], *, is_on: object) -> list[Heard]:
    """Return what the events of an episode come to, each said once.

    `found` is what differs in the records, and `is_on` whether the machine runs by now.
    """
    whats = {heard.fact.what for heard in episode.heard}
    drop = {part for part, wholes in _PART_OF.items() if wholes & whats}
    if is_on and What.RESTARTED in whats:
        drop.add(What.SHUT_DOWN)  # libvirt restarts a guest that has no other way by these two
    if not is_on:
        drop.add(What.AGENT_LEFT)
    if episode.was_changing or any(fact.what == What.CHECKPOINT_MADE for fact in found):
        drop |= {What.PAUSED, What.RESUMED}
    if found:
        drop.add(What.DEFINED)  # what was defined anew is said by what differs
    return _without_repeats(heard for heard in episode.heard if heard.fact.what not in drop)


def _without_repeats(heard: Iterable[Heard]) -> list[Heard]:
    """Leave out what was said already: of its life since the last turn, of the rest at all."""
    kept: list[Heard] = []
    said: set[Fact] = set()
    turn: Fact | None = None
    for one in heard:
        is_turn = one.fact.what in LIFE
        if one.fact == turn if is_turn else one.fact in said:
            continue
        turn = one.fact if is_turn else turn
        said.add(one.fact)
        kept.append(one)
    return kept


def unheard(found: Sequence[Fact], heard: Sequence[Heard]) -> list[Fact]:
    """Return what the records show and no event said: a driver may send none, or one was lost."""
    has_life = any(one.fact.what in LIFE for one in heard)
    return [fact for fact in found if not (has_life and fact.what in _OF_RUN)]


_OF_RUN: Final = frozenset(
    {
        What.STARTED, What.RESTORED, What.STARTED_AGAIN, What.STOPPED, What.SAVED, What.CRASHED,
        What.START_FAILED, What.PAUSED, What.RESUMED, What.STOPPED_BY_DISK, What.WATCHDOG,
        What.PANICKED, What.SLEPT, What.STATE_DISCARDED,
    }
)  # fmt: skip
