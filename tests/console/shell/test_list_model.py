"""The list's model: in step, stable, and as Qt wants it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backend.model import Change, Domain, DomainState, Guest, Kind
from console.bridge.mirror import Mirror
from console.shell.list_model import ListModel
from tests.fakes.machines import domain
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
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["a", "b", "c"]
    put(mirror, model, domain("b", DomainState.RUNNING))
    assert names(model) == ["b", "a", "c"]
    put(mirror, model, domain("b"))
    assert names(model) == ["a", "b", "c"]


def test_an_index_follows_its_row(mirror: Mirror, model: ListModel) -> None:
    put(mirror, model, domain("a"), domain("b"), domain("c"))
    held = QPersistentModelIndex(model.index(2, 0))
    model.sort(0, Qt.SortOrder.DescendingOrder)
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
    model.set_filter("WEB off")
    assert names(model) == ["web-2"]
    put(mirror, model, domain("web-1"))
    assert names(model) == ["web-1", "web-2"]
    model.set_filter("")
    assert model.rowCount() == 3
    assert len(model.records) == 3


def test_a_row_of_another_host_does_not_belong(mirror: Mirror, qtbot: QtBot) -> None:
    model = ListModel(machines_view("elsewhere"), mirror)
    put(mirror, model, domain("web"))
    assert model.rowCount() == 0
