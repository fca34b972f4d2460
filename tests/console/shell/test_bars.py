"""Menus and tool bar are projections, without a dead entry."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolBar

from console.shell.bars import context_menu, fill_action_menu
from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered
from tests.fakes.snapin import calls


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.isVisible() and action.text()]


def test_the_action_menu_offers_what_the_pane_offers(shell: MainWindow) -> None:
    choose(shell, "web-01")
    menu = QMenu(shell)
    fill_action_menu(menu, shell.actions_of)
    ids = {action.objectName() for action in entries(menu)} - {""}
    assert ids == set(offered(shell))


def test_a_context_menu_is_of_the_selection(shell: MainWindow) -> None:
    choose(shell, "web-01")
    menu = context_menu(shell, shell.actions_of)
    assert "Shut Down" in [action.text() for action in entries(menu)]
    assert "Quick Create..." not in [action.text() for action in entries(menu)]
    assert menu.toolTipsVisible()


def test_each_menu_has_something_in_it(shell: MainWindow) -> None:
    menus = [action.menu() for action in shell.menuBar().actions()]
    assert len(menus) == 7
    for menu in menus:
        assert isinstance(menu, QMenu)
        assert entries(menu)


def test_the_tool_bar_can_be_heard(shell: MainWindow) -> None:
    (bar,) = shell.findChildren(QToolBar)
    for action in bar.actions():
        if action.text():
            assert bar.widgetForAction(action).accessibleName() == action.text()


def test_where_nothing_can_be_done_the_menu_says_so(shell: MainWindow) -> None:
    shell.context.navigate("")
    menu = QMenu(shell)
    fill_action_menu(menu, shell.actions_of)
    assert [action.isEnabled() for action in entries(menu)] == [False]


def test_the_file_menu_has_what_can_be_done_everywhere(shell: MainWindow) -> None:
    shell.context.navigate(ROOT)
    file = shell.menuBar().actions()[0].menu()
    assert isinstance(file, QMenu)
    connect = next(action for action in entries(file) if action.objectName() == "hosts.connect")
    assert connect.isEnabled()
    assert "hosts.connect" not in offered(shell)
    connect.trigger()
    assert calls == [("connect", ())]
