"""The sums above a list: exact, and as dear as what changed."""

import random
from dataclasses import replace

from backend.model import Change, Domain, DomainState, Kind, Ref
from console.bridge.mirror import Mirror
from console.sdk.context import Lookup
from console.sdk.views import Heading, ListView, Sums
from console.shell.query.fields import Fields
from console.shell.query.grammar import Query, parse
from console.shell.roster import Roster
from tests.fakes.machines import domain, reading
from tests.fakes.snapin import machines_view


class Counted:
    """A view of machines that tells which of them were counted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        plain = machines_view("here")
        self.view: ListView[Domain] = replace(plain, heading=Heading(self._share, self._words))

    def _share(self, machine: Domain, lookup: Lookup) -> Sums:
        self.asked.append(machine.name)
        samples = lookup.samples(machine.ref)
        return {machine.state: 1, "read": len(samples), machine.ref.of(Kind.HOST): 1}

    def _words(self, sums: Sums, _lookup: Lookup) -> str:
        return ", ".join(sorted(f"{key}: {number}" for key, number in sums.items() if number))


def test_what_changed_alone_is_counted_anew() -> None:
    counted = Counted()
    roster = Roster(counted.view, Mirror())
    fleet = [domain(f"vm-{number}") for number in range(1000)]
    roster.load(fleet)
    assert roster.tally.sums()[DomainState.OFF] == 1000
    counted.asked.clear()
    for machine in fleet[:3]:
        runs = replace(machine, state=DomainState.RUNNING)
        roster.follow(Change(machine.ref, machine, runs))
    assert roster.tally.sums()[DomainState.RUNNING] == 3
    assert roster.tally.sums()[DomainState.OFF] == 997
    assert sorted(counted.asked) == ["vm-0", "vm-1", "vm-2"]


def test_what_came_to_nothing_is_not_among_the_sums() -> None:
    counted = Counted()
    roster = Roster(counted.view, Mirror())
    web = domain("web")
    roster.follow(Change(web.ref, None, web))
    assert roster.tally.sums()
    roster.follow(Change(web.ref, web, None))
    assert dict(roster.tally.sums()) == {}


def test_after_any_changes_the_sums_are_those_of_a_sum_from_the_start() -> None:
    chance = random.Random(8)  # noqa: S311
    counted, mirror = Counted(), Mirror()
    roster = Roster(counted.view, mirror)
    queries = (Query(), parse("state:running", Fields.of(counted.view.columns)))
    states = (DomainState.RUNNING, DomainState.OFF, DomainState.PAUSED)
    for step in range(400):
        name = f"vm-{chance.randrange(12)}"
        ref = domain(name).ref
        before = mirror.record(ref, Domain)
        after = None if chance.random() < 0.2 else domain(name, chance.choice(states))
        change = Change(ref, before, after)
        mirror.apply_change(change)
        roster.follow(change)
        if after and chance.random() < 0.5:
            mirror.apply_samples((reading(ref, float(step)),))
            roster.tally.forget((ref,))
        if chance.random() < 0.1:
            roster.ask(chance.choice(queries))
        if chance.random() < 0.05:
            roster.load(mirror.every_record())
        chosen: list[Domain] = [row.record for row in roster.ordered()]  # type: ignore[misc]
        words = counted.view.heading.of(chosen, mirror)
        assert counted.view.heading.words(roster.tally.sums(), mirror) == words
        assert roster.tally.count() == len(chosen)


def test_one_that_nobody_knows_counts_for_nothing() -> None:
    roster = Roster(Counted().view, Mirror())
    roster.tally.forget((Ref("here", Kind.DOMAIN, "no"),))
    assert (dict(roster.tally.sums()), roster.tally.count()) == ({}, 0)


def test_all_are_counted_anew_where_that_is_asked_for() -> None:
    counted, mirror = Counted(), Mirror()
    roster, web = Roster(counted.view, mirror), domain("web")
    roster.load([web])
    mirror.apply_samples((reading(web.ref, 1.0),))
    assert roster.tally.sums()["read"] == 1
    mirror.forget_samples(lambda _ref: False)
    roster.tally.forget_all()
    assert "read" not in roster.tally.sums()
