"""Hears what the hypervisor tells of one machine, from before it is asked something."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from backend.host.managed import ManagedHost
from backend.hypervisor.events import Event
from backend.model import Change, Domain, Ref


class Ear:
    """The events of a machine since it was opened."""

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._heard: list[Event] = []
        self._news = asyncio.Event()

    def on_event(self, event: Event) -> None:
        """Keep an event of the machine."""
        if event.ref == self._ref:
            self._heard.append(event)
            self._news.set()

    def on_change(self, change: Change) -> None:
        """Wake who waits, if the machine stopped: no more events come."""
        if change.ref == self._ref and not (
            isinstance(change.after, Domain) and change.after.is_active
        ):
            self._news.set()

    async def until(
        self, holds: Callable[[Event], bool], ends: Callable[[], bool], *, deadline_s: float
    ) -> Event | None:
        """Return the first event, heard already or soon, of which that is true.

        None: `ends` was true, or `deadline_s` passed, before one came.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(deadline_s):
                while True:
                    self._news.clear()
                    if found := next((event for event in self._heard if holds(event)), None):
                        return found
                    if ends():
                        return None
                    await self._news.wait()
        return None


@contextlib.contextmanager
def opened(host: ManagedHost, ref: Ref) -> Iterator[Ear]:
    """Hear what is told of a machine until the block ends."""
    ear = Ear(ref)
    ends = (host.on_event(ear.on_event), host.inventory.subscribe(ear.on_change))
    try:
        yield ear
    finally:
        for end in ends:
            end()
