"""The changes of a machine as far as they were read, and what of them is compared. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backend.journal.entry import Cursor
from backend.operations.alterations import Alteration, Alterations

FIRST: Final = "first"
"""The key of the line for how it was before the oldest change."""


class Against(Enum):
    """What a definition is compared with: the one before it, or that of now."""

    BEFORE = "before"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two definitions to be compared, by their marks; `told` is what is known of it already."""

    one: str
    other: str
    told: Alteration | None = None


class Past:
    """What is known of the changes, newest first."""

    def __init__(self) -> None:
        self._known: dict[int, Alteration] = {}
        self.now = ""
        self.is_complete = False
        self.is_read = False

    @property
    def changes(self) -> list[Alteration]:
        """What is known, newest first."""
        return sorted(
            self._known.values(), key=lambda one: (one.entry.at, one.entry.uid), reverse=True
        )

    @property
    def edge(self) -> Cursor | None:
        """Where the past begins that was not read yet."""
        last = self.changes[-1].entry if self._known else None
        return Cursor(last.at, last.uid) if last else None

    @property
    def first(self) -> str:
        """The mark of how it was before the oldest change; "" while that is not known."""
        return self.changes[-1].before if self.is_complete and self._known else ""

    def add(self, page: Alterations, before: Cursor | None) -> None:
        """Know a page that was asked for with this edge."""
        has_older = self.is_read and before is None
        self._known |= {one.entry.uid: one for one in page.changes}
        self.now = page.now
        self.is_complete = self.is_complete if has_older else page.is_last
        self.is_read = True

    def find(self, key: Hashable) -> Alteration | None:
        """Return a change by its key."""
        return self._known.get(key) if isinstance(key, int) else None

    def mark(self, key: Hashable) -> str:
        """Return the mark of the definition that a line stands for; "" for none."""
        if key == FIRST:
            return self.first
        change = self.find(key)
        return change.after if change else ""

    def pair(self, chosen: Sequence[Hashable], against: Against) -> Pair | None:
        """Return what is compared where these lines, newest first, are chosen."""
        if not chosen:
            return None
        if len(chosen) > 1:
            return Pair(self.mark(chosen[-1]), self.mark(chosen[0]))
        change = self.find(chosen[0])
        if change and against is Against.BEFORE:
            return Pair(change.before, change.after, change)
        return Pair(self.mark(chosen[0]), self.now)
