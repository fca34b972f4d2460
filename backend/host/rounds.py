"""Asking one after another of those who answer when they feel like it, or not at all.

An agent in a guest, a file server behind a pool: nobody waits for one. Who is due is asked a few at
once, while the figures of all go on.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from backend.model import Ref

DEADLINE_S: Final = 8.0
"""So long one may take; `ask` sees to it."""
_AT_ONCE: Final = 2


class Rounds:
    """Knows who was asked when, and asks those who are due."""

    def __init__(self, ask: Callable[[Ref], Awaitable[None]]) -> None:
        self._ask = ask
        self._asked_at: dict[Ref, float] = {}
        self._due: list[Ref] = []
        self._woken = asyncio.Event()

    def is_due(self, ref: Ref, interval_s: float | None) -> bool:
        """Whether it was not asked for so long (None: never is), nor waits to be."""
        if interval_s is None or ref in self._due:
            return False
        return time.monotonic() - self._asked_at.get(ref, float("-inf")) >= interval_s

    def add(self, refs: Iterable[Ref]) -> None:
        """Have these asked; returns at once."""
        if not (refs := list(refs)):
            return
        self._asked_at |= dict.fromkeys(refs, time.monotonic())
        self._due += refs
        self._woken.set()

    def put_off(self, ref: Ref, seconds: float) -> None:
        """Let it be due so much later."""
        self._asked_at[ref] = time.monotonic() + seconds

    def forget(self, ref: Ref) -> bool:
        """Be as if it was never asked; return whether it was."""
        return self._asked_at.pop(ref, None) is not None

    async def run(self) -> None:
        """Ask on and on, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            while self._due:
                part, self._due = self._due[:_AT_ONCE], self._due[_AT_ONCE:]
                await asyncio.gather(*(self._ask(ref) for ref in part))
