"""The entries of one thing, as far as they were fetched: pages from the past, news from now."""

from collections.abc import Iterable

from backend.journal.entry import Cursor, Entry, Page
from backend.model import Kind, Ref


class History:
    """What happened to `subject` (a host: to all that is there), newest first."""

    def __init__(self, subject: Ref) -> None:
        self.subject = subject
        self.is_complete = False
        self._known: dict[int, Entry] = {}
        self._oldest: Cursor | None = None

    @property
    def entries(self) -> list[Entry]:
        """What is known, newest first."""
        return sorted(self._known.values(), key=lambda e: (e.at, e.uid), reverse=True)

    @property
    def edge(self) -> Cursor | None:
        """Where the past begins that was not fetched yet; None before anything was."""
        return self._oldest

    def add_page(self, page: Page, before: Cursor | None) -> None:
        """Know a page that was asked for with this edge."""
        self._known |= {entry.uid: entry for entry in page.entries}
        if before is None and self._oldest is not None:
            return  # the newest ones again: how far the past was fetched stays
        if page.entries:
            last = page.entries[-1]
            self._oldest = Cursor(last.at, last.uid)
        self.is_complete = page.is_last

    def add_news(self, entries: Iterable[Entry]) -> bool:
        """Know what is told by itself; return whether anything of that is of this subject."""
        mine = [entry for entry in entries if self._is_mine(entry)]
        self._known |= {entry.uid: entry for entry in mine}
        return bool(mine)

    def _is_mine(self, entry: Entry) -> bool:
        if self.subject.kind is Kind.HOST:
            return entry.subject.host == self.subject.host
        return entry.subject == self.subject
