"""What happened to a thing, as marks in its charts, as far back as one looks."""

from collections.abc import Callable, Iterable
from typing import Final

from backend.errors import BackendError
from backend.journal.entry import Cursor, Entry, What
from backend.model import Ref
from backend.operations import journal
from console.sdk import happenings
from console.sdk.context import Context, Unsubscribe
from console.widgets.curve import TimeMark

_LATEST: Final = 60
_MORE: Final = 200
_MOST: Final = 2_000
_UNMARKED: Final = frozenset({What.AGENT_CONNECTED, What.AGENT_LEFT, What.VIEWER_LEFT})


class Marks:
    """The marks of one thing while somebody looks. `changed` is called when there are others."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        self._context = context
        self._changed = changed
        self._ref: Ref | None = None
        self._entries: dict[int, Entry] = {}
        self._ends: list[Unsubscribe] = []
        self._oldest: Cursor | None = None
        self._is_reading = False
        self._marks: tuple[TimeMark, ...] | None = None

    def follow(self, ref: Ref | None) -> None:
        """Mark what happened to this thing from now on; None: to none."""
        if ref == self._ref and self._ends:
            return
        self.stop()
        if ref != self._ref:
            self._entries.clear()
            self._marks = None
        self._ref = ref
        if ref is not None:
            self._ends.append(self._context.subscribe_entries(self._on_entries))
            self._begin(ref, None, _LATEST)

    def stop(self) -> None:
        """Look no more."""
        ends, self._ends = self._ends, []
        self._oldest, self._is_reading = None, False
        for end in ends:
            end()

    def look_back(self, since: float) -> None:
        """Know of what happened since this moment (Unix seconds), if the journal reaches back."""
        oldest = self._oldest
        is_wanted = oldest is not None and oldest.at > since and len(self._entries) < _MOST
        if self._ref is not None and is_wanted and not self._is_reading:
            self._begin(self._ref, oldest, _MORE)

    def all(self) -> tuple[TimeMark, ...]:
        """Return the marks, oldest first."""
        if self._marks is None:
            found = sorted(self._entries.values(), key=lambda entry: entry.at)
            self._marks = tuple(
                TimeMark(entry.at, happenings.said(entry.facts[0]), happenings.mark(entry)[1])
                for entry in found
            )
        return self._marks

    def _begin(self, ref: Ref, before: Cursor | None, limit: int) -> None:
        self._is_reading = True
        self._ends.append(self._context.run(self._read(ref, before, limit)))

    async def _read(self, ref: Ref, before: Cursor | None, limit: int) -> None:
        try:
            page = await self._context.query(journal.read, ref, before, limit)
        except BackendError:
            return  # the charts are no worse for it, and the page Events says it
        self._is_reading, self._oldest = False, None
        if page.entries and not page.is_last:
            last = page.entries[-1]
            self._oldest = Cursor(last.at, last.uid)
        self._take(page.entries)

    def _on_entries(self, entries: tuple[Entry, ...]) -> None:
        self._take(entry for entry in entries if entry.subject == self._ref)

    def _take(self, entries: Iterable[Entry]) -> None:
        fresh = {
            entry.uid: entry
            for entry in entries
            if entry.facts and entry.facts[0].what not in _UNMARKED
        }
        if fresh:
            self._entries |= fresh
            self._marks = None
            self._changed()
