"""What machines showed: kept, and looked back at. Works whether their host is there or not."""

import asyncio
from collections.abc import Sequence
from typing import Final

from backend.history.failures import HistoryNotAnswering
from backend.history.screens import Screen
from backend.host.managed import ManagedHost
from backend.model import Ref

READ_DEADLINE_S: Final = 10.0


async def keep(host: ManagedHost, ref: Ref, at: float, picture: bytes) -> None:
    """Have a picture kept of what a machine showed at a moment (Unix seconds)."""
    host.history.album.keep(ref, at, picture)


async def shown(
    host: ManagedHost,
    ref: Ref,
    stretches: Sequence[tuple[float, float]],
    known: frozenset[int] = frozenset(),
) -> tuple[Screen | None, ...]:
    """Return for each stretch of time (Unix seconds) the last picture seen in it, None without one.

    Pictures of known ids come without the picture itself. Raises HistoryNotAnswering.
    """
    answer = asyncio.wrap_future(host.history.album.shown(ref, stretches, known))
    try:
        async with asyncio.timeout(READ_DEADLINE_S):
            return await answer
    except TimeoutError:
        raise HistoryNotAnswering(seconds=round(READ_DEADLINE_S)) from None
