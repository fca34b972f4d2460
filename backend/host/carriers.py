"""Keeps the ways to the D-Bus displays of one host's machines a while after the last look.

From 8.1 on QEMU keeps a socket of each way that there ever was; and who comes back has the picture
at once. Lives on the engine's loop.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from backend.display.dbus.channel import Carrier

KEPT_S = 60.0
KEPT_MOST: Final = 4
"""Each that is kept has a process, which reads what its guest draws."""


class Carriers:
    """Those that are kept, and of them the ones that nobody looks at."""

    def __init__(self) -> None:
        self._given: asyncio.Queue[tuple[Carrier, asyncio.Event]] = asyncio.Queue()
        # The one that was left first before the others.
        self._resting: dict[Carrier, None] = {}

    def keep(self, carrier: "Carrier") -> None:
        """Have it end no more with its last view, but `KEPT_S` later, or when this does."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has closed: nobody keeps it
                loop.call_soon_threadsafe(woken.set)

        carrier.keep(wake)
        self._given.put_nowait((carrier, woken))

    def forget(self) -> None:
        """Let those go that nobody looks at."""
        for carrier in tuple(self._resting):
            carrier.close()

    async def run(self) -> NoReturn:
        """Keep what is given."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    tasks.create_task(self._keep(*await self._given.get()))
        finally:
            while not self._given.empty():
                self._given.get_nowait()[0].close()

    async def _keep(self, carrier: "Carrier", woken: asyncio.Event) -> None:
        try:
            while not carrier.is_over:
                self._note(carrier)
                try:
                    async with asyncio.timeout(KEPT_S if carrier.is_alone else None):
                        await woken.wait()
                except TimeoutError:
                    if carrier.is_alone:
                        return
                woken.clear()
        finally:
            self._resting.pop(carrier, None)
            carrier.close()

    def _note(self, carrier: "Carrier") -> None:
        self._resting.pop(carrier, None)
        if carrier.is_alone:
            self._resting[carrier] = None
        if len(self._resting) > KEPT_MOST:
            next(iter(self._resting)).close()
