"""Hosts by their place: the name under which they are kept, the same from day to day."""

from collections.abc import Iterable
from dataclasses import replace

from backend.journal.entry import Entry
from backend.model import Ref


class Places:
    """What is kept of a host is kept under its place; outside it bears the host's id of today."""

    def __init__(self) -> None:
        self._hosts: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def name(self, host: str, place: str) -> None:
        """Know the host of this id by its place."""
        self._places[host] = place
        self._hosts[place] = host

    def outward(self, ref: Ref) -> Ref:
        """Return a reference as it is kept."""
        if ref.host not in self._places:
            self.name(ref.host, ref.host)
        return replace(ref, host=self._places[ref.host])

    def inward(self, ref: Ref) -> Ref:
        """Return a reference that was kept as it is today."""
        return replace(ref, host=self._hosts.get(ref.host, ref.host))

    def kept(self, entry: Entry) -> Entry:
        """Return an entry as it is kept."""
        return replace(entry, subject=self.outward(entry.subject))

    def told(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return, of the entries that were kept, those of hosts that are managed here."""
        known = (entry for entry in entries if entry.subject.host in self._hosts)
        return tuple(replace(entry, subject=self.inward(entry.subject)) for entry in known)
