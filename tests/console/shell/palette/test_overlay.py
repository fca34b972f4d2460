"""The palette by keyboard, over the whole window."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend.model import Domain, DomainState
from console.shell.palette.rows import in_words
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn

Key = Qt.Key


def open_palette(shell: MainWindow) -> None:
    QTest.keyClick(shell, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.finder.isVisible()


def write(shell: MainWindow, text: str) -> None:
    QTest.keyClicks(shell.finder.entry, text)


def press(shell: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(shell.finder.entry, key)


def found(shell: MainWindow) -> list[str]:
    return [hit.find.title for hit in shell.finder.model.hits]


def chosen(shell: MainWindow) -> str:
    hit = shell.finder.hit
    return hit.find.title if hit else ""


def test_it_opens_by_keys_and_gives_the_keyboard_back(shell: MainWindow) -> None:
    shell.activateWindow()
    page(shell).area.pane.setFocus()
    open_palette(shell)
    assert QApplication.focusWidget() is shell.finder.entry
    press(shell, Key.Key_Escape)
    assert not shell.finder.isVisible()
    assert QApplication.focusWidget() is page(shell).area.pane


def test_empty_it_offers_what_can_be_done_here_and_return_does_nothing(shell: MainWindow) -> None:
    choose(shell, "web-01")
    open_palette(shell)
    assert found(shell)[:3] == ["Connect...", "Shut Down", "Turn Off"]
    snapin.calls.clear()
    press(shell, Key.Key_Return)
    assert snapin.calls == []
    press(shell, Key.Key_Down, Key.Key_Return)
    assert snapin.calls == [("machine.connect", ("uuid-web-01",))]
    assert not shell.finder.isVisible()


def test_return_goes_to_a_machine(shell: MainWindow) -> None:
    open_palette(shell)
    write(shell, "db-0")
    assert chosen(shell) == "db-01"
    press(shell, Key.Key_Return)
    assert shell.windowTitle().startswith("db-01")


def test_the_second_step_does_it_to_a_machine_that_is_not_selected(
    shell: MainWindow, engine: FakeEngine
) -> None:
    choose(shell, "win-11")
    open_palette(shell)
    write(shell, "web-01")
    press(shell, Key.Key_Tab)
    assert found(shell)[:3] == ["Go There", "Connect...", "Shut Down"]
    assert chosen(shell) == "Go There"
    write(shell, "shut")
    press(shell, Key.Key_Return)
    turn()
    (submission,) = engine.submissions
    assert submission.operation == "snapin.shutdown"
    assert submission.ref == domain("web-01").ref
    assert [record.ref for record in page(shell).area.pane.chosen()] == [domain("win-11").ref]


def test_there_are_ways_back_from_the_second_step(shell: MainWindow) -> None:
    open_palette(shell)
    for way in (Key.Key_Backspace, Key.Key_Left, Key.Key_Backtab):
        write(shell, "web-01")
        press(shell, Key.Key_Right)
        assert found(shell)[0] == "Go There"
        press(shell, way)
        assert shell.finder.entry.text() == "web-01"
        assert chosen(shell) == "web-01"
        shell.finder.entry.clear()


def test_what_is_refused_says_why_and_is_not_done(shell: MainWindow) -> None:
    choose(shell, "web-01")
    open_palette(shell)
    write(shell, "delete")
    hit = shell.finder.hit
    assert hit is not None
    assert hit.find.refusal == "Turn it off first."
    assert "Turn it off first." in in_words(hit)
    press(shell, Key.Key_Return)
    assert shell.finder.isVisible()
    assert snapin.calls == []


def test_settings_of_the_window_are_there(shell: MainWindow, qapp: QApplication) -> None:
    open_palette(shell)
    write(shell, "appearance dark")
    assert chosen(shell) == "Dark"
    press(shell, Key.Key_Return)
    assert qapp.palette().base().color().lightness() < 60
    open_palette(shell)
    assert chosen(shell) == ""
    assert found(shell)[0] == "Dark"
    assert shell.finder.model.hits[0].find.beside.endswith("on")


def test_what_can_be_done_at_another_node_is_there_once(shell: MainWindow) -> None:
    shell.context.navigate("host/here")
    open_palette(shell)
    write(shell, "quick create")
    assert found(shell).count("Quick Create...") == 1
    press(shell, Key.Key_Return)
    assert snapin.calls == [("machine.new", ())]


def test_the_choice_goes_round_and_pages(shell: MainWindow) -> None:
    open_palette(shell)
    press(shell, Key.Key_Up)
    first = chosen(shell)
    press(shell, Key.Key_Up)
    assert chosen(shell) == found(shell)[-1]
    press(shell, Key.Key_Down)
    assert chosen(shell) == first == found(shell)[0]
    press(shell, Key.Key_PageDown)
    assert chosen(shell) == found(shell)[11]


def test_nothing_found_says_so(shell: MainWindow) -> None:
    open_palette(shell)
    write(shell, "qqqzzz")
    assert found(shell) == []
    assert shell.finder._nothing.isVisible()
    press(shell, Key.Key_Return, Key.Key_Tab, Key.Key_Down)
    assert shell.finder.isVisible()


def test_a_click_beside_it_closes_it_and_one_on_a_line_does_it(shell: MainWindow) -> None:
    open_palette(shell)
    QTest.mouseClick(shell.finder, Qt.MouseButton.LeftButton, pos=QPoint(5, shell.height() - 5))
    assert not shell.finder.isVisible()
    open_palette(shell)
    write(shell, "db-01")
    spot = shell.finder.list.visualRect(shell.finder.model.index(0)).center()
    QTest.mouseClick(shell.finder.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shell.windowTitle().startswith("db-01")


def test_it_stays_inside_a_window_of_any_size(shell: MainWindow) -> None:
    for width, height in ((800, 520), (1600, 900)):
        shell.resize(width, height)
        open_palette(shell)
        QApplication.processEvents()
        assert shell.rect().contains(shell.finder.panel.geometry())
        assert shell.finder.panel.height() > 100
        press(shell, Key.Key_Escape)


def test_what_changes_meanwhile_is_asked_again(shell: MainWindow, engine: FakeEngine) -> None:
    """The machine was shut down by somebody else while the palette was open."""
    open_palette(shell)
    write(shell, "shut web-01")
    assert chosen(shell) == "Shut Down"
    record = engine.records[domain("web-01").ref]
    assert isinstance(record, Domain)
    engine.put(replace(record, state=DomainState.OFF))
    turn()
    press(shell, Key.Key_Return)
    turn()
    assert engine.submissions == []
    assert [notice.title for notice in shell.panes.notices.shown] == ["Shut Down"]
