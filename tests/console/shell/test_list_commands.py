"""The menus of a list, by the menu bar."""

import pytest
from PySide6.QtWidgets import QMenu

from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.console.shell.steps import names


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
