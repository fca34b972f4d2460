"""The list's model: in step, stable, and as Qt wants it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backend.model import Change, Domain, DomainState, Guest, Kind
from console.bridge.mirror import Mirror
from console.sdk.context import Lookup
from console.sdk.views import Heading as SumOf
from console.sdk.views import Sums
from console.shell.arrangement import Arrangement
from console.shell.list_model import ListModel
from console.shell.query.fields import Fields
from console.shell.query.grammar import Query, parse
from tests.fakes.machines import domain, reading
from tests.fakes.snapin import machines_view


@pytest.fixture
def mirror() -> Mirror:
    return Mirror()


@pytest.fixture
def model(mirror: Mirror, qtbot: QtBot) -> Iterator[ListModel]:
    model = ListModel(machines_view("here"), mirror)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    assert tester.model() is model


def put(mirror: Mirror, model: ListModel, *machines: Domain) -> None:
    changes = [Change(m.ref, mirror.record(m.ref, Domain), m) for m in machines]
    for change in changes:
        mirror.apply_change(change)
    model.apply(changes)


def names(model: ListModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_rows_come_go_and_stand_in_natural_order(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("web-10"), domain("Web-2"), domain("db"))
    assert names(model) == ["db", "Web-2", "web-10"]
    model.apply([Change(domain("db").ref, domain("db"), None)])
    assert names(model) == ["Web-2", "web-10"]


def test_many_rows_at_once(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, *(domain(f"vm-{i}") for i in range(1000)))
    assert model.rowCount() == 1000
    assert names(model)[:3] == ["vm-0", "vm-1", "vm-2"]


def test_equal_rows_keep_their_order_both_ways(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, *(domain(name) for name in "cab"))
    model.arrange(Arrangement((), sort="state", is_descending=True))
    assert names(model) == ["a", "b", "c"]
    put(mirror, model, domain("b", DomainState.RUNNING))
    assert names(model) == ["b", "a", "c"]
    put(mirror, model, domain("b"))
    assert names(model) == ["a", "b", "c"]


def test_an_index_follows_its_row(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("a"), domain("b"), domain("c"))
    held = QPersistentModelIndex(model.index(2, 0))
    model.arrange(Arrangement((), sort="name", is_descending=True))
    assert (held.row(), held.data()) == (0, "c")
    put(mirror, model, domain("d"))
    assert (held.row(), held.data()) == (1, "c")


def test_a_batch_costs_one_signal(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, *(domain(f"vm-{i}") for i in range(30)))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    put(mirror, model, domain("vm-3", DomainState.RUNNING), domain("vm-9", DomainState.PAUSED))
    assert told == [(3, 9)]


def test_what_the_guest_says_stands_in_the_row(mirror: Mirror, model: ListModel) -> None:
    web = domain("web")
    put(mirror, model, web)
    guest = Guest(web.ref.of(Kind.GUEST), does_agent_answer=True)
    told: list[int] = []
    model.dataChanged.connect(lambda a, _b: told.append(a.row()))
    model.apply([Change(guest.ref, None, guest)])
    assert told == [0]


def test_the_filter_takes_every_word(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("web-1", DomainState.RUNNING), domain("web-2"), domain("db"))
    model.ask(parse("WEB off", Fields.of(model.view.columns)))
    assert names(model) == ["web-2"]
    put(mirror, model, domain("web-1"))
    assert names(model) == ["web-1", "web-2"]
    model.ask(Query())
    assert model.rowCount() == 3
    assert len(model.records) == 3


def test_a_row_of_another_host_does_not_belong(mirror: Mirror, qtbot: QtBot) -> None:
    model = ListModel(machines_view("elsewhere"), mirror)
    put(mirror, model, domain("web"))
    assert model.rowCount() == 0


def lines(model: ListModel) -> list[str]:
    """Return the names of the rows, and the headings in brackets."""
    told = (model.index(line, 0).data() for line in range(model.rowCount()))
    return [f"[{text}]" if model.lines.heading(i) else text for i, text in enumerate(told)]


def under_states(*closed: str) -> Arrangement:
    return Arrangement((), sort="name", group="state", closed=frozenset(closed))


def test_rows_stand_under_headings_that_count_them(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("b", DomainState.RUNNING), domain("a"), domain("c"))
    model.arrange(under_states())
    assert lines(model) == ["[Off (2)]", "a", "c", "[Running (1)]", "b"]
    put(mirror, model, domain("c", DomainState.RUNNING))
    assert lines(model) == ["[Off (1)]", "a", "[Running (2)]", "b", "c"]
    put(mirror, model, domain("a", DomainState.RUNNING))
    assert lines(model) == ["[Running (3)]", "a", "b", "c"]
    model.arrange(Arrangement((), sort="name"))
    assert lines(model) == ["a", "b", "c"]


def test_a_count_that_changes_is_told_of_its_heading(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("a"), domain("b"))
    model.arrange(under_states("Off"))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    put(mirror, model, domain("c"))
    assert lines(model) == ["[Off (3)]"]
    assert told == [0]


def test_a_closed_heading_keeps_its_rows_out_of_sight(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("a"), domain("b", DomainState.RUNNING))
    model.arrange(under_states("Off"))
    assert lines(model) == ["[Off (1)]", "[Running (1)]", "b"]
    heading = model.lines.heading(0)
    assert heading
    assert [
        row.record.ref.key for row in model.roster.groups.under(heading, model.roster.ordered())
    ] == ["uuid-a"]
    assert "closed" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_filter_by_a_figure_waits_for_the_slow_clock(mirror: Mirror, model: ListModel) -> None:
    web = domain("web", DomainState.RUNNING)
    put(mirror, model, web)
    mirror.apply_samples([reading(web.ref, 1.0, cpu=0.9)])
    model.ask(parse("cpu>80", Fields.of(model.view.columns)))
    assert names(model) == ["web"]
    mirror.apply_samples([reading(web.ref, 2.0, cpu=0.1)])
    model.tick([web.ref])
    assert names(model) == ["web"]
    model.look_again()
    assert names(model) == []


def test_what_is_summed_up_of_figures_follows_them(mirror: Mirror) -> None:
    def busy(machine: Domain, lookup: Lookup) -> Sums:
        samples = lookup.samples(machine.ref)
        return {"busy": sum(1 for sample in samples[-1:] if (sample.cpu or 0.0) > 0.5)}

    plain = machines_view("here")
    model = ListModel(replace(plain, heading=SumOf(busy, lambda _sums, _lookup: "")), mirror)
    web = domain("web", DomainState.RUNNING)
    put(mirror, model, web)
    for at, cpu, count in ((1.0, 0.9, 1), (2.0, 0.1, 0), (3.0, 0.8, 1)):
        mirror.apply_samples([reading(web.ref, at, cpu=cpu)])
        model.tick([web.ref])
        assert model.roster.tally.sums()["busy"] == count


def test_rows_keep_their_places_while_the_figures_they_are_sorted_by_change(
    mirror: Mirror, model: ListModel
) -> None:
    machines = [domain(name, DomainState.RUNNING) for name in "ab"]
    put(mirror, model, *machines)
    mirror.apply_samples(
        [reading(machines[0].ref, 1.0, cpu=0.1), reading(machines[1].ref, 1.0, 0.2)]
    )
    model.arrange(Arrangement((), sort="cpu", is_descending=True))
    assert names(model) == ["b", "a"]
    mirror.apply_samples([reading(machines[0].ref, 2.0, cpu=0.9)])
    model.tick([machines[0].ref])
    put(mirror, model, replace(machines[0], notes="x"))
    assert names(model) == ["b", "a"]
    model.look_again()
    assert names(model) == ["a", "b"]
