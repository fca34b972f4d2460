from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from backend.errors import HostNotAnswering
from backend.inventory import Inventory
from backend.journal.entry import Author, During, Entry, What
from backend.journal.keeper import Journal
from backend.journal.reach import Reach
from backend.journal.standings import Standings
from backend.model import Change, DomainState, Host, HostState, Kind, Record, Ref
from tests.backend.journal.conftest import CELADON, HOST, VM, whats
from tests.fakes.machines import domain

UP = Host(HOST, "Test", "test:///x", HostState.CONNECTED)
TRYING = replace(UP, state=HostState.CONNECTING)
AWAY = replace(UP, state=HostState.AWAY, problem=HostNotAnswering(seconds=15).problem)


class Console:
    """A console as far as its journal goes: opened, closed and opened again on one journal."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.inventory = Inventory()
        self.standings = Standings(self.inventory)
        self.posted: list[Callable[[], None]] = []
        self.doer: Author | None = None
        self.reach = Reach(
            journal, self.standings, self.posted.append, lambda _ref, _fact: self.doer
        )
        self.losses: list[bool] = []
        self.inventory.subscribe(self._on_change)
        self.put(TRYING)

    def put(self, *records: Record) -> None:
        for record in records:
            self.inventory.put(record)

    def load(self) -> None:
        """Let what was asked of the journal arrive."""
        self.journal.read(HOST).result(5)
        while self.posted:
            self.posted.pop(0)()

    def connect(self, *records: Record) -> None:
        self.put(*records)
        self.put(UP)
        self.load()

    def told(self) -> tuple[Entry, ...]:
        return self.journal.read(HOST).result(5).entries

    def _on_change(self, change: Change) -> None:
        if change.ref.kind is Kind.HOST:
            self.losses.append(self.reach.follow(change))
        else:
            self.standings.follow(change)


def machine(state: DomainState = DomainState.OFF, name: str = "web-01", ref: Ref = VM) -> Record:
    return replace(domain(name, state), ref=ref)


@pytest.fixture
def journal() -> Iterator[Journal]:
    kept = Journal(None)
    yield kept
    kept.close()


def test_what_is_found_the_first_time_is_no_news(journal: Journal) -> None:
    console = Console(journal)
    console.connect(machine())
    assert console.reach.is_known("t")
    assert console.told() == ()


def test_what_we_did_before_it_was_known_is_ours_and_news(journal: Journal) -> None:
    console = Console(journal)
    console.doer = CELADON
    console.connect(machine())
    (told,) = console.told()
    assert (whats([told]), told.author, told.during) == ([What.CREATED], CELADON, During.LIVE)


def test_what_changed_while_no_console_ran_is_one_entry(journal: Journal) -> None:
    Console(journal).connect(machine())
    again = Console(journal)
    again.connect(machine(DomainState.RUNNING, "www"))
    (told,) = again.told()
    assert (told.during, told.name, told.subject) == (During.CLOSED, "www", VM)
    assert set(whats([told])) == {What.STARTED, What.RENAMED}
    third = Console(journal)
    third.connect(machine(DomainState.RUNNING, "www"))
    assert len(third.told()) == 1, "and it is said once"


def test_what_came_and_went_meanwhile_is_told(journal: Journal) -> None:
    other = Ref("t", Kind.DOMAIN, "uuid-2")
    Console(journal).connect(machine())
    again = Console(journal)
    again.connect(machine(name="new", ref=other))
    assert {(e.name, *whats([e])) for e in again.told()} == {
        ("web-01", What.DELETED), ("new", What.CREATED),
    }  # fmt: skip


def test_nothing_is_compared_before_it_is_known_what_was_written(journal: Journal) -> None:
    console = Console(journal)
    console.put(machine(), UP)
    assert not console.reach.is_known("t")
    console.load()
    assert console.reach.is_known("t")


def test_a_lost_host_is_told_with_its_reason_and_when_it_is_back(journal: Journal) -> None:
    console = Console(journal)
    console.connect(machine())
    console.put(AWAY)
    assert console.losses[-1]
    assert not console.reach.is_known("t")
    for step in (TRYING, AWAY, TRYING):
        console.put(step)
    console.connect(machine(DomainState.RUNNING))
    back, *_ = [e for e in console.told() if e.subject == HOST]
    lost = next(e for e in console.told() if What.LOST in whats([e]))
    assert whats([back]) == [What.CONNECTED]
    assert lost.problem == AWAY.problem
    assert [whats([e]) for e in console.told() if e.subject == VM] == [[What.STARTED]]
    assert next(e for e in console.told() if e.subject == VM).during is During.AWAY
    assert len(console.told()) == 3, "each try is not told"


def test_a_host_that_was_never_reached_is_told_once(journal: Journal) -> None:
    console = Console(journal)
    for step in (AWAY, TRYING, AWAY, TRYING):
        console.put(step)
    (told,) = console.told()
    assert whats([told]) == [What.UNREACHABLE]
    assert console.losses[-1] is False


def test_another_console_s_standings_count_after_an_absence(journal: Journal) -> None:
    one, two = Console(journal), Console(journal)
    one.connect(machine())
    two.connect(machine())
    one.put(AWAY)
    journal.keep((), {VM: two.standings.now(VM)})
    two.put(machine(DomainState.RUNNING))
    journal.keep((), {VM: two.standings.now(VM)})  # two has told of it as it happened
    one.put(TRYING)
    one.connect(machine(DomainState.RUNNING))
    assert [e for e in one.told() if e.subject == VM] == []


def test_a_host_that_is_managed_no_more_is_no_news(journal: Journal) -> None:
    console = Console(journal)
    console.connect(machine())
    console.inventory.drop(HOST)
    assert not console.reach.is_known("t")
    assert console.told() == ()


def test_a_host_that_nobody_wants_now_is_no_news(journal: Journal) -> None:
    console = Console(journal)
    console.connect(machine())
    console.put(replace(UP, state=HostState.DISCONNECTED))
    assert console.losses[-1]
    console.connect(machine(DomainState.RUNNING))
    assert [whats([e]) for e in console.told()] == [[What.STARTED]]
