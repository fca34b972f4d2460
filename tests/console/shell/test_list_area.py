"""The lines of a list, and what stands there instead."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.shell.window import MainWindow
from tests.console.shell.steps import names, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import readings


def test_what_the_filter_leaves_is_summed_up(shell: MainWindow) -> None:
    shell.filter_box.setText("state:running")
    assert len(names(shell)) == 4
    assert shell.panes.result._summary.text() == "4 of 9 shown · 4 running, 0 off"
    shell.filter_box.setText("")
    assert shell.panes.result._summary.text() == "4 running, 5 off"


def test_what_was_not_understood_is_said_above_and_hides_nothing(shell: MainWindow) -> None:
    shell.filter_box.setText("web colour:red")
    assert names(shell) == ["web-01", "web-02"]
    assert shell.panes.result._summary.text().startswith("There is no field “colour”.")
    shell.filter_box.setText("web")
    assert "no field" not in shell.panes.result._summary.text()


def test_the_slow_clock_follows_figures_that_are_asked_for(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.filter_box.setText("cpu>1")
    assert names(shell) == []
    machines = tuple(r for r in engine.records.values() if isinstance(r, Domain))
    with qtbot.waitSignal(shell.bridge.samples_arrived):
        engine.sample(*readings(1.0, machines))
    assert names(shell) == []
    page(shell).area._look_again()
    assert len(names(shell)) == 4
    assert page(shell).area.currentWidget() is page(shell).area.pane


def test_rows_that_may_not_be_true_any_more_are_faint_one_by_one(shell: MainWindow) -> None:
    area = page(shell).area
    rows = {row.record.ref.key: row for row in area.model.lines.rows()}
    assert not area._is_outdated(rows["uuid-web-01"])
    area.renew(replace(area._view, is_outdated=lambda machine, _: machine.name == "web-01"))
    faint = [key for key, row in rows.items() if area._is_outdated(row)]
    assert faint == ["uuid-web-01"]
