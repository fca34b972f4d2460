"""Whose figures are read now, and how fully: who is looked at first, nobody more than wanted. Pure.

A machine that somebody looks at is read fully each second. Where somebody looks at its whole host,
all are read cheaply each second and each fully now and then: asking QEMU costs most of all. For the
history each is read fully every ten seconds, whoever looks or not.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final

WATCHED_S: Final = 1.0
KEPT_S: Final = 10.0
IN_TURN: Final = 4
"""So many machines of a host that is looked at are read fully at once, at the least."""
_EARLY_S: Final = 0.5
"""Who would be due before the next look is due now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of one host: single machines and pools, all of it, all for the history."""

    singles: frozenset[str] = frozenset()
    is_host_watched: bool = False
    is_kept: bool = False

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.singles) or self.is_host_watched or self.is_kept

    @property
    def interval_s(self) -> float:
        """How often one has to look whether somebody is due."""
        return WATCHED_S if self.singles or self.is_host_watched else KEPT_S


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is read now: fully, in this order, and cheaply."""

    full: tuple[str, ...] = ()
    cheap: frozenset[str] = frozenset()


class Turns:
    """Knows when each machine was read fully the last time."""

    def __init__(self) -> None:
        self._read_at: dict[str, float] = {}

    def next(self, now: float, running: Set[str], wanted: Wanted) -> Turn:
        """Return who is read at `now`, in seconds of any clock that does not go back."""
        self._read_at = {uuid: at for uuid, at in self._read_at.items() if uuid in running}
        # A rate over less than half a second is noise: processor time is told in steps of 10 ms.
        soon = now - WATCHED_S / 2
        singles = sorted(uuid for uuid in wanted.singles & running if self._at(uuid) <= soon)
        others = sorted(running - wanted.singles, key=lambda uuid: (self._at(uuid), uuid))
        full = [*singles, *self._due(others, now, wanted)]
        self._read_at |= dict.fromkeys(full, now)
        cheap = frozenset(others) - frozenset(full) if wanted.is_host_watched else frozenset()
        return Turn(tuple(full), cheap)

    def forget(self) -> None:
        """Nobody was read for a while."""
        self._read_at.clear()

    def _due(self, others: list[str], now: float, wanted: Wanted) -> Iterable[str]:
        if wanted.is_host_watched:
            # In so many turns all have been read within the history's time.
            turns = KEPT_S / WATCHED_S
            return others[: max(IN_TURN, -int(-len(others) // turns))]
        if wanted.is_kept:
            return [uuid for uuid in others if now - self._at(uuid) >= KEPT_S - _EARLY_S]
        return ()

    def _at(self, uuid: str) -> float:
        return self._read_at.get(uuid, float("-inf"))
