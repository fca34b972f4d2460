"""Time on a stage: pauses that the presenter can cut short, and waits that end."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QTimer

from backend.errors import BackendError
from console.bridge.promises import Promise
from console.sdk.context import Context

T = TypeVar("T")

LOOK_MS = 200


class Mishap(Exception):
    """Something on the stage is not as the act needs it; the text is a sentence for people."""


class Patience:
    """The one way in which the show lets time pass."""

    def __init__(self) -> None:
        self._beat: Promise[None] | None = None

    def hurry(self) -> bool:
        """End the pause that is made now; return whether there was one."""
        beat, self._beat = self._beat, None
        if beat:
            beat.settle(None)
        return beat is not None

    async def beat(self, seconds: float) -> None:
        """Give people time to read, unless the presenter goes on."""
        self._beat = beat = Promise[None]()
        QTimer.singleShot(round(seconds * 1000), lambda: beat.settle(None))
        try:
            await beat
        finally:
            if self._beat is beat:
                self._beat = None

    async def until(self, look: Callable[[], T | None], deadline_s: float, why: str) -> T:
        """Return what `look` finds at last. Raises Mishap with `why` after `deadline_s`."""
        end = time.monotonic() + deadline_s
        while not (found := look()):
            if time.monotonic() > end:
                raise Mishap(why)
            await moment(LOOK_MS)
        return found


async def moment(milliseconds: int) -> None:
    """Come back after a while."""
    over: Promise[None] = Promise()
    QTimer.singleShot(milliseconds, lambda: over.settle(None))
    await over


async def together(context: Context, works: Sequence[Awaitable[None]]) -> None:
    """Have all of these done at once. Raises what the first of them raised that failed."""
    ends: list[Promise[Exception | None]] = [Promise() for _ in works]
    cancels = [context.run(_told(work, end)) for work, end in zip(works, ends, strict=True)]
    try:
        errors = [await end for end in ends]
    finally:
        for cancel in cancels:
            cancel()
    if error := next((error for error in errors if error), None):
        raise error


async def _told(work: Awaitable[None], end: Promise[Exception | None]) -> None:
    try:
        await work
    except (Mishap, BackendError) as error:
        end.settle(error)
    else:
        end.settle(None)
