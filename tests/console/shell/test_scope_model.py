"""The tree's model: in step with the records, whatever order they come in."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backend.model import Change, DomainState, HostState, Record
from console.sdk.views import Message
from console.shell.scope_model import (
    REMARK_ROLE,
    ROOT,
    ScopeModel,
    count,
    counting,
    root_node,
)
from console.shell.scope_pane import ScopePane
from tests.fakes.machines import HOST, away_host, domain, host
from tests.fakes.snapin import snapin


@pytest.fixture
def scope(qtbot: QtBot) -> Iterator[ScopeModel]:
    model = ScopeModel((snapin(),))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    assert tester.model() is model


def put(scope: ScopeModel, *records: Record) -> None:
    scope.apply([Change(record.ref, None, record) for record in records])


def texts(scope: ScopeModel) -> list[str]:
    return [node.text for node in scope.nodes()]


def test_machines_before_their_host_wait_for_it(scope: ScopeModel) -> None:
    put(scope, domain("web-10"), domain("web-9"))
    assert texts(scope) == ["Celadon"]
    put(scope, host())
    assert texts(scope) == ["Celadon", "this-computer", "Virtual Machines", "web-9", "web-10"]


def test_what_comes_together_is_taken_in_together(scope: ScopeModel) -> None:
    put(scope, host(), domain("b-1"), domain("b-3"))
    told: list[tuple[int, int]] = []
    scope.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    put(scope, domain("c-2"), domain("a-1"), domain("b-2"), domain("c-1"), domain("a-2"))
    names = ["a-1", "a-2", "b-1", "b-2", "b-3", "c-1", "c-2"]
    assert texts(scope)[3:] == names
    assert told == [(0, 1), (3, 3), (5, 6)]
    assert [scope.index_of(node.id).data() for node in scope.nodes()][3:] == names


def test_a_host_that_goes_away_stays_and_its_machines_come_back(scope: ScopeModel) -> None:
    put(scope, host(), domain("web"))
    put(scope, host(HostState.AWAY))
    assert texts(scope) == ["Celadon", "this-computer"]
    node = scope.node("host/here")
    assert node is not None
    assert node.remark.startswith("away")
    put(scope, host())
    assert texts(scope) == ["Celadon", "this-computer", "Virtual Machines", "web"]


def test_a_rename_moves_the_node_and_an_index_follows(scope: ScopeModel) -> None:
    put(scope, host(), domain("a"), domain("b"), domain("c"))
    held = QPersistentModelIndex(scope.index_of("machine/uuid-a"))
    put(scope, replace(domain("a"), name="z"))
    assert (held.row(), held.data()) == (2, "z")
    put(scope, replace(domain("a"), name="b0"))
    assert (held.row(), held.data()) == (1, "b0")


def test_whoever_looks_as_a_node_is_about_to_move_sees_all_where_they_stand(
    scope: ScopeModel,
) -> None:
    put(scope, host(), *(domain(name) for name in "abcde"))
    above = scope.index_of("machine/uuid-a").parent()
    seen: list[list[int]] = []

    def look() -> None:
        nodes = [scope.node_at(scope.index(row, 0, above)) for row in range(5)]
        seen.append([scope.index_of(node.id).row() for node in nodes if node])

    scope.rowsAboutToBeMoved.connect(look)
    put(scope, replace(domain("a"), name="z"))
    put(scope, replace(domain("a"), name="b0"))
    assert seen == [[0, 1, 2, 3, 4]] * 2


def test_a_state_changes_the_mark_in_place(scope: ScopeModel) -> None:
    put(scope, host(), domain("a"), domain("b"))
    told: list[int] = []
    scope.dataChanged.connect(lambda index, _last: told.append(index.row()))
    put(scope, domain("b", DomainState.RUNNING))
    assert told == [1]


def test_what_is_gone_is_gone(scope: ScopeModel) -> None:
    put(scope, host(), away_host(), domain("a"))
    scope.apply([Change(domain("a").ref, domain("a"), None)])
    assert "a" not in texts(scope)
    scope.apply([Change(HOST, host(), None)])
    put(scope, host())
    assert "a" not in texts(scope)


def test_the_tree_stays_where_one_stands(scope: ScopeModel, qtbot: QtBot) -> None:
    pane = ScopePane(scope)
    qtbot.addWidget(pane)
    put(scope, host(), domain("b"))
    assert pane.isExpanded(scope.index_of("host/here"))
    pane.choose("machine/uuid-b")
    put(scope, domain("a"), domain("c"), replace(domain("b"), name="z"))
    chosen = pane.chosen()
    assert chosen is not None
    assert chosen.text == "z"


def test_a_remark_that_counts_is_drawn_anew(scope: ScopeModel) -> None:
    scope._put(replace(root_node(), id="x", remark="next try in {left}", counts_to=time.time() + 9))
    assert [node.id for node in counting(scope)] == ["x"]
    drawn: list[object] = []
    scope.dataChanged.connect(lambda first, _last: drawn.append(first.data(REMARK_ROLE)))
    count(scope)
    assert drawn == ["next try in 9 s"]
    scope._put(replace(root_node(), id="x"))
    assert counting(scope) == []


def test_a_snap_in_can_say_what_the_root_shows(qtbot: QtBot) -> None:
    view = Message("All", "Everything")
    plain = ScopeModel((snapin(),))
    with_view = ScopeModel((snapin(), replace(snapin(), root_view=view)))
    told = [model.node(ROOT) for model in (plain, with_view)]
    assert [node.view.title for node in told if node and isinstance(node.view, Message)] == [
        "Celadon",
        "All",
    ]
