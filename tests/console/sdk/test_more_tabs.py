"""Tabs for which there is no room are named at the end of their bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.more_tabs import MoreTabs
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a menu, offscreen
NAMES = ("Summary", "Performance", "Networking", "Memory", "Storage", "Checkpoints", "Events")


@pytest.fixture
def tabs(qtbot: QtBot) -> QTabWidget:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for name in NAMES:
        tabs.addTab(QWidget(), name)
    return tabs


@pytest.fixture
def more(tabs: QTabWidget, qtbot: QtBot) -> MoreTabs:
    more = MoreTabs(tabs)
    tabs.resize(300, 200)
    tabs.show()
    qtbot.waitUntil(more.isVisible)
    return more


def offered(more: MoreTabs) -> list[str]:
    return [action.text() for action in more.offered.actions()]


def test_it_is_there_only_where_room_is_short(
    tabs: QTabWidget, more: MoreTabs, qtbot: QtBot
) -> None:
    tabs.resize(1200, 200)
    qtbot.waitUntil(more.isHidden)
    assert more.hidden() == []
    tabs.resize(300, 200)
    qtbot.waitUntil(more.isVisible)
    for _ in NAMES[2:]:
        tabs.removeTab(2)
    qtbot.waitUntil(more.isHidden)
    assert more.hidden() == []


@pytest.mark.parametrize("width", range(180, 700, 23))
def test_each_tab_that_is_seen_is_seen_whole(tabs: QTabWidget, more: MoreTabs, width: int) -> None:
    bar = tabs.tabBar()
    tabs.resize(width, 200)
    for number in range(len(NAMES)):
        tabs.setCurrentIndex(number)
        turn()
        assert number not in more.hidden()
        seen = [bar.tabRect(n) for n in range(len(NAMES)) if n not in more.hidden()]
        assert sum(one.width() for one in seen) == seen[-1].right() + 1
        assert seen[-1].right() < bar.width()
        assert not [one for one in bar.findChildren(QToolButton) if one.isVisible()], "no arrows"


def test_the_arrow_keys_lead_to_each_tab(tabs: QTabWidget, more: MoreTabs) -> None:
    bar = tabs.tabBar()
    for key, numbers in (
        (Qt.Key.Key_Right, range(1, len(NAMES))),
        (Qt.Key.Key_Left, range(len(NAMES) - 2, -1, -1)),
    ):
        for number in numbers:
            QTest.keyClick(bar, key)
            assert tabs.currentIndex() == number
            assert number not in more.hidden()


def test_its_name_stands_in_line_with_theirs(tabs: QTabWidget, more: MoreTabs) -> None:
    tabs.setDocumentMode(True)
    turn()
    middle = tabs.tabBar().geometry().center().y()
    assert more.geometry().center().y() == pytest.approx(middle, abs=1)


def test_by_keyboard_it_leads_to_a_tab_that_is_not_seen(
    tabs: QTabWidget, more: MoreTabs, qtbot: QtBot
) -> None:
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Down)
    qtbot.waitUntil(more.offered.isVisible)
    assert offered(more)[-1] == "Events"
    assert "Summary" not in offered(more)
    more.offered.actions()[-1].trigger()
    more.offered.close()
    assert tabs.tabText(tabs.currentIndex()) == "Events"
    assert tabs.currentIndex() not in more.hidden()


def test_the_one_in_front_is_seen_and_the_first_ones_keep_their_places(
    tabs: QTabWidget, more: MoreTabs
) -> None:
    tabs.setCurrentIndex(len(NAMES) - 1)
    more.click()
    assert "Summary" not in offered(more)
    assert "Events" not in offered(more)
    assert offered(more)[-1] == "Checkpoints"
    more.offered.close()


def test_home_and_end_lead_to_the_first_and_last_tab(tabs: QTabWidget, more: MoreTabs) -> None:
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_End)
    assert tabs.tabText(tabs.currentIndex()) == "Events"
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Home)
    assert tabs.tabText(tabs.currentIndex()) == "Summary"
    QTest.keyClick(tabs, Qt.Key.Key_End)
    assert tabs.tabText(tabs.currentIndex()) == "Summary"
