"""What is known from inside machines, by their agents: beside the figures, never in their way."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from backend.errors import BackendError
from backend.host.guests import Guests
from backend.host.rounds import DEADLINE_S, Rounds
from backend.host.turns import Wanted
from backend.hypervisor import figures
from backend.inventory import Inventory
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.series import Sample
from backend.stats import inside_figures, unread_file_systems

WATCHED_S: Final = 5.0
KEPT_S: Final = 60.0
"""How full a file system is changes slowly, and each question wakes a guest."""


class Inside:
    """Asks the agents of one host's machines."""

    def __init__(
        self, inventory: Inventory, guests: Guests, tell: Callable[[tuple[Sample, ...]], None]
    ) -> None:
        self._inventory = inventory
        self._guests = guests
        self._tell = tell
        self._rounds = Rounds(self._ask)
        self.run = self._rounds.run

    def look(self, running: Iterable[Domain], wanted: Wanted) -> None:
        """Have those asked who are due; returns at once."""
        self._rounds.add(
            domain.ref
            for domain in running
            if self._rounds.is_due(domain.ref, _interval_s(domain, wanted))
        )

    async def _ask(self, ref: Ref) -> None:
        try:
            guest, told = await self._guests.ask(
                ref, lambda connect: _read(connect, ref), deadline_s=DEADLINE_S
            )
        except BackendError:
            return  # the figures, and the reader, say what is wrong
        known = self._inventory.find(ref, Domain)
        if known and known.is_active:
            self._inventory.put(guest)
            if told:
                self._tell((Sample(ref, time.monotonic(), inside_figures(told), when=time.time()),))


def _interval_s(domain: Domain, wanted: Wanted) -> float | None:
    if domain.state is not DomainState.RUNNING:
        return None
    if domain.ref.key in wanted.singles:
        return WATCHED_S
    # Without an agent there is nothing to keep.
    has_agent = domain.live is not None and domain.live.is_agent_connected
    return KEPT_S if wanted.is_kept and has_agent else None


def _read(connect: object, ref: Ref) -> tuple[Guest, figures.Figures]:
    guest = figures.read_guest(connect, ref.of(Kind.GUEST))
    told = figures.read_inside(connect, ref.key) if guest.does_agent_answer else {}
    return replace(guest, unread_file_systems=unread_file_systems(told)), told
