from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backend.model import Change, Kind, Record
from console.sdk.nodes import Mark, Tone
from console.shell.scope_model import MARK_ROLE, ScopeModel
from console.shell.scope_pane import ScopePane
from console.snapins.alerts.snapin import contents
from tests.fakes.alarms import CPU, MEMORY, alert, alerts
from tests.fakes.machines import HOST, domain, host
from tests.fakes.snapin import snapin

WEB, DB = domain("web-01"), domain("db")


@pytest.fixture
def scope(qtbot: QtBot) -> Iterator[ScopeModel]:
    model = ScopeModel((snapin(), contents()))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    assert tester.model() is model


def put(scope: ScopeModel, *records: Record) -> None:
    scope.apply([Change(record.ref, None, record) for record in records])


def marked(scope: ScopeModel) -> dict[str, Mark]:
    found = {node.text: scope.index_of(node.id).data(MARK_ROLE) for node in scope.nodes()}
    return {text: mark for text, mark in found.items() if mark}


def test_a_machine_and_all_above_it_show_the_mark(scope: ScopeModel) -> None:
    put(scope, host(), WEB, DB)
    told: list[str] = []
    scope.dataChanged.connect(lambda index, _end: told.append(index.data()))
    put(scope, alerts(WEB.ref, alert(CPU)))
    shown = marked(scope)
    assert set(shown) == {"web-01", "Virtual Machines", "this-computer"} == set(told)
    assert {mark.tone for mark in shown.values()} == {Tone.WARNING}
    spoken = {
        node.text: scope.index_of(node.id).data(Qt.ItemDataRole.AccessibleTextRole)
        for node in scope.nodes()
    }
    assert "Alert: CPU usage above 95 %" in spoken["web-01"]
    assert "Alerts: web-01" in spoken["this-computer"]
    assert "lert" not in spoken["db"]


def test_the_worst_is_what_is_seen_above(scope: ScopeModel) -> None:
    put(scope, host(), WEB, DB, alerts(WEB.ref, alert(CPU)), alerts(HOST, alert(MEMORY)))
    shown = marked(scope)
    assert shown["this-computer"].tone is Tone.BAD
    assert shown["Virtual Machines"].tone is Tone.WARNING
    words = shown["this-computer"].words
    assert "Memory of the server in use above 95 %" in words
    assert "web-01" in words


def test_marks_come_and_go_with_what_they_are_about(scope: ScopeModel) -> None:
    record = alerts(WEB.ref, alert(CPU))
    put(scope, record)
    assert marked(scope) == {}
    put(scope, host(), WEB)
    assert "web-01" in marked(scope)
    scope.apply([Change(WEB.ref, WEB, None)])
    assert marked(scope) == {}
    put(scope, WEB)
    scope.apply([Change(record.ref, record, None)])
    assert marked(scope) == {}


def test_many_are_not_all_named(scope: ScopeModel) -> None:
    machines = [domain(f"m-{number}") for number in range(5)]
    put(scope, host(), *machines, *(alerts(one.ref, alert(CPU)) for one in machines))
    assert marked(scope)["this-computer"].words == "Alerts: m-0, m-1, m-2 and 2 more"


def test_silent_ones_are_there_and_quiet(scope: ScopeModel) -> None:
    put(scope, host(), WEB, alerts(WEB.ref, alert(CPU, silent_until=4e9)))
    mark = marked(scope)["web-01"]
    assert (mark.icon, mark.tone) == ("ph.bell-slash", Tone.MUTED)
    assert mark.words.endswith(", silent")


def test_a_long_name_leaves_room_for_the_mark(scope: ScopeModel, qtbot: QtBot) -> None:
    long = domain("a-machine-with-a-name-that-never-seems-to-end-at-all")
    pane = ScopePane(scope)
    qtbot.addWidget(pane)
    put(scope, host(), long)
    pane.resize(200, 300)
    pane.show()
    before = pane.grab().toImage()
    put(scope, alerts(long.ref, alert(CPU)))
    qtbot.wait(20)
    after = pane.grab().toImage()
    index = next(scope.index_of(n.id) for n in scope.nodes() if n.text == long.name)
    area = pane.visualRect(index)
    ratio = before.devicePixelRatio()
    end = [
        (x, y)
        for x in range(int((area.right() - 20) * ratio), int(area.right() * ratio))
        for y in range(int(area.top() * ratio), int(area.bottom() * ratio))
    ]
    assert any(before.pixel(x, y) != after.pixel(x, y) for x, y in end)
    assert Kind.ALERTS in {record.kind for record in contents().marks}
