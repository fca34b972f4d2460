"""What happened to a machine lately, as marks in its charts: told by the journal."""

from collections.abc import Callable, Iterable
from typing import Final

from backend.errors import BackendError
from backend.journal.entry import Entry, What
from backend.model import Ref
from backend.operations import journal
from console.sdk import happenings
from console.sdk.context import Context, Unsubscribe
from console.widgets.plane import TimeMark

_LATEST: Final = 60
_UNMARKED: Final = frozenset({What.AGENT_CONNECTED, What.AGENT_LEFT, What.VIEWER_LEFT})


class Marks:
    """The marks of one machine while somebody looks. `changed` is called when there are others."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        self._context = context
        self._changed = changed
        self._ref: Ref | None = None
        self._entries: dict[int, Entry] = {}
        self._ends: list[Unsubscribe] = []

    def follow(self, ref: Ref | None) -> None:
        """Mark what happened to this machine from now on; None: to none."""
        if ref == self._ref and self._ends:
            return
        self.stop()
        if ref != self._ref:
            self._entries.clear()
        self._ref = ref
        if ref is not None:
            self._ends.append(self._context.subscribe_entries(self._on_entries))
            self._ends.append(self._context.run(self._read(ref)))

    def stop(self) -> None:
        """Look no more."""
        ends, self._ends = self._ends, []
        for end in ends:
            end()

    def at(self, now: float) -> tuple[TimeMark, ...]:
        """Return the marks, in seconds before `now` (Unix)."""
        found = sorted(self._entries.values(), key=lambda entry: entry.at)
        return tuple(TimeMark(entry.at - now, happenings.said(entry.facts[0])) for entry in found)

    async def _read(self, ref: Ref) -> None:
        try:
            page = await self._context.query(journal.read, ref, None, _LATEST)
        except BackendError:
            return  # the charts are no worse for it, and the page Events says it
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
            self._changed()
