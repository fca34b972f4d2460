"""What is known from inside machines, by their agents: beside the figures, and never in their way.

An agent answers when its guest feels like it, or not at all. So nobody waits for one: machines that
are due are asked a few at once, while the figures of all go on.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from backend.errors import BackendError
from backend.host.guests import Guests
from backend.host.turns import Wanted
from backend.hypervisor import figures
from backend.inventory import Inventory
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.series import Sample
from backend.stats import inside_figures, unread_file_systems

WATCHED_S: Final = 5.0
KEPT_S: Final = 60.0
"""How full a file system is changes slowly, and each question wakes a guest."""
_AT_ONCE: Final = 2
_DEADLINE_S: Final = 8.0


class Inside:
    """Asks the agents of one host's machines."""

    def __init__(
        self, inventory: Inventory, guests: Guests, tell: Callable[[tuple[Sample, ...]], None]
    ) -> None:
        self._inventory = inventory
        self._guests = guests
        self._tell = tell
        self._asked_at: dict[Ref, float] = {}
        self._due: list[Ref] = []
        self._woken = asyncio.Event()

    def look(self, running: Iterable[Domain], wanted: Wanted) -> None:
        """Have those asked who are due; returns at once."""
        now = time.monotonic()
        due = [domain.ref for domain in running if self._is_due(domain, wanted, now)]
        self._asked_at |= dict.fromkeys(due, now)
        self._due += due
        self._woken.set()

    async def run(self) -> None:
        """Ask on and on, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            while self._due:
                part, self._due = self._due[:_AT_ONCE], self._due[_AT_ONCE:]
                await asyncio.gather(*(self._ask(ref) for ref in part))

    def _is_due(self, domain: Domain, wanted: Wanted, now: float) -> bool:
        if domain.state is not DomainState.RUNNING or domain.ref in self._due:
            return False
        age_s = now - self._asked_at.get(domain.ref, float("-inf"))
        if domain.ref.key in wanted.singles:
            return age_s >= WATCHED_S
        # Without an agent there is nothing to keep.
        has_agent = domain.live is not None and domain.live.is_agent_connected
        return wanted.is_kept and has_agent and age_s >= KEPT_S

    async def _ask(self, ref: Ref) -> None:
        try:
            guest, told = await self._guests.ask(
                ref, lambda connect: _read(connect, ref), deadline_s=_DEADLINE_S
            )
        except BackendError:
            return  # the figures, and the reader, say what is wrong
        known = self._inventory.find(ref, Domain)
        if known and known.is_active:
            self._inventory.put(guest)
            if told:
                self._tell((Sample(ref, time.monotonic(), inside_figures(told), when=time.time()),))


def _read(connect: object, ref: Ref) -> tuple[Guest, figures.Figures]:
    guest = figures.read_guest(connect, ref.of(Kind.GUEST))
    told = figures.read_inside(connect, ref.key) if guest.does_agent_answer else {}
    return replace(guest, unread_file_systems=unread_file_systems(told)), told
