"""The records that belong to a list, a row each, and whose they are."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from backend.model import Change, Record, Ref
from console.sdk.views import ListView
from console.shell.lines import Row
from console.shell.registry import name_of


class Members:
    """The rows of a view by their refs, whether or not they are asked for."""

    def __init__(self, view: ListView[Any]) -> None:
        self._view = view
        self._rows: dict[Ref, Row] = {}
        self._named: list[Row] | None = None
        self._hosts: Counter[str] = Counter()

    def load(self, records: Iterable[Record]) -> None:
        """Have those of these records that belong, and no others."""
        kind, belongs = self._view.kind, self._view.belongs
        self._rows = {
            record.ref: Row(record, len(self._view.columns))
            for record in records
            if record.ref.kind is kind and belongs(record)
        }
        self._named = None
        self._hosts = Counter(ref.host for ref in self._rows)

    def follow(self, change: Change) -> Row | None:
        """Have a record as it is now; return its row if it came, goes or stays."""
        record, row = change.after, self._rows.get(change.ref)
        if record is None or not self._view.belongs(record):
            if row is not None:
                del self._rows[change.ref]
                row.is_gone = True
                self._hosts[change.ref.host] -= 1
                self._named = None
        elif row is None:
            row = self._rows[change.ref] = Row(record, len(self._view.columns))
            self._hosts[change.ref.host] += 1
            self._named = None
        else:
            if name_of(row.record) != name_of(record):
                self._named = None
            row.record = record
        return row

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def refs(self) -> Iterable[Ref]:
        """Return what they are of."""
        return self._rows.keys()

    def records(self) -> tuple[Record, ...]:
        """Return all of them."""
        return tuple(row.record for row in self._rows.values())

    def row(self, ref: Ref) -> Row | None:
        """Return the row of one of them."""
        return self._rows.get(ref)

    def rows(self, refs: Iterable[Ref]) -> list[Row]:
        """Return the rows of those that belong."""
        known = self._rows
        return [row for ref in refs if (row := known.get(ref)) is not None]

    def named(self) -> list[Row]:
        """Return all rows in the order of their names. Not to be changed."""
        if self._named is None:
            self._named = sorted(self._rows.values(), key=lambda row: row.name)
        return self._named

    def hosts(self) -> set[str]:
        """Return the ids of the hosts that they are of."""
        return set(+self._hosts)
