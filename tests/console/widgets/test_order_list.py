"""An order: by buttons and by keys, and what is off is not in it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.order_list import Ordered, OrderList

THINGS = (
    Ordered("vda", "ph.hard-drives", "Hard drive vda"),
    Ordered("sda", "ph.disc", "DVD drive sda"),
    Ordered("net", "ph.share-network", "Network adapter"),
)


@pytest.fixture
def order(qtbot: QtBot) -> OrderList:
    order = OrderList("Boot order")
    qtbot.addWidget(order)
    order.show_things(THINGS, ("net", "vda"))
    return order


def test_what_is_on_comes_first_in_its_order(order: OrderList) -> None:
    assert order.value == ("net", "vda")
    shown = [order.rows.item(row).text() for row in range(3)]
    assert shown == ["Network adapter", "Hard drive vda", "DVD drive sda"]


def test_buttons_move_and_stop_at_the_ends(order: OrderList) -> None:
    heard: list[int] = []
    order.edited.connect(lambda: heard.append(1))
    order.rows.setCurrentRow(0)
    assert not order.up.isEnabled()
    order.down.click()
    assert order.value == ("vda", "net")
    assert order.rows.currentRow() == 1
    order.shift(5)
    assert (order.value, len(heard)) == (("vda", "net"), 1)


def test_alt_and_an_arrow_move_too(order: OrderList) -> None:
    order.rows.setCurrentRow(1)
    QTest.keyClick(order.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order.value == ("vda", "net")


def test_the_box_turns_one_on(order: OrderList) -> None:
    order.rows.item(2).setCheckState(Qt.CheckState.Checked)
    assert order.value == ("net", "vda", "sda")


def test_what_is_unknown_stays_in_its_place(order: OrderList) -> None:
    order.show_things(THINGS, ("gone", "vda"))
    assert order.value == ("gone", "vda")


def test_locked_nothing_moves(order: OrderList) -> None:
    order.lock(True)  # noqa: FBT003
    order.shift(1)
    assert order.value == ("net", "vda")
    assert not order.down.isEnabled()


def test_tab_comes_back_to_what_stands_before_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, last, order = QLineEdit(), QPushButton("OK"), OrderList("Boot order")
    for widget in (first, last, order):  # a page joins the window after the buttons
        column.addWidget(widget)
    order.show_things(THINGS, ("net", "vda"))
    stops = [first, order.rows, order.up, order.down, last]
    for one, next_one in pairwise(stops):
        QWidget.setTabOrder(one, next_one)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    order.rows.setCurrentRow(1)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        first.setFocus()
        met: list[QWidget | None] = []
        at: QWidget | None = first
        for _ in stops:
            assert at
            QTest.keyClick(at, key)
            at = QApplication.focusWidget()
            met.append(at)
        onwards = stops if key is Qt.Key.Key_Tab else stops[::-1]
        begun = onwards.index(first) + 1
        assert met == onwards[begun:] + onwards[:begun]
    order.setFocus()
    assert QApplication.focusWidget() is order.rows
