"""The ways to the hosts: which is lost, and what is found changed when it comes back."""

import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from backend.errors import Problem
from backend.journal import standing
from backend.journal.entry import HOST, UNKNOWN, Author, During, Entry, Fact, What, fact
from backend.journal.keeper import Journal
from backend.journal.rows import Standing
from backend.journal.standings import Standings
from backend.model import Change, Host, HostState, Kind, Ref

Post = Callable[[Callable[[], None]], None]
Ours = Callable[[Ref, Fact], Author | None]


class Reach:
    """Compares each host that is connected anew with what was last written of it.

    Until that is done, `is_known` is false and nothing that differs is news, but for what we did
    ourselves meanwhile: `ours` names us if we did. `post` runs something on the engine's loop.
    """

    def __init__(self, journal: Journal, standings: Standings, post: Post, ours: Ours) -> None:
        self._journal = journal
        self._standings = standings
        self._post = post
        self._ours = ours
        self._connected: set[str] = set()
        self._known: set[str] = set()
        self._seen_before: set[str] = set()
        self._told_away: set[str] = set()

    def is_known(self, host: str) -> bool:
        """Whether what differs from what was written is news."""
        return host in self._known

    def is_awaited(self, host: str) -> bool:
        """Whether a host will be known as soon as the journal has answered."""
        return host in self._connected and host not in self._known

    def follow(self, change: Change) -> bool:
        """Know how the way to a host stands; return whether it is lost by that."""
        host, record = change.ref.host, change.after
        before = change.before.state if isinstance(change.before, Host) else None
        if not isinstance(record, Host):
            for known in (self._connected, self._known, self._told_away, self._seen_before):
                known.discard(host)
            return True
        if record.state is before:
            return False
        if record.state is HostState.CONNECTED:
            self._connected.add(host)
            self._tell_back(record)
            self._look_up(host)
            return False
        was_connected = host in self._connected
        self._connected.discard(host)
        self._known.discard(host)
        if record.state is HostState.AWAY:
            self._tell_away(record, was_connected=was_connected)
        return was_connected

    def _tell_back(self, record: Host) -> None:
        if record.ref.host in self._told_away:
            self._told_away.discard(record.ref.host)
            self._journal.keep([_of_host(record, What.CONNECTED)])

    def _tell_away(self, record: Host, *, was_connected: bool) -> None:
        if record.ref.host not in self._told_away:
            self._told_away.add(record.ref.host)
            what = What.LOST if was_connected else What.UNREACHABLE
            self._journal.keep([_of_host(record, what, record.problem)])

    def _look_up(self, host: str) -> None:
        """Ask what was last written of a host. By now: another console may have been there."""

        def take(future: "Future[dict[Ref, Standing]]") -> None:
            told = {} if future.cancelled() or future.exception() else future.result()
            self._post(lambda: self._on_found(host, told))

        self._journal.read_standings(host).add_done_callback(take)

    def _on_found(self, host: str, stored: dict[Ref, Standing]) -> None:
        if host not in self._connected or host in self._known:
            return
        marker = Ref(host, Kind.HOST, host)
        is_new = stored.pop(marker, None) is None
        self._standings.replace(host, stored)
        during = During.AWAY if host in self._seen_before else During.CLOSED
        entries, changed = self._compare(host, during)
        self._known.add(host)
        self._seen_before.add(host)
        told = [entry for entry in entries if entry.during is During.LIVE or not is_new]
        self._journal.keep(told, changed | {marker: {"name": host}})

    def _compare(self, host: str, during: During) -> tuple[list[Entry], dict[Ref, Standing | None]]:
        entries: list[Entry] = []
        changed: dict[Ref, Standing | None] = {}
        for ref in sorted(self._standings.of_host(host), key=lambda ref: (ref.kind.value, ref.key)):
            before, after = self._standings.written(ref), self._standings.now(ref)
            if before == after:
                continue
            name = str((after or before or {}).get("name", ""))
            facts = standing.differences(before, after, by_absence=True)
            entries += self._entries(ref, name, facts, during)
            changed[ref] = after
            self._standings.write(ref, after)
        return entries, changed

    def _entries(self, ref: Ref, name: str, facts: Sequence[Fact], during: During) -> list[Entry]:
        """Return what differs: the facts of one author in one entry."""
        by_author: dict[Author | None, list[Fact]] = {}
        for one in facts:
            by_author.setdefault(self._ours(ref, one), []).append(one)
        return [
            Entry(
                _uid(), time.time(), ref, name, tuple(found), author or UNKNOWN,
                During.LIVE if author else during,
            )
            for author, found in by_author.items()
        ]  # fmt: skip


def _of_host(record: Host, what: What, problem: Problem | None = None) -> Entry:
    return Entry(_uid(), time.time(), record.ref, record.name, (fact(what),), HOST, problem=problem)


def _uid() -> int:
    return secrets.randbits(62)
