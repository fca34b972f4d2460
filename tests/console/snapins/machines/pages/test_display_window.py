"""A machine's page in a window of its own: one a machine, asleep while nobody sees it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from backend.model import DomainState, Record
from console.sdk.forms import DetailView
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.pages.display_window import DisplayWindow, undocked
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.turning import turn

RUNNING = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def window(context: LentContext) -> Iterator[DisplayWindow]:
    made = undocked.open(context, RUNNING.ref, DetailView(context))
    yield made
    undocked.dock(RUNNING.ref)


def test_it_is_awake_while_it_is_seen(window: DisplayWindow) -> None:
    def is_awake() -> bool:
        return window.page.is_awake

    assert is_awake()
    window.setWindowState(Qt.WindowState.WindowMinimized)
    assert not is_awake()
    window.come_forward()
    assert is_awake()
    assert window.page.record is not None


def test_its_title_and_its_page_follow_the_machine(
    window: DisplayWindow, until: Callable[[Record], None]
) -> None:
    until(replace(RUNNING, name="web-07"))
    assert window.windowTitle() == "web-07 on this-computer - Celadon"
    assert window.page.record == replace(RUNNING, name="web-07")


def test_who_listens_hears_of_each_that_comes_and_goes(context: LentContext, qtbot: QtBot) -> None:
    heard: list[bool] = []
    ref = RUNNING.ref
    end = undocked.listen(lambda: heard.append(undocked.window(ref) is not None))
    undocked.open(context, ref, DetailView(context))
    undocked.dock(ref)
    undocked.dock(ref)
    assert heard == [True, False]
    end()
    undocked.open(context, ref, DetailView(context)).close()
    assert undocked.window(ref) is None
    assert len(heard) == 2


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen
def test_shift_f10_offers_what_can_be_done_to_the_machine(window: DisplayWindow) -> None:
    window.activateWindow()
    window.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.page.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Shut Down" in {entry.text() for entry in menu.actions()}
    menu.close()


def test_a_click_of_the_other_button_is_the_guests(window: DisplayWindow) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.page, event)
    assert QApplication.activePopupWidget() is None


def test_it_is_no_larger_than_the_screen(window: DisplayWindow) -> None:
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() < room.height(), "with its frame"


def test_on_a_low_page_the_screen_takes_what_is_left(context: LentContext, qtbot: QtBot) -> None:
    area, page = QScrollArea(), DisplayPage(context)
    area.setWidgetResizable(True)
    area.setWidget(page)
    qtbot.addWidget(area)
    page.hint.setText("The keyboard is the machine's, and this is how to have it back. " * 2)
    area.resize(420, 250)
    area.show()
    turn()
    assert page.hint.height() > page.hint.fontMetrics().lineSpacing() * 1.5
    assert area.horizontalScrollBar().maximum() == area.verticalScrollBar().maximum() == 0
