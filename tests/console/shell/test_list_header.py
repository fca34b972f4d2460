"""The header: what the mouse does there, and what its menu offers."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from console.sdk.look import GRID
from console.sdk.views import Cell
from console.shell import list_pane
from console.shell.window import MainWindow
from tests.console.shell.steps import names, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a menu, offscreen


def entries(menu: QMenu) -> dict[str, bool]:
    return {a.text(): a.isChecked() for a in menu.actions() if a.text()}


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_click_sorts_and_a_second_one_turns_round(shell: MainWindow, qtbot: QtBot) -> None:
    columns = page(shell).area.pane.columns
    spot = QPoint(columns.sectionViewportPosition(0) + 20, 10)
    first = names(shell)
    QTest.mouseClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(shell) == first[::-1]
    assert page(shell).area.arranger.arrangement.is_descending


def test_a_column_that_was_moved_by_the_mouse_stays_there(shell: MainWindow) -> None:
    columns = page(shell).area.pane.columns
    columns.moveSection(columns.visualIndex(2), 1)
    assert page(shell).area.arranger.arrangement.order[:3] == ("name", "cpu", "state")
    page(shell).area.arranger.reset()
    assert [columns.visualIndex(number) for number in range(3)] == [0, 1, 2]


def test_its_menu_has_what_can_be_done_with_a_column(shell: MainWindow) -> None:
    arranger, columns = page(shell).area.arranger, page(shell).area.pane.columns
    trigger(columns.menu(1), "Sort Descending")
    assert (arranger.arrangement.sort, arranger.arrangement.is_descending) == ("state", True)
    trigger(columns.menu(1), "Group by State")
    assert arranger.arrangement.group == "state"
    trigger(columns.menu(0), "No Groups")
    assert arranger.arrangement.group == ""
    trigger(columns.menu(2), "Hide CPU")
    assert columns.isSectionHidden(2)
    assert entries(columns.menu())["CPU"] is False
    trigger(columns.menu(), "CPU")
    assert not columns.isSectionHidden(2)
    trigger(columns.menu(), "Reset Columns")
    assert arranger.arrangement.sort == "name"


def test_figures_are_no_groups_and_the_name_is_not_hidden(shell: MainWindow) -> None:
    menu = page(shell).area.pane.columns.menu(2)
    assert "Group by CPU" not in entries(menu)
    menu.close()
    menu = page(shell).area.pane.columns.menu(0)
    assert "Hide Name" not in entries(menu)
    assert not next(a for a in menu.actions() if a.text() == "Name").isEnabled()
    menu.close()


def test_a_double_click_on_the_divider_fits_the_widest_cell_of_all_rows(
    shell: MainWindow, qtbot: QtBot
) -> None:
    pane = page(shell).area.pane
    columns = pane.columns
    columns.resizeSection(0, 60)
    edge = QPoint(columns.sectionViewportPosition(0) + columns.sectionSize(0) - 1, 10)
    QTest.mouseDClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    widest = shell.fontMetrics().horizontalAdvance("template-debian")
    assert columns.sectionSize(0) >= widest + 17
    assert page(shell).area.arranger.arrangement.widths["name"] == columns.sectionSize(0)


def test_fit_all_leaves_no_cell_cut(shell: MainWindow) -> None:
    pane = page(shell).area.pane
    trigger(pane.columns.menu(0), "Fit All to Contents")
    for number in pane.columns.shown()[:-1]:
        assert pane.columns.sectionSize(number) >= pane.sizeHintForColumn(number)


def test_of_a_long_list_some_rows_say_how_wide_a_column_is(
    shell: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = page(shell).area.pane
    assert pane.about_width(0) == pane.sizeHintForColumn(0)
    measured: list[str] = []

    def cell_width(_option: QStyleOptionViewItem, cell: Cell) -> int:
        measured.append(cell.text)
        return 1

    monkeypatch.setattr(list_pane, "cell_width", cell_width)
    monkeypatch.setattr(list_pane, "_SOME", 3)
    pane.about_width(0)
    every = names(shell)
    assert measured == every[:: 1 + len(every) // 3]
    measured.clear()
    pane.sizeHintForColumn(0)
    assert measured == every


def test_a_long_name_is_not_cut_off_beside_a_column_that_is_half_empty(
    shell: MainWindow, engine: FakeEngine
) -> None:
    name = "a-machine-with-a-long-name-that-says-all"
    engine.put(domain(name))
    turn()
    columns = page(shell).area.pane.columns
    for number in columns.shown()[2:-1]:
        page(shell).area.arranger.hide(page(shell).area.arranger.columns[number].id)
    columns.fit(1200)
    needed = columns.fontMetrics().horizontalAdvance(name)
    assert needed < columns.sectionSize(0) <= 600
    columns.fit(300)
    assert columns.length() <= max(300, columns.viewport().width())


def test_a_long_name_ends_in_dots_where_that_spares_scrolling_sideways(
    shell: MainWindow, engine: FakeEngine
) -> None:
    engine.put(domain("a-machine-with-a-long-name-that-says-all"))
    turn()
    columns = page(shell).area.pane.columns

    def fitted(room: int) -> list[int]:
        columns.fit(room)
        return [columns.sectionSize(number) for number in columns.shown()[:-1]]

    count = len(columns.wanted())
    least = fitted(next(room for room in range(300, 2000) if len(fitted(room)) == count - 1))
    room = sum(least) + 30 * GRID
    name, *others = fitted(room + 20)
    assert name == least[0] + 20
    assert others == least[1:], "what is a figure or a state is told whole"
    assert sum(fitted(room + 7)) <= room + 7 - 30 * GRID, "the last one has room too"


def test_the_last_columns_leave_before_a_list_scrolls_sideways(shell: MainWindow) -> None:
    area = page(shell).area
    columns, wanted = area.pane.columns, area.pane.columns.wanted()
    seen = set()
    for room in range(1500, 130, -30):
        columns.fit(room)
        assert columns.length() <= max(room, columns.viewport().width())
        assert columns.shown() == wanted[: len(columns.shown())]
        seen.add(len(columns.shown()))
    assert seen == set(range(1, len(wanted) + 1)), "one after the other"
    texts = [action.text() for action in columns.menu().actions()]
    unseen = area.arranger.columns[wanted[-1]].title
    assert f"{unseen} (no room)" in texts
    assert unseen in [column.title for column in area.table().columns], "an export has it"
    columns.fit(1500)
    assert columns.shown() == wanted


def test_who_has_sized_a_column_keeps_all_he_chose(shell: MainWindow) -> None:
    columns = page(shell).area.pane.columns
    columns.fit(400)
    assert len(columns.shown()) < len(columns.wanted())
    columns.resizeSection(0, 300)
    assert columns.shown() == columns.wanted()
    assert columns.sectionSize(0) == 300


def test_who_asks_for_a_column_sees_it(shell: MainWindow) -> None:
    area = page(shell).area
    columns, asked = area.pane.columns, area.arranger.columns
    columns.fit(400)
    assert len(columns.shown()) < len(columns.wanted())
    unseen = next(column for column in asked if not column.is_shown)
    area.arranger.show(unseen.id)
    assert columns.shown() == columns.wanted()
    area.arranger.hide(unseen.id)
    columns.fit(400)
    assert len(columns.shown()) < len(columns.wanted())


def test_no_column_leaves_as_one_sorts(shell: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    area = page(shell).area
    columns, arranger = area.pane.columns, area.arranger
    columns.fit(columns.viewport().width())
    stood = [(number, columns.sectionSize(number)) for number in columns.shown()]
    wider = columns.viewport().width()
    monkeypatch.setattr(area.pane, "about_width", lambda _number: wider)  # it has run for days
    for arrange in (arranger.descend, lambda: arranger.sort_by("state"), arranger.ascend):
        arrange()
        assert [(number, columns.sectionSize(number)) for number in columns.shown()] == stood
    assert not arranger.arrangement.widths, "nobody has sized one"
    columns.fit(wider)
    assert len(columns.shown()) < len(stood)
