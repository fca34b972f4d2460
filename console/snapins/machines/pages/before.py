"""When a thing that nothing is read of now was read last: how far one has to look back for it."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from backend.errors import BackendError
from backend.model import Ref
from backend.operations import history
from backend.series import Series
from console.sdk.context import Context, Unsubscribe

_POINTS: Final = 60


class Before:
    """Finds the shortest of some lengths of time up to now in which there is anything to see.

    `changed` is called when that is known.
    """

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        self._context = context
        self._changed = changed
        self._asked: tuple[Ref, tuple[float, ...]] | None = None
        self._cancel: Unsubscribe | None = None
        self.length_s: float | None = None
        """How far one has to look back, in seconds; None while nobody knows."""
        self.is_nothing = False
        """Whether nothing was kept, as far back as was looked."""

    def look(self, ref: Ref, series: Sequence[Series], lengths: Sequence[float]) -> None:
        """Have it found for this thing, unless it is known or asked for; lengths are in seconds."""
        asked = (ref, tuple(lengths))
        if asked != self._asked:
            self.forget()
            self._asked = asked
            self._cancel = self._context.run(self._find(ref, tuple(series), asked[1]))

    def forget(self) -> None:
        """Know nothing, and wait for nothing."""
        cancel, self._cancel = self._cancel, None
        self._asked, self.length_s, self.is_nothing = None, None, False
        if cancel:
            cancel()

    async def _find(self, ref: Ref, series: tuple[Series, ...], lengths: tuple[float, ...]) -> None:
        now = time.time()
        for length_s in lengths:
            try:
                courses = await self._context.query(
                    history.read, ref, series, since=now - length_s, until=now, points=_POINTS
                )
            except BackendError:
                return  # quiet: whoever looks back by himself is told
            if any(course.runs for course in courses):
                self.length_s = length_s
                self._changed()
                return
        self.is_nothing = True
        self._changed()
