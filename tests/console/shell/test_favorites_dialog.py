"""Favorites are put in order by keys alone, and what is removed can be taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.shell.favorites import Favorite
from console.shell.favorites_dialog import FavoritesDialog
from console.shell.window import MainWindow


@pytest.fixture
def dialog(shell: MainWindow, qtbot: QtBot) -> Iterator[FavoritesDialog]:
    for name in ("a", "b", "c"):
        shell.session.favorites.add(Favorite("", name, "node"))
    dialog = FavoritesDialog(shell.session.favorites, shell.session.journey, shell)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    yield dialog
    dialog.close()


def names(shell: MainWindow) -> list[str]:
    return [favorite.name for favorite in shell.session.favorites.all()]


def press(dialog: FavoritesDialog, key: Qt.Key, alt: str = "") -> None:
    modifier = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(dialog.list, key, modifier)


def test_order_by_keys(shell: MainWindow, dialog: FavoritesDialog) -> None:
    press(dialog, Qt.Key.Key_Down, "alt")
    assert names(shell) == ["b", "a", "c"]
    assert dialog.list.currentRow() == 1
    press(dialog, Qt.Key.Key_Down, "alt")
    assert not dialog.down.isEnabled()
    press(dialog, Qt.Key.Key_Up, "alt")
    assert names(shell) == ["b", "a", "c"]


def test_a_name_is_changed_in_place(shell: MainWindow, dialog: FavoritesDialog) -> None:
    dialog.list.currentItem().setText("new")
    assert names(shell) == ["new", "b", "c"]
    dialog.list.currentItem().setText("   ")
    assert names(shell) == ["new", "b", "c"]
    assert dialog.list.item(0).text() == "new"


def test_what_is_removed_comes_back_by_undo(shell: MainWindow, dialog: FavoritesDialog) -> None:
    press(dialog, Qt.Key.Key_Delete)
    assert names(shell) == ["b", "c"]
    assert shell.commands.undo.text() == "Undo Remove Favorite a"
    shell.commands.undo.trigger()
    assert names(shell) == ["a", "b", "c"]
    assert dialog.list.count() == 3


def test_when_there_are_none_it_says_how_to_get_one(
    shell: MainWindow, dialog: FavoritesDialog
) -> None:
    for _ in range(3):
        dialog.remove.click()
    assert dialog.list.count() == 0
    assert dialog._hint.isVisible()
    assert not dialog.remove.isEnabled()
