"""Reading how figures went. Works whether their host can be reached or not."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final

from backend.history.failures import HistoryNotAnswering
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.series import Course, Series

READ_DEADLINE_S: Final = 20.0
POINTS: Final = 600


async def read(
    host: ManagedHost,
    ref: Ref,
    series: Sequence[Series],
    *,
    since: float,
    until: float,
    points: int = POINTS,
) -> tuple[Course, ...]:
    """Return how series of this host went between two moments (Unix seconds), as asked in order.

    Each in at most so many points, of the rollup that has them. Of the last ten seconds there may
    be none yet: who watches has their samples. Raises HistoryNotAnswering.
    """
    del ref  # each series has its own
    future = host.history.read(tuple(series), since, until, points)
    answer: Awaitable[tuple[Course, ...]] = asyncio.wrap_future(future)
    try:
        async with asyncio.timeout(READ_DEADLINE_S):
            return await answer
    except TimeoutError:
        raise HistoryNotAnswering(seconds=round(READ_DEADLINE_S)) from None
