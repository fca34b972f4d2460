"""A child process that the loop watches without a thread, and that nobody else reaps.

asyncio's own reaps in a thread and by a poll at each signal, which get into each other's way. The
child leaves with the thread that started it, however that ends: the kernel tells it.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO, Final

# Who started it may have gone before the kernel was told to say so.
_IF_WE_LIVE: Final = 'test "$PPID" = "$0" && exec "$@"'


class Child:
    """A process of a session of its own, started at once. Lives on the engine's loop."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], says: IO[bytes]
    ) -> None:
        keeper: tuple[str, ...] = ()
        if shutil.which("setpriv"):
            us = str(os.getpid())
            keeper = ("setpriv", "--pdeathsig", "TERM", "--", "sh", "-c", _IF_WE_LIVE, us)
        self._process = subprocess.Popen(
            (*keeper, *command),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=says,
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._ended = asyncio.Event()
        self._watch = os.pidfd_open(self.pid)
        asyncio.get_running_loop().add_reader(self._watch, self._on_end)

    @property
    def has_ended(self) -> bool:
        """Whether it has, and was reaped."""
        return self._ended.is_set()

    async def until_ended(self) -> None:
        """Return once it has ended."""
        await self._ended.wait()

    async def end(self, patience_s: float) -> None:
        """Have it end: it is asked to, and killed after a while."""
        for end in (self._process.terminate, self._process.kill):
            end()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await self._ended.wait()
                return

    def _on_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._watch)
        os.close(self._watch)
        self._process.wait()
        self._ended.set()
