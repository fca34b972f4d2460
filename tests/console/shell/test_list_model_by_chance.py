"""Whatever comes, goes and is asked of a list, it is as if it were made anew."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from backend.model import Change, Domain, DomainState
from console.bridge.mirror import Mirror
from console.shell.arrangement import Arrangement
from console.shell.lines import Heading, Line
from console.shell.list_model import ListModel
from console.shell.query.fields import Fields
from console.shell.query.grammar import parse
from console.shell.roster import Roster
from tests.fakes.machines import domain, reading
from tests.fakes.snapin import machines_view

STEPS = 120
STATES = (DomainState.RUNNING, DomainState.OFF, DomainState.PAUSED)
QUERIES = ("", "", "", "vm", "state:running", "cpu>50")


class Room:
    """A list, and what happens to it by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same each time
        self.mirror = Mirror()
        self.view = replace(machines_view("here"), belongs=lambda one: one.notes != "elsewhere")
        self.model = ListModel(self.view, self.mirror)
        self.arrangement = Arrangement((), sort="name")
        self.model.arrange(self.arrangement)
        self.seconds = 0.0

    @property
    def deeds(self) -> tuple[Callable[[], None], ...]:
        return (*3 * (self.change,), self.drop, self.arrange, self.ask, self.read)

    def change(self) -> None:
        """Some come, and some are other ones: by name, by state, by where they belong."""
        many = self.chance.choice((1, 1, 2, 5, 40))
        machines = [
            replace(
                domain(f"vm-{number}", self.chance.choice(STATES)),
                name=self.chance.choice(("vm", "zz", "AA")) + f"-{number}",
                notes=self.chance.choice(("", "", "x", "elsewhere")),
            )
            for number in self.chance.sample(range(60), many)
        ]
        self._apply([Change(one.ref, self.mirror.any_record(one.ref), one) for one in machines])

    def drop(self) -> None:
        """Some go."""
        self._apply([Change(one.ref, one, None) for one in self._some()])

    def arrange(self) -> None:
        """The user wants another order, or other headings."""
        self.arrangement = Arrangement(
            (),
            sort=self.chance.choice([column.id for column in self.view.columns]),
            is_descending=self.chance.random() < 0.5,
            group=self.chance.choice(("", "state")),
            closed=frozenset(self.chance.sample(("Running", "Off"), self.chance.randrange(2))),
        )
        self.model.arrange(self.arrangement)

    def ask(self) -> None:
        """The user types a filter."""
        self.model.ask(parse(self.chance.choice(QUERIES), Fields.of(self.view.columns)))

    def read(self) -> None:
        """Some have new figures."""
        self.seconds += 1
        refs = [one.ref for one in self._some()]
        samples = [reading(ref, self.seconds, cpu=self.chance.random()) for ref in refs]
        self.mirror.apply_samples(samples, lambda _ref: True)
        self.model.tick(refs)

    def anew(self) -> Roster:
        """Return what the list would be if it were made now."""
        roster = Roster(self.view, self.mirror)
        roster.load(self.mirror.records(Domain))
        roster.ask(self.model.roster.query)
        roster.arrange(self.arrangement)
        return roster

    def _some(self) -> list[Domain]:
        known = list(self.mirror.records(Domain))
        return self.chance.sample(known, min(len(known), self.chance.choice((1, 2, 20))))

    def _apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.mirror.apply_change(change)
        self.model.apply(changes)


def told(lines: Sequence[Line]) -> Iterator[object]:
    for line in lines:
        yield (line.text, line.count) if isinstance(line, Heading) else line.record


@pytest.mark.parametrize("seed", [1, 2])
def test_a_list_is_as_if_made_anew(seed: int, qapp: object) -> None:
    room = Room(seed)
    model = room.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(STEPS):
        room.chance.choice(room.deeds)()
        model.look_again()
        anew, roster = room.anew(), model.roster
        assert list(told(model.lines)) == list(told(anew.lines()))
        assert roster.tally.sums() == anew.tally.sums()
        assert roster.tally.count() == anew.tally.count()
        assert roster.members.hosts() == anew.members.hosts()
        for record in roster.members.records():
            line = model.lines.row(model.line_of(record.ref))
            assert line is None or line.record is record
    assert tester.model() is model
