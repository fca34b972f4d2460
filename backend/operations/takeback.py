"""Taking back what a failed or cancelled attempt made, in reverse order."""

import asyncio
import contextlib
import contextvars
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

from backend import jobs
from backend.errors import BackendError, ConnectionLost, Gone, HostAway, HostNotAnswering
from backend.host.managed import ManagedHost
from backend.hypervisor import commands

_TRIES, _PAUSE_S = 60, 0.5
_LONG_PAUSE_S = 3.0
_AWAY_S = 300.0
"""A host that is away is waited for as long: connecting anew can take a minute by itself."""
_is_ending: contextvars.ContextVar[bool] = contextvars.ContextVar("_is_ending", default=False)


@contextlib.asynccontextmanager
async def undone_on_failure() -> AsyncIterator[contextlib.AsyncExitStack]:
    """Run what was pushed, last first, if the block fails or is cancelled."""
    async with contextlib.AsyncExitStack() as undo:
        with _noting_the_end():
            yield undo
        undo.pop_all()


async def quietly(
    host: ManagedHost, command: Callable[[object], object], *, busy_s: float = 0.0
) -> bool:
    """Take something back, which may take a moment: its last user, or the host, may be away.

    Return whether it is known to be gone. So long as `busy_s` it is tried on while the hypervisor
    says that it is still being made: libvirt does not stop a copy that it has begun.
    """
    patience = _Patience(busy_s)
    while True:
        try:
            with _noting_the_end():
                await host.tell(command)
        except Gone:
            return True
        except BackendError as error:
            pause_s = patience.pause_s(error)
            if pause_s is None:
                return False
            with _noting_the_end():
                await asyncio.sleep(pause_s)
        else:
            return True


async def making(
    host: ManagedHost,
    make: Callable[[object], object],
    unmake: Callable[[object], object],
    undo: contextlib.AsyncExitStack,
) -> None:
    """What `make` makes is there; where `undo` runs it is unmade.

    Not so if it was refused: what is there then was there before, and is somebody else's. Only of
    a call that was cut off nobody knows whether it was obeyed.
    """
    was_refused = False

    async def take_back() -> None:
        if not was_refused:
            await quietly(host, unmake)

    undo.push_async_callback(take_back)
    try:
        await host.tell(make)
    except BackendError as error:
        was_refused = not isinstance(error, ConnectionLost | HostNotAnswering)
        raise


@dataclass(slots=True)
class _Patience:
    """How long it is tried on."""

    busy_s: float
    begun: float = field(default_factory=time.monotonic)
    tries: int = 0

    def pause_s(self, error: BackendError) -> float | None:
        """Return how long to wait after that error; None: no longer."""
        passed_s = time.monotonic() - self.begun
        if isinstance(error, HostAway | ConnectionLost):
            jobs.report(stage="awaiting_server")
            return None if _is_ending.get() or passed_s >= _AWAY_S else _PAUSE_S
        self.tries += 1
        is_busy = error.arguments.get("code") == commands.NOT_NOW
        if self.tries >= _TRIES and not (is_busy and passed_s < self.busy_s):
            return None
        if self.tries == _TRIES:
            jobs.report(stage="taking_back")
        return _PAUSE_S if self.tries < _TRIES else _LONG_PAUSE_S


@contextlib.contextmanager
def _noting_the_end() -> Iterator[None]:
    """Remember that the console ends if that is what cancels: nobody is waited for then."""
    try:
        yield
    except asyncio.CancelledError as error:
        if not jobs.was_asked_to_stop(error):
            _is_ending.set(True)
        raise
