"""The menus of a list, by the menu bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, names, page


def entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.text()]


def trigger(menu: QMenu, text: str) -> None:
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()


def checked(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_sorting(shell: MainWindow) -> None:
    assert checked(shell.lists.sort) == ["Name", "Ascending"]
    first = names(shell)
    trigger(shell.lists.sort, "Descending")
    assert names(shell) == first[::-1]
    trigger(shell.lists.sort, "State")
    assert checked(shell.lists.sort) == ["State", "Descending"]


def test_grouping_and_folding(shell: MainWindow) -> None:
    assert entries(shell.lists.group) == ["None", "State", "Open All", "Close All"]
    trigger(shell.lists.group, "State")
    assert names(shell)[0] == "Crashed (1)" or "(" in names(shell)[0]
    count = len(names(shell))
    trigger(shell.lists.group, "Close All")
    assert all("(" in name for name in names(shell))
    trigger(shell.lists.group, "Open All")
    assert len(names(shell)) == count
    trigger(shell.lists.group, "None")
    assert len(names(shell)) == 9


@pytest.mark.parametrize("name", ["sort", "group"])
def test_without_a_list_they_are_off(shell: MainWindow, name: str) -> None:
    menu: QMenu = getattr(shell.lists, name)
    assert menu.menuAction().isEnabled()
    shell.context.navigate(ROOT)
    assert page_is_gone(shell)
    assert not menu.menuAction().isEnabled()


def page_is_gone(shell: MainWindow) -> bool:
    return shell.panes.result.list is None


def test_rows_are_copied_as_a_spreadsheet_takes_them(shell: MainWindow) -> None:
    choose(shell, "win-11", "build")
    QTest.keyClick(page(shell).area.pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["build", "Paused-Critical"],
        ["win-11", "Saved"],
    ]


def test_what_is_exported_is_what_is_shown_and_what_is_folded_away(shell: MainWindow) -> None:
    area = page(shell).area
    area.arranger.hide("cpu")
    area.arranger.move("status", 1)
    area.arranger.group_by("state")
    area.arranger.fold("Running")
    shell.filter_box.setText("-win")
    table = area.table()
    assert [column.id for column in table.columns] == [
        "name",
        "status",
        "state",
        "memory",
        "address",
    ]
    assert len(table.rows) == 8
    running = [row[0][1] for row in table.rows if row[2][1] == "Running"]
    assert running == ["cache-01", "db-01", "web-01", "web-02"]
    assert next(row for row in table.rows if row[0][1] == "web-01")[3] == (2.0 * 2**30, "2 GiB")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_export_asks_where_to(shell: MainWindow) -> None:
    shell.lists.export.trigger()
    dialog = shell.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.close()
