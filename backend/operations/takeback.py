"""Taking back what a failed or cancelled attempt made, in reverse order."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable

from backend import jobs
from backend.errors import BackendError, Gone
from backend.host.managed import ManagedHost
from backend.hypervisor import commands

_TRIES, _PAUSE_S = 60, 0.5
_LONG_PAUSE_S = 3.0


@contextlib.asynccontextmanager
async def undone_on_failure() -> AsyncIterator[contextlib.AsyncExitStack]:
    """Run what was pushed, last first, if the block fails or is cancelled."""
    async with contextlib.AsyncExitStack() as undo:
        yield undo
        undo.pop_all()


async def quietly(
    host: ManagedHost, command: Callable[[object], object], *, busy_s: float = 0.0
) -> bool:
    """Take something back, which may take a moment: its last user, or the host, may be away.

    Return whether it is known to be gone. So long as `busy_s` it is tried on while the hypervisor
    says that it is still being made: libvirt does not stop a copy that it has begun.
    """
    begun = time.monotonic()
    number = 0
    while True:
        number += 1
        try:
            await host.tell(command)
        except Gone:
            return True
        except BackendError as error:
            is_busy = error.arguments.get("code") == commands.NOT_NOW
            if number >= _TRIES and not (is_busy and time.monotonic() - begun < busy_s):
                return False
            if number == _TRIES:
                jobs.report(stage="taking_back")
            await asyncio.sleep(_PAUSE_S if number < _TRIES else _LONG_PAUSE_S)
        else:
            return True
