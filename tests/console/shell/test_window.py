"""The window as a whole: it opens, looks, remembers and closes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.bridge.door import Bridge
from console.sdk.forms import DetailView
from console.sdk.tabs import TabbedView
from console.sdk.views import DetailPage
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, names, page
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn


def test_it_opens_on_the_first_list(shell: MainWindow) -> None:
    assert shell.windowTitle().startswith("Virtual Machines")
    assert len(names(shell)) == 9
    assert shell.width() >= 800


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a menu, offscreen
def test_tree_and_actions_can_be_hidden_and_all_still_works(
    shell: MainWindow, qtbot: QtBot
) -> None:
    shell.commands.tree.trigger()
    shell.commands.actions.trigger()
    assert not shell.panes.tree.isVisible()
    assert not shell.panes.actions_pane.isVisible()
    choose(shell, "web-01")
    shell._on_list_menu(page(shell).area.pane.viewport(), QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.isVisible()]
    assert "Shut Down" in texts
    menu.close()


def test_every_widget_one_can_reach_has_a_name(shell: MainWindow) -> None:
    choose(shell, "web-01")
    nameless = [
        widget
        for widget in shell.findChildren(QWidget)  # not all: others may be half way gone
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is shell
        and not (widget.accessibleName() or widget.property("text"))
        and not widget.inherits("QTabBar")
    ]
    assert nameless == []


def test_the_appearance_changes_and_is_remembered(
    shell: MainWindow, settings: Settings, qapp: QApplication
) -> None:
    shell.session.set_appearance(Appearance.DARK)
    assert qapp.palette().base().color().lightness() < 60
    assert settings.text("appearance") == "dark"
    shell.session.set_appearance(Appearance.LIGHT)
    assert qapp.palette().base().color().lightness() > 200


def test_the_window_comes_back_as_it_was(
    shell: MainWindow, engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    header = page(shell).area.pane.header()
    header.resizeSection(0, 233)
    page(shell).area.arranger.hide("address")
    page(shell).area.pane.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shell.commands.tree.trigger()
    shell.panes.actions_pane.fold(frozenset({"node"}))
    shell.close()
    theme = Theme(qapp, Appearance.LIGHT)
    again = Session(Bridge(engine), (snapin.snapin(),), settings, theme).begin()
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.panes.result.list is not None)
    header = page(again).area.pane.header()
    assert header.sectionSize(0) == 233
    assert header.isSectionHidden(4)
    assert header.sortIndicatorSection() == 1
    assert not again.panes.tree.isVisible()
    assert again.panes.actions_pane.folded == {"node"}
    again.close()


def test_closing_with_work_under_way_is_quick_and_quiet(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.start")
    shell.actions_of.trigger("machine.delete")
    turn()
    with qtbot.waitSignal(shell.closed, timeout=1000):
        shell.close()
    engine.finish(1)
    engine.put(domain("late"))
    qtbot.wait(20)
    assert not +engine.watched


def test_who_is_led_somewhere_can_be_shown_the_very_page(shell: MainWindow) -> None:
    shell.context.navigate("host/here")
    form = TabbedView(shell.context)
    form.set_pages([DetailPage(name, name, DetailView) for name in ("first", "second")])
    shell.panes.result.form = form
    shell.context.navigate("host/here", None, "second")
    assert form.current == "second"
    shell.context.navigate("host/here")
    assert form.current == "second"
