"""Reading the journal: what happened to a thing. Works whether its host can be reached or not."""

import asyncio
from collections.abc import Awaitable
from concurrent.futures import Future
from typing import TypeVar

from backend.host.managed import ManagedHost
from backend.journal.entry import Cursor, Page
from backend.journal.failures import JournalNotAnswering
from backend.model import Ref

T = TypeVar("T")
READ_DEADLINE_S = 10.0


async def read(host: ManagedHost, ref: Ref, before: Cursor | None = None, limit: int = 200) -> Page:
    """Return what happened to a thing (a host: to all that is there), newest first.

    `before` is where the page before this ended. Raises JournalNotAnswering.
    """
    return await answer(host.journal.read(ref, before, limit))


async def answer(future: "Future[T]") -> T:
    """Return what the journal answers. Raises JournalNotAnswering."""
    answered: Awaitable[T] = asyncio.wrap_future(future)
    try:
        async with asyncio.timeout(READ_DEADLINE_S):
            return await answered
    except TimeoutError:
        raise JournalNotAnswering(seconds=round(READ_DEADLINE_S)) from None
