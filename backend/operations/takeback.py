"""Taking back what a failed or cancelled attempt made, in reverse order."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from backend.errors import BackendError, Gone
from backend.host.managed import ManagedHost

_TRIES, _PAUSE_S = 60, 0.5


@contextlib.asynccontextmanager
async def undone_on_failure() -> AsyncIterator[contextlib.AsyncExitStack]:
    """Run what was pushed, last first, if the block fails or is cancelled."""
    async with contextlib.AsyncExitStack() as undo:
        yield undo
        undo.pop_all()


async def quietly(host: ManagedHost, command: Callable[[object], object]) -> bool:
    """Take something back, which may take a moment: its last user, or the host, may be away.

    Return whether it is known to be gone.
    """
    for _ in range(_TRIES):
        try:
            await host.tell(command)
        except Gone:
            return True
        except BackendError:
            await asyncio.sleep(_PAUSE_S)
        else:
            return True
    return False
