"""Tabs for which there is no room are named at the end of their bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget, QWidget
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
    for number in reversed(range(2, len(NAMES))):
        tabs.removeTab(number)
    qtbot.waitUntil(more.isHidden)


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


def test_what_was_scrolled_away_at_the_left_is_offered_too(
    tabs: QTabWidget, more: MoreTabs
) -> None:
    tabs.setCurrentIndex(len(NAMES) - 1)
    more.click()
    assert offered(more)[0] == "Summary"
    assert "Events" not in offered(more)
    more.offered.close()


def test_home_and_end_lead_to_the_first_and_last_tab_there_is(tabs: QTabWidget) -> None:
    more = MoreTabs(tabs)
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_End)
    assert tabs.tabText(tabs.currentIndex()) == NAMES[-1]
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Home)
    assert tabs.tabText(tabs.currentIndex()) == "Summary"
    QTest.keyClick(tabs, Qt.Key.Key_End)
    assert tabs.tabText(tabs.currentIndex()) == "Summary"
    assert more.isHidden()


def test_only_the_tab_that_is_shown_has_a_mark(
    tabs: QTabWidget, more: MoreTabs, qtbot: QtBot
) -> None:
    """Empty boxes at the others would look as if tabs were ticked there."""
    tabs.setCurrentIndex(0)
    more.click()
    qtbot.waitUntil(more.offered.isVisible)
    assert not any(action.isCheckable() for action in more.offered.actions())
    more.offered.close()
