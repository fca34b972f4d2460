"""Whether a connection to a host is wanted, and who waits for word of that."""

import asyncio
import contextlib


class Wish:
    """What the user wants of one host. Lives on the engine's loop."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        self._said_anew = asyncio.Event()

    @property
    def is_wanted(self) -> bool:
        """Whether a connection is wanted now."""
        return self._is_wanted

    def want(self) -> None:
        """Have a connection, now rather than when the time comes."""
        self._is_wanted = True
        self._said_anew.set()

    def renounce(self) -> None:
        """Have none, and try none."""
        self._is_wanted = False
        self._said_anew.set()

    async def wait(self, delay_s: float | None) -> None:
        """Return once somebody says anew what he wants, or after the delay (None: never)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._said_anew.wait()
        self._said_anew.clear()

    async def until_wanted(self) -> None:
        """Return once a connection is wanted."""
        while not self._is_wanted:
            await self.wait(None)

    async def until_unwanted(self) -> None:
        """Return once none is."""
        while self._is_wanted:
            await self.wait(None)
