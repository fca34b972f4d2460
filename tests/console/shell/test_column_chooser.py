"""Choosing columns."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from console.shell.column_chooser import ColumnChooser
from console.shell.window import MainWindow
from tests.console.shell.steps import page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a window, offscreen


@pytest.fixture
def chooser(shell: MainWindow, qtbot: QtBot) -> Iterator[ColumnChooser]:
    page(shell).area.pane.columns.choose()
    chooser = shell.findChild(ColumnChooser)
    assert isinstance(chooser, ColumnChooser)
    yield chooser
    for left in shell.findChildren(ColumnChooser):
        left.close()


def columns(chooser: ColumnChooser) -> QListWidget:
    found = chooser.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def button(chooser: ColumnChooser, text: str) -> QPushButton:
    return next(b for b in chooser.findChildren(QPushButton) if b.text() == text)


def test_a_tick_shows_a_column_at_once_and_the_name_has_none_to_take(
    shell: MainWindow, chooser: ColumnChooser
) -> None:
    listed = columns(chooser)
    texts = [listed.item(row).text() for row in range(listed.count())]
    assert texts == ["Name", "State", "CPU", "Memory", "Address", "Notes", "Status"]
    notes = texts.index("Notes")
    assert listed.item(notes).checkState() is Qt.CheckState.Unchecked
    listed.setCurrentRow(notes)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert not page(shell).area.pane.columns.isSectionHidden(5)
    assert not listed.item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable


def test_keys_move_a_column_and_one_stays_on_it(shell: MainWindow, chooser: ColumnChooser) -> None:
    listed = columns(chooser)
    listed.setCurrentRow(2)
    for _ in range(3):
        QTest.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page(shell).area.arranger.arrangement.order[:2] == ("cpu", "name")
    assert listed.currentItem().text() == "CPU"
    assert not button(chooser, "Move Up").isEnabled()
    QTest.keyClick(listed, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page(shell).area.arranger.arrangement.order[:2] == ("name", "cpu")
    button(chooser, "Reset").click()
    assert page(shell).area.arranger.arrangement.order[:3] == ("name", "state", "cpu")


def test_a_search_finds_and_nothing_moves_past_what_it_hides(chooser: ColumnChooser) -> None:
    listed = columns(chooser)
    chooser._search.setText("no")
    shown = [listed.item(i).text() for i in range(listed.count()) if not listed.item(i).isHidden()]
    assert shown == ["Notes"]
    listed.setCurrentRow(5)
    assert not button(chooser, "Move Down").isEnabled()
    chooser._search.clear()
    assert button(chooser, "Move Down").isEnabled()


def test_it_is_there_once(shell: MainWindow, chooser: ColumnChooser, qtbot: QtBot) -> None:
    shell.commands.columns.trigger()
    assert len(shell.findChildren(ColumnChooser)) == 1
    chooser.close()
    qtbot.waitUntil(lambda: not shell.findChildren(ColumnChooser))
    shell.commands.columns.trigger()
    assert len(shell.findChildren(ColumnChooser)) == 1
