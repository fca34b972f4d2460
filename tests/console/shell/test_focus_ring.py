"""The keyboard is always to be seen, also on what draws nothing for it."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.sdk.reading_order import take_keys_where_it_scrolls
from console.sdk.tall_sheet import TallSheet
from console.shell.focus_ring import FocusRing, needs_ring
from console.shell.theme import Appearance, Theme
from tests.fakes.turning import turn

by_keys = Qt.WidgetAttribute.WA_KeyboardFocusChange


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for widget in (QScrollArea(), QListWidget()):
        column.addWidget(widget)
    made.show()
    made.activateWindow()
    turn()
    return made


def test_a_page_that_scrolls_has_one_by_keys_and_none_by_hand(window: QWidget) -> None:
    area = window.findChildren(QScrollArea)[0]
    assert not needs_ring(area)
    window.setAttribute(by_keys)
    assert needs_ring(area)


def test_a_list_has_one_until_a_row_of_it_has_the_keyboard(window: QWidget) -> None:
    (rows,) = window.findChildren(QListWidget)
    window.setAttribute(by_keys)
    assert needs_ring(rows)
    rows.addItem("one")
    rows.setCurrentRow(0)
    assert not needs_ring(rows)


def test_it_follows_the_keyboard_and_outlives_windows(window: QWidget, qapp: QApplication) -> None:
    ring = FocusRing(qapp)
    area, rows = window.findChildren(QScrollArea)[0], window.findChildren(QListWidget)[0]
    rows.addItem("one")
    rows.setCurrentRow(0)
    seen = []
    for widget in (rows, area, rows, area):
        widget.setFocus()
        window.setAttribute(by_keys)
        turn()
        seen.append(ring.around)
    window.deleteLater()
    turn()
    other = QLineEdit()
    other.show()
    other.activateWindow()
    other.setFocus()
    turn()
    assert [*seen, ring.around] == [None, area, None, area, None]
    other.deleteLater()


def test_words_that_scroll_stand_off_the_ring(window: QWidget, qapp: QApplication) -> None:
    Theme(qapp, Appearance.LIGHT)
    sheet = TallSheet(QLabel("\n".join(["word"] * 200)))
    column = window.layout()
    assert column
    column.addWidget(sheet)
    take_keys_where_it_scrolls(sheet)
    turn()
    sheet.setFocus()
    window.setAttribute(by_keys)
    turn()
    # The rings of other tests go with the program, and frame it too.
    frames = [one for one in window.findChildren(QFocusFrame) if one.widget() is sheet]
    inner = QRect(sheet.mapTo(window, QPoint()), sheet.size())
    assert frames
    assert all(frame.geometry() == inner.adjusted(-6, -6, 6, 6) for frame in frames)


def test_what_has_the_keyboard_is_scrolled_to_from_outside_too(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    ring = FocusRing(qapp)
    area, rows = window.findChildren(QScrollArea)[0], window.findChildren(QListWidget)[0]
    page = QWidget()
    column = QVBoxLayout(page)
    first, last = QLineEdit(), QLineEdit()
    column.addWidget(first)
    column.addSpacing(2000)
    column.addWidget(last)
    area.setWidget(page)
    QWidget.setTabOrder(first, last)
    QWidget.setTabOrder(last, rows)
    turn()
    rows.setFocus()
    assert last.visibleRegion().isEmpty()
    QTest.keyClick(rows, Qt.Key.Key_Backtab)
    assert last.hasFocus()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert ring.around is None


def test_who_comes_back_to_a_window_sees_where_he_is(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    FocusRing(qapp)
    other = QLineEdit()
    qtbot.addWidget(other)
    area, rows = window.findChildren(QScrollArea)[0], window.findChildren(QListWidget)[0]
    for widget in (rows, area):
        widget.setFocus()
        window.setAttribute(by_keys)
        turn()
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    turn()
    window.setAttribute(by_keys, on=False)  # as Qt does when a window becomes the active one
    window.activateWindow()
    qtbot.waitUntil(area.hasFocus)
    turn()
    assert window.testAttribute(by_keys)
