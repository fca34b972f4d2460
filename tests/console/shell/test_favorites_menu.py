"""The menu Favorites."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from console.shell.arrangement import Mode
from console.shell.favorites import Favorite
from console.shell.favorites_dialog import FavoritesDialog
from console.shell.window import MainWindow
from tests.console.shell.steps import names, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain
from tests.fakes.turning import turn

LIST, WEB = f"machines/{HOST.host}", "machine/uuid-web-01"


def entries(shell: MainWindow) -> list[QAction]:
    shell.favorites.fill()
    menu = shell.favorites.menu
    own = (shell.commands.add_favorite, shell.commands.organize_favorites)
    return [a for a in menu.actions() if a.text() and a not in own]


def test_a_place_is_added_with_its_filter_and_gone_to(shell: MainWindow, qtbot: QtBot) -> None:
    shell.filter_box.setText("web")
    shell.commands.add_favorite.trigger()
    turn()
    dialog = next(d for d in shell.findChildren(QDialog) if d.isVisible())
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Virtual Machines - this-computer"
    field.setText("My webs & more")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(entries(shell)) == 1)
    (entry,) = entries(shell)
    assert entry.text() == "My webs && more\tAlt+1"
    shell.filter_box.clear()
    shell.context.navigate(WEB)
    entry.trigger()
    assert shell.guide.history.here == LIST
    assert shell.filter_box.text() == "web"
    assert names(shell) == ["web-01", "web-02"]


def test_of_a_long_name_as_much_is_proposed_as_there_is_room_for(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.put(replace(domain("web-01"), name="w" * 200))
    shell.context.navigate(WEB)
    qtbot.waitUntil(lambda: any(node.text == "w" * 200 for node in shell.scope.nodes()))
    shell.commands.add_favorite.trigger()
    turn()
    dialog = next(d for d in shell.findChildren(QDialog) if d.isVisible())
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "w" * 80


def test_a_list_is_drawn_again_as_it_was_when_it_was_added(shell: MainWindow, qtbot: QtBot) -> None:
    def draw_as(mode: Mode) -> None:
        page(shell).area.arranger.draw_as(mode)

    draw_as(Mode.LARGE_ICONS)
    shell.commands.add_favorite.trigger()
    turn()
    dialog = next(d for d in shell.findChildren(QDialog) if d.isVisible())
    field = dialog.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(entries(shell)) == 1)
    draw_as(Mode.DETAILS)
    entries(shell)[0].trigger()
    assert page(shell).area.arranger.arrangement.mode is Mode.LARGE_ICONS
    shell.session.favorites.add(Favorite("", "Of before", LIST))
    draw_as(Mode.DETAILS)
    entries(shell)[1].trigger()
    assert page(shell).area.arranger.arrangement.mode is Mode.DETAILS


def test_keys_go_to_the_first_ones(shell: MainWindow, qtbot: QtBot) -> None:
    shell.session.favorites.add(Favorite("", "Web", WEB))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shell.guide.history.here == WEB
    QTest.keyClick(shell, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert shell.guide.history.here == WEB


def test_one_that_is_not_there_is_grey_and_says_why(shell: MainWindow) -> None:
    gone = shell.session.favorites.add(Favorite("", "Old", "machine/gone", host=HOST.host))
    (entry,) = entries(shell)
    assert not entry.isEnabled()
    assert entry.text().startswith("Old (it is not there now)")
    here = shell.guide.history.here
    shell.favorites.go(gone)
    assert shell.guide.history.here == here
    assert "not there now" in shell.panes.notices.shown[0].sentence


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a dialog, offscreen
def test_organizing_opens_a_dialog(shell: MainWindow) -> None:
    shell.commands.organize_favorites.trigger()
    (dialog,) = shell.findChildren(FavoritesDialog)
    assert dialog.isVisible()
    dialog.close()
