"""How the user has arranged a list: columns, order, headings. Kept column by column.

A column is named by its id, so that one which a later version brings takes the place and the
standing that it declares, and one that is gone for a while finds its own again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from console.sdk.kept_file import Json
from console.sdk.views import Column


class Mode(Enum):
    """How the rows of a list are drawn."""

    DETAILS = "details"
    LARGE_ICONS = "large_icons"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The standing of each column by its id. `widths` (pixels) are of those that the user sized.

    `group` is the column whose values the headings are, "" for none; `closed` are the headings
    whose rows are folded away.
    """

    order: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    is_descending: bool = False
    group: str = ""
    closed: frozenset[str] = frozenset()
    mode: Mode = Mode.DETAILS

    def dump(self) -> Json:
        """Return it as the settings keep it, for `parse`."""
        return {
            "order": list(self.order),
            "hidden": [*sorted(self.hidden)],
            "widths": dict(self.widths),
            "sort": self.sort,
            "descending": self.is_descending,
            "group": self.group,
            "closed": [*sorted(self.closed)],
            "mode": self.mode.value,
        }

    def shown(self, column_id: str) -> "Arrangement":
        """Return it with a column in sight."""
        return replace(self, hidden=self.hidden - {column_id})

    def without(self, column_id: str) -> "Arrangement":
        """Return it with a column hidden; the first of all is the name and stays."""
        return replace(self, hidden=self.hidden | {column_id})

    def moved(self, column_id: str, place: int) -> "Arrangement":
        """Return it with a column at a place in the order."""
        others = [known for known in self.order if known != column_id]
        others.insert(min(max(place, 0), len(others)), column_id)
        return replace(self, order=tuple(others))

    def sized(self, column_id: str, width: int) -> "Arrangement":
        """Return it with a column of so many pixels."""
        return replace(self, widths={**self.widths, column_id: width})

    def folded(self, heading: str) -> "Arrangement":
        """Return it with a heading closed if it was open, and the other way round."""
        return replace(self, closed=self.closed ^ {heading})


def first(columns: Sequence[Column[Any]]) -> Arrangement:
    """Return how a list stands before anybody has arranged it."""
    return Arrangement(
        tuple(column.id for column in columns),
        frozenset(column.id for column in columns if not column.is_shown),
        sort=columns[0].id,
    )


def parse(told: Json, columns: Sequence[Column[Any]]) -> Arrangement:
    """Return what was kept, for the columns there are now. Anything is taken: at worst as none."""
    start = first(columns)
    if not isinstance(told, dict):
        return start
    kept = _words(told.get("order"))
    fresh = [column for column in columns if column.id not in kept]
    known = {column.id for column in columns}
    sort, group = told.get("sort"), told.get("group")
    return Arrangement(
        _order(kept, columns),
        frozenset(_words(told.get("hidden"))) | {c.id for c in fresh if not c.is_shown},
        _widths(told.get("widths")),
        sort if isinstance(sort, str) and sort in known else start.sort,
        told.get("descending") is True,
        group if isinstance(group, str) and group in known else "",
        frozenset(_words(told.get("closed"))),
        next((mode for mode in Mode if mode.value == told.get("mode")), Mode.DETAILS),
    )


def _words(told: Any) -> tuple[str, ...]:
    words = (word for word in told if isinstance(word, str)) if isinstance(told, list) else ()
    return tuple(dict.fromkeys(words))


def _widths(told: Any) -> dict[str, int]:
    pairs = told.items() if isinstance(told, dict) else ()
    return {name: width for name, width in pairs if type(width) is int and 0 < width < 10_000}


def _order(kept: Sequence[str], columns: Sequence[Column[Any]]) -> tuple[str, ...]:
    """Return the order that was kept, new columns behind those that they are declared behind."""
    order = list(kept)
    before = ""
    for column in columns:
        if column.id not in order:
            order.insert(order.index(before) + 1 if before else 0, column.id)
        before = column.id
    return tuple(order)
