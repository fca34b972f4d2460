"""An order: by buttons and by keys, and what is off is not in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
