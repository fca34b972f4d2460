"""The help window: contents, search, links, back and forward, by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.shell.help.assembly import read
from console.shell.help.window import HelpWindow
from console.shell.theme import Appearance
from console.shell.window import MainWindow
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising it, offscreen
Key = Qt.Key


@pytest.fixture
def window(shell: MainWindow, qtbot: QtBot) -> Iterator[HelpWindow]:
    made = HelpWindow(read(shell))
    qtbot.addWidget(made)
    made.open_at("start")
    turn()
    yield made
    made.close()


def current(window: HelpWindow) -> str:
    item = window.contents.currentItem()
    return item.text(0) if item else ""


def test_it_opens_at_a_section_and_marks_the_page_in_the_contents(window: HelpWindow) -> None:
    window.go("states#panicked")
    turn()
    assert window.windowTitle().startswith("States")
    assert current(window) == "States, and what to do"
    assert window.browser.verticalScrollBar().value() > 0
    assert window.browser.textCursor().block().text() == "Panicked"


def test_shift_f10_opens_the_menu_of_the_page(window: HelpWindow) -> None:
    window.browser.setFocus()
    QTest.keyClick(window.browser, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_links_lead_on_and_keys_lead_back(window: HelpWindow) -> None:
    window.browser.anchorClicked.emit(QUrl("states.md#panicked"))
    window.browser.anchorClicked.emit(QUrl("storage.md"))
    assert window.address == "storage"
    QTest.keyClick(window.browser, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.address == "states#panicked"
    QTest.keyClick(window.browser, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.address == "start"
    QTest.keyClick(window.browser, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.address == "states#panicked"


def test_a_link_to_the_web_is_the_desktops_business(
    window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.browser.anchorClicked.emit(QUrl("https://libvirt.org/"))
    window.browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == [QUrl("https://libvirt.org/")]
    assert window.address == "start"


def test_words_are_searched_in_all_pages(window: HelpWindow) -> None:
    QTest.keyClick(window.browser, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "full disk")
    QTest.keyClick(window.search, Key.Key_Down)
    assert window.address == "states#paused-critical-a-full-disk"
    assert window.contents.hasFocus()
    QTest.keyClick(window.contents, Key.Key_Return)
    assert window.browser.hasFocus()
    window.search.setText("qqzz")
    assert window._nothing.isVisible()
    window.search.clear()
    assert not window._nothing.isVisible()
    assert current(window) == "States, and what to do"


def test_the_arrows_go_through_the_contents(window: HelpWindow) -> None:
    window.contents.setFocus()
    QTest.keyClick(window.contents, Key.Key_Down)
    assert window.address == "servers"
    QTest.keyClick(window.contents, Key.Key_End)
    assert window.address != "servers"


def colour_of_a_link(window: HelpWindow) -> QColor:
    exactly = QTextDocument.FindFlag.FindCaseSensitively
    found = window.browser.document().find("Storage", 0, exactly)
    assert found.charFormat().isAnchor()
    return found.charFormat().foreground().color()


def test_it_follows_light_and_dark(window: HelpWindow, shell: MainWindow) -> None:
    window.go("states")
    light = colour_of_a_link(window)
    shell.session.set_appearance(Appearance.DARK)
    turn()
    dark = colour_of_a_link(window)
    shell.session.set_appearance(Appearance.LIGHT)
    assert light.lightness() < dark.lightness()


def test_escape_closes_it(window: HelpWindow) -> None:
    QTest.keyClick(window.browser, Key.Key_Escape)
    assert not window.isVisible()


def test_all_of_it_has_a_name(window: HelpWindow) -> None:
    for widget in (window, window.search, window.contents, window.browser):
        assert widget.accessibleName()
