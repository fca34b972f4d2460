"""The list under mouse and keys."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState
from console.sdk.views import Cell
from console.shell.window import MainWindow
from console.widgets.cells import paint_cell
from tests.console.shell.steps import choose, page
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, host, reading


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the cells say that are painted from now on."""
    told: list[str] = []
    paint = paint_cell

    def counted(painter: Any, option: Any, cell: Cell) -> None:
        told.append(cell.text)
        paint(painter, option, cell)

    monkeypatch.setattr("console.shell.list_pane.paint_cell", counted)
    return told


def settled(qtbot: QtBot) -> None:
    """Have everything painted that has to be."""
    qtbot.wait(150)
    QApplication.processEvents()


def read(shell: MainWindow, engine: FakeEngine, qtbot: QtBot, at: float, **shares: float) -> None:
    """Have a reading of each machine that runs arrive: as busy as told, the others at 5 %."""
    running = [r for r in engine.records.values() if isinstance(r, Domain) and r.is_active]
    with qtbot.waitSignal(shell.bridge.samples_arrived):
        engine.sample(*(reading(m.ref, at, shares.get(m.name[:2], 0.05)) for m in running))


def test_figures_that_stay_as_they_are_paint_nothing(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, drawn: list[str]
) -> None:
    for second in range(45):  # until the curve is full
        read(shell, engine, qtbot, float(second))
    settled(qtbot)
    drawn.clear()
    read(shell, engine, qtbot, 50.0)
    settled(qtbot)
    assert drawn == []


def test_a_figure_that_changes_paints_its_own_cell_alone(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, drawn: list[str]
) -> None:
    for second in range(45):
        read(shell, engine, qtbot, float(second))
    settled(qtbot)
    drawn.clear()
    read(shell, engine, qtbot, 50.0, db=0.42)
    settled(qtbot)
    assert drawn == ["42 %"]


def test_a_record_that_changes_paints_its_own_cells_alone(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, drawn: list[str]
) -> None:
    settled(qtbot)
    drawn.clear()
    engine.put(domain("web-02", DomainState.PAUSED))
    settled(qtbot)
    assert "Paused" in drawn
    assert not {"web-01", "db"} & set(drawn)


def test_rows_become_faint_with_their_host(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, drawn: list[str]
) -> None:
    settled(qtbot)
    drawn.clear()
    engine.put(replace(host(), processors=64))
    settled(qtbot)
    assert {"web-01", "web-02"} <= set(drawn), "whether they are faint is asked of the host"


def test_what_is_out_of_sight_is_not_even_worked_out(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, drawn: list[str]
) -> None:
    for number in range(200):
        engine.put(domain(f"zz-{number}"))
    roster = page(shell).area.model.roster
    qtbot.waitUntil(lambda: len(roster.members) == 209)
    settled(qtbot)
    drawn.clear()
    paused = domain("zz-199", DomainState.PAUSED)
    engine.put(paused)
    settled(qtbot)
    (row,) = roster.members.rows([paused.ref])
    # But for the name, which Qt asks for by itself.
    assert (row.record, row.cells[1:]) == (paused, [None] * (len(row.cells) - 1))
    assert "Paused" not in drawn
    page(shell).area.pane.scrollToBottom()
    settled(qtbot)
    assert "Paused" in drawn


def test_double_click_and_return_do_the_default(shell: MainWindow, qtbot: QtBot) -> None:
    pane = page(shell).area.pane
    choose(shell, "web-01")
    spot = pane.visualRect(pane.currentIndex()).center()
    QTest.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.mouseDClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert snapin.calls.count(("machine.connect", ("uuid-web-01",))) == 2


def test_columns_fit_the_room_until_the_user_arranges_them(shell: MainWindow, qtbot: QtBot) -> None:
    header = page(shell).area.pane.header()
    shell.resize(1440, 900)
    qtbot.waitUntil(lambda: header.sectionSize(2) > 150)
    shell.resize(900, 700)
    qtbot.waitUntil(lambda: header.sectionSize(2) < 150)
    header.resizeSection(2, 222)
    shell.resize(1440, 900)
    qtbot.wait(20)
    assert header.sectionSize(2) == 222
