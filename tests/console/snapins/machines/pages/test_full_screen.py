"""What is shown on the whole display comes back, however that ends; its bar comes and goes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.display.channel import ChannelState, News, Standing
from backend.display.surface import Surface
from console.snapins.machines.pages import full_screen
from console.snapins.machines.pages.full_screen import FullScreen
from console.widgets.screen import Screen


@dataclass
class Shown:
    home: QWidget
    screen: Screen
    bar: QLabel
    hint: QLabel
    full: FullScreen


@pytest.fixture
def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    for name in ("_DWELL_MS", "_LINGER_MS", "_HINT_MS", "_SLIDE_MS"):
        monkeypatch.setattr(full_screen, name, 10)
    home, screen, bar, hint = QWidget(), Screen("Screen"), QLabel("bar"), QLabel("hint")
    hint.setWordWrap(True)
    column = QVBoxLayout(home)

    def come_home() -> None:
        column.addWidget(bar)
        column.addWidget(screen)
        column.addWidget(hint)

    come_home()
    full = FullScreen(come_home)
    qtbot.addWidget(home)
    qtbot.addWidget(full)
    home.show()
    surface = Surface(64, 48)
    screen.show_news(News(Standing(ChannelState.LIVE), surface, (surface.whole,)))
    QCursor.setPos(QPoint(300, 300))
    full.begin(screen, screen, bar, hint)
    yield Shown(home, screen, bar, hint, full)
    full.end()


@pytest.mark.parametrize("way", ["end", "escape", "close"])
def test_it_comes_back(shown: Shown, way: str) -> None:
    full = shown.full
    assert full.isFullScreen()
    assert full.isAncestorOf(shown.screen)
    assert full.drop.isAncestorOf(shown.bar)
    assert full.drop.isAncestorOf(shown.hint)
    if way == "end":
        full.end()
    elif way == "escape":
        QTest.keyClick(full, Qt.Key.Key_Escape)
    else:
        full.close()
    assert not full.is_shown
    assert not full.isVisible()
    assert shown.home.isAncestorOf(shown.screen)
    assert shown.home.isAncestorOf(shown.bar)
    assert shown.home.isAncestorOf(shown.hint)


def test_the_bar_is_as_high_as_its_words(shown: Shown, qtbot: QtBot) -> None:
    drop, hint = shown.full.drop, shown.hint
    qtbot.waitUntil(lambda: drop.y() == 0)
    before = drop.height()
    hint.setText("What gives the keyboard back, and what leaves the full screen. " * 8)
    qtbot.waitUntil(lambda: drop.height() > before)
    assert hint.height() >= hint.heightForWidth(hint.width())
    hint.setText("hint")
    qtbot.waitUntil(lambda: drop.height() == before)


def test_the_bar_stays_while_the_keyboard_is_not_the_guests(shown: Shown, qtbot: QtBot) -> None:
    drop = shown.full.drop
    qtbot.waitUntil(lambda: drop.y() == 0)
    shown.screen.enter()
    qtbot.waitUntil(lambda: not drop.isVisible())
    shown.screen.leave()
    qtbot.waitUntil(lambda: drop.isVisible() and drop.y() == 0)


def test_who_enters_at_once_sees_the_bar_as_long_as_anybody(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shown.full
    full.end()
    monkeypatch.setattr(full_screen, "_HINT_MS", 60_000)
    full.begin(shown.screen, shown.screen, shown.bar, shown.hint)
    shown.screen.enter()
    assert full._linger.interval() == 60_000
    assert full._linger.isActive()


def test_the_bar_comes_each_time(shown: Shown, qtbot: QtBot) -> None:
    full, drop = shown.full, shown.full.drop
    for _ in range(2):
        qtbot.waitUntil(lambda: drop.isVisible() and not drop.is_sliding)
        full.end()
        assert not drop.isVisible()
        full.begin(shown.screen, shown.screen, shown.bar, shown.hint)


def test_the_bar_stands_in_the_middle_of_a_window_that_grew_as_it_came(
    shown: Shown, qtbot: QtBot
) -> None:
    full, drop = shown.full, shown.full.drop
    full.resize(1600, 900)
    qtbot.waitUntil(lambda: drop.isVisible() and not drop.is_sliding)
    assert drop.y() == 0
    assert 0 < drop.x() == 1600 - drop.geometry().right() - 1


def test_the_bar_comes_where_the_pointer_rests_at_the_upper_edge(
    shown: Shown, qtbot: QtBot
) -> None:
    drop, screen = shown.full.drop, shown.screen
    screen.enter()
    qtbot.waitUntil(lambda: not drop.isVisible())
    move(screen, QPoint(300, 0))
    qtbot.waitUntil(lambda: drop.isVisible() and drop.y() == 0)
    move(screen, QPoint(300, 400))
    qtbot.waitUntil(lambda: not drop.isVisible())
    move(screen, QPoint(300, 0))
    qtbot.waitUntil(drop.isVisible)
    drop.pin.setChecked(True)
    move(screen, QPoint(300, 400))
    qtbot.wait(100)
    assert drop.isVisible()
    drop.pin.setChecked(False)
    qtbot.waitUntil(lambda: not drop.isVisible())


def move(screen: Screen, at: QPoint) -> None:
    place = QPointF(screen.mapToGlobal(at))
    button = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        place,
        button,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(screen, event)
