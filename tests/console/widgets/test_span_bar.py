import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.span_bar import SpanBar, lengths
from console.widgets.time_view import TimeView

NOW = 1_764_000_000.0


@pytest.fixture
def bar(qtbot: QtBot) -> SpanBar:
    view = TimeView(60)
    view.set_now(NOW)
    made = SpanBar(view, lengths())
    view.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


def pressed(bar: SpanBar) -> list[str]:
    return [button.text() for button in bar.buttons.values() if button.isChecked()]


def test_the_length_that_is_seen_is_pressed(bar: SpanBar) -> None:
    assert pressed(bar) == ["1 min"]
    bar.buttons[3600].click()
    assert pressed(bar) == ["1 h"]
    assert bar._view.span.length_s == 3600
    bar.buttons[3600].click()
    assert pressed(bar) == ["1 h"], "it is no switch"
    bar._view.zoom(1.25)
    assert pressed(bar) == []


def test_arrow_keys_lead_from_length_to_length(bar: SpanBar, qtbot: QtBot) -> None:
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.live.setFocus()
    QTest.keyClick(bar.live, Qt.Key.Key_Tab)
    assert bar.focusWidget() is bar.buttons[60]
    for length_s in (600, 3600):
        QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Right)
        assert bar.focusWidget() is bar.buttons[length_s]
        assert bar._view.span.length_s == length_s
    bar._view.zoom(1.25)
    assert pressed(bar) == []
    QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Left)
    assert bar.focusWidget() is bar.buttons[600]
    QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Space)
    assert pressed(bar) == ["10 min"]


def test_live_is_left_by_going_back_and_come_back_to(bar: SpanBar) -> None:
    assert bar.live.isChecked()
    bar.live.click()
    assert bar.live.isChecked()
    bar._view.move(-600)
    assert not bar.live.isChecked()
    bar.live.setFocus()
    QTest.keyClick(bar.live, Qt.Key.Key_Space)
    assert bar._view.is_live


def test_from_a_minute_to_a_year_each_says_what_it_does(bar: SpanBar) -> None:
    assert [button.text() for button in bar.buttons.values()] == [
        "1 min", "10 min", "1 h", "1 day", "1 week", "1 month", "1 year",
    ]  # fmt: skip
    assert bar.buttons[3600].accessibleName() == "Show 1 hour"


def test_where_it_is_narrow_they_stand_in_two_lines(bar: SpanBar, qtbot: QtBot) -> None:
    line = bar.height()
    bar.resize(300, bar.heightForWidth(300))
    assert bar.width() == 300
    qtbot.waitUntil(lambda: bar.height() > 1.5 * line)
    last = list(bar.buttons.values())[-1]
    assert bar.rect().contains(last.geometry())
    assert last.y() > bar.live.y()
