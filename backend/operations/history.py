"""Reading how figures went. Works whether their host can be reached or not."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Final

from backend.errors import BackendError, Problem
from backend.history.failures import HistoryNotAnswering
from backend.host.managed import ManagedHost
from backend.model import Ref
from backend.prometheus import names, source
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
    problem: Problem | None = None
    if url := host.spec.prometheus or host.history.prometheus:
        name = names.host_name(host.record, host.spec.id)
        try:
            return await host.run_locally(
                lambda: source.read(url, series, name, since, until, points),
                deadline_s=READ_DEADLINE_S,
            )
        except BackendError as error:
            problem = error.problem
    courses = await _read_here(host, series, since, until, points)
    return tuple(replace(course, problem=problem or course.problem) for course in courses)


async def _read_here(
    host: ManagedHost, series: Sequence[Series], since: float, until: float, points: int
) -> tuple[Course, ...]:
    future = host.history.read(tuple(series), since, until, points)
    answer: Awaitable[tuple[Course, ...]] = asyncio.wrap_future(future)
    try:
        async with asyncio.timeout(READ_DEADLINE_S):
            return await answer
    except TimeoutError:
        raise HistoryNotAnswering(seconds=round(READ_DEADLINE_S)) from None
