"""A list, its filter, its empty message, and who reads its figures."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from console.sdk import afterwards
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, names, page
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, readings


def test_the_filter_narrows_the_list_and_escape_clears_it(shell: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(shell.filter_box, "WEB run")
    assert names(shell) == ["web-01", "web-02"]
    QTest.keyClicks(shell.filter_box, "zzz")
    assert names(shell) == []
    assert page(shell).area.currentWidget() is page(shell).area._message
    QTest.keyClick(shell.filter_box, Qt.Key.Key_Escape)
    assert len(names(shell)) == 9


def test_an_empty_list_says_what_to_do_first(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    for ref in [ref for ref in engine.records if ref.key.startswith("uuid-")]:
        engine.drop(ref)
    qtbot.waitUntil(lambda: not page(shell).area.model.records)
    buttons = [b for b in page(shell).area._message.findChildren(QToolButton) if b.isVisible()]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.new", ())]


def test_figures_are_read_only_while_somebody_looks(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    assert engine.watched[HOST] == 1
    choose(shell, "web-01")
    afterwards.at_once()
    assert engine.watched[domain("web-01").ref] == 1
    choose(shell, "web-02")
    afterwards.at_once()
    assert engine.watched[domain("web-01").ref] == 0
    shell.hide()
    assert not +engine.watched
    shell.show()
    assert engine.watched[HOST] == 1
    shell.context.navigate("host/rack-2")
    assert not +engine.watched


def test_figures_change_nothing_but_their_cells(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-02")
    before = names(shell)
    told: list[tuple[int, int]] = []
    page(shell).area.model.dataChanged.connect(lambda a, b: told.append((a.column(), b.column())))
    machines = tuple(r for r in engine.records.values() if isinstance(r, type(domain("x"))))
    with qtbot.waitSignal(shell.bridge.samples_arrived):
        engine.sample(*readings(1.0, machines))
    assert told == [(2, 2)]
    assert names(shell) == before
    assert [r.ref.key for r in page(shell).area.pane.chosen()] == ["uuid-web-02"]
