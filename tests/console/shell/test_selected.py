"""The selection survives what happens to the rows."""

from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, names, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain


def chosen(shell: MainWindow) -> list[str]:
    return [record.ref.key.removeprefix("uuid-") for record in page(shell).chosen()]


def test_what_the_filter_hides_is_not_selected_until_it_is_back(shell: MainWindow) -> None:
    choose(shell, "web-01", "db-01")
    told: list[int] = []
    page(shell).area.selected.chosen_changed.connect(lambda records: told.append(len(records)))
    shell.filter_box.setText("web")
    assert chosen(shell) == ["web-01"]
    shell.filter_box.setText("build")
    assert chosen(shell) == []
    shell.filter_box.setText("")
    assert chosen(shell) == ["db-01", "web-01"]
    assert told == [1, 0, 2]


def test_what_the_user_selects_meanwhile_is_what_counts(shell: MainWindow) -> None:
    choose(shell, "db-01")
    shell.filter_box.setText("web")
    choose(shell, "web-02")
    shell.filter_box.setText("")
    assert chosen(shell) == ["web-02"]


def test_it_survives_groups_order_and_a_thousand_that_come(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-01", "web-02", "build")
    before = chosen(shell)
    page(shell).area.arranger.group_by("state")
    assert sorted(chosen(shell)) == before
    page(shell).area.arranger.group_by("")
    page(shell).area.arranger.descend()
    assert chosen(shell) == before[::-1]
    engine.put(*(domain(f"vm-{i}") for i in range(1000)))
    qtbot.waitUntil(lambda: len(names(shell)) > 1000)
    assert chosen(shell) == before[::-1]


def test_one_that_is_deleted_is_not_selected_any_more(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-01", "web-02")
    engine.drop(domain("web-01").ref)
    qtbot.waitUntil(lambda: chosen(shell) == ["web-02"])
    engine.put(domain("web-02", DomainState.PAUSED))
    qtbot.wait(20)
    assert chosen(shell) == ["web-02"]


def test_rows_in_a_closed_group_are_not_selected(shell: MainWindow) -> None:
    choose(shell, "web-01", "template-debian")
    page(shell).area.arranger.group_by("state")
    page(shell).area.arranger.fold("Running")
    assert chosen(shell) == ["template-debian"]
    page(shell).area.arranger.fold_all(())
    assert sorted(chosen(shell)) == ["template-debian", "web-01"]


def test_who_has_chosen_nothing_stays_at_the_top_while_rows_come_before(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    area = page(shell).area
    area.pane.setFocus()
    area.selected.setCurrentIndex(area.model.index(0, 0), area.selected.SelectionFlag.Clear)
    for first, count in (("b", 5), ("a", 500)):
        whole = len(names(shell)) + count
        engine.put(*(domain(f"{first}-{i}") for i in range(count)))
        qtbot.waitUntil(lambda whole=whole: len(names(shell)) == whole)  # type: ignore[misc]
        assert area.selected.currentIndex().row() == 0
        assert area.pane.verticalScrollBar().value() == 0


def test_a_row_that_is_chosen_keeps_its_place_on_the_screen(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    pane = page(shell).area.pane
    choose(shell, "cache-01")
    before = pane.visualRect(pane.currentIndex()).top()
    engine.put(*(domain(f"a-{i}") for i in range(300)))
    qtbot.waitUntil(lambda: len(names(shell)) == 309)
    assert pane.visualRect(pane.currentIndex()).top() == before
    assert chosen(shell) == ["cache-01"]
