"""Where Tab leads around a screen: all that stands above it comes before it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.display.synthetic import SyntheticChannel
from backend.model import DomainState
from console.shell.tab_order import OrderedWindow
from console.snapins.machines import keyboards
from console.snapins.machines.pages.display import DisplayPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.turning import turn

RUNNING = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def channel(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> SyntheticChannel:
    monkeypatch.setattr(keyboards, "guessed", lambda: "us")
    made = SyntheticChannel(64, 48)
    context.engine.answers["display.open_display"] = made
    return made


def order(start: QWidget) -> list[str]:
    """Return what Tab comes to from here until it comes round, or to where it stays."""
    start.window().activateWindow()
    start.setFocus()
    turn()
    found: list[str] = []
    focus: QWidget | None = start
    while focus and focus.accessibleName() not in found:
        found.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    return found


@pytest.mark.parametrize("is_docked", [True, False])
def test_what_is_said_above_the_screen_comes_before_it(
    context: LentContext, channel: SyntheticChannel, qtbot: QtBot, *, is_docked: bool
) -> None:
    """From the screen Tab may go to the guest, and the bar comes back from the full screen."""
    page = DisplayPage(context, is_docked=is_docked)
    window = OrderedWindow() if is_docked else QWidget()
    qtbot.addWidget(window)
    if isinstance(window, OrderedWindow):
        window.setCentralWidget(page)
    else:
        QVBoxLayout(window).addWidget(page)
    window.resize(900, 500)
    window.show()
    page.wake()
    page.set_record(RUNNING)
    qtbot.waitUntil(lambda: page.link.is_live and page.screen_view.surface is not None)
    QGuiApplication.clipboard().setText("aλ")
    page.bar.type.click()
    expected = [
        *("Ctrl+Alt+Delete", "Keys", "Type Clipboard Text", "Screenshot", "Zoom", "View Only"),
        *("Undock" if is_docked else "Dock", "Full Screen"),
        *("Type the Rest", "Do Not Type", "Screen of web-01"),
    ]
    assert order(page.bar.secure) == expected
    page.bar.full.click()
    page.screen_view.leave()
    named = [name for name in expected if name not in ("Undock", "Dock")]
    full = [*named[:6], "Leave Full Screen", "Keep This Bar", "Screen of web-01"]
    assert order(page.bar.secure) == full
    page.bar.full.click()
    window.activateWindow()
    turn()
    assert page.screen_view.hasFocus(), "not what comes first in the window"
    assert order(page.bar.secure) == expected
    page.sleep()
