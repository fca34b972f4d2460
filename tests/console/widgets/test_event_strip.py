import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.curve import TimeMark
from console.widgets.event_strip import EventStrip
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

NOON = time.mktime((2025, 11, 24, 12, 0, 10, 0, 0, -1))


@pytest.fixture
def strip(qtbot: QtBot) -> EventStrip:
    view = TimeView(3600)
    view.set_now(NOON)
    made = EventStrip(view)
    view.setParent(made)
    qtbot.addWidget(made)
    made.resize(600, 24)
    made.show()
    return made


def told(strip: EventStrip) -> list[str]:
    return [chip.mark.text for chip in strip.chips()]


def test_what_happened_in_the_time_that_is_seen_stands_there(strip: EventStrip) -> None:
    strip._view.set_marks(
        (TimeMark(NOON - 9000, "Created"), TimeMark(NOON - 60, "Saved"), TimeMark(NOON - 600, "On"))
    )
    strip.show_marks()
    assert told(strip) == ["On", "Saved"]
    assert "Created" not in strip.accessibleDescription()
    assert strip.accessibleDescription().endswith("Saved")
    strip._view.set_length(3 * 3600)
    assert told(strip) == ["Created", "On", "Saved"]


def test_where_there_is_no_room_the_newest_stand(strip: EventStrip) -> None:
    strip._view.set_marks([TimeMark(NOON - 3000 + 60 * n, f"Number {n}") for n in range(40)])
    strip.show_marks()
    assert told(strip)[-1] == "Number 39"
    assert 2 <= len(told(strip)) < 10
    assert strip.chips()[0].room.left() == 0
    assert strip.chips()[-1].room.right() <= strip.width()


def test_a_click_leads_to_its_moment(strip: EventStrip) -> None:
    strip._view.set_marks((TimeMark(NOON - 600, "Started"), TimeMark(NOON - 60, "Saved")))
    strip.show_marks()
    place = strip.chips()[0].room.center().toPoint()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert (strip._view.cross, strip._view.is_pinned) == (NOON - 600, True)


def test_a_time_in_which_nothing_happened_says_so(strip: EventStrip) -> None:
    empty = strip.grab().toImage()
    strip._view.set_marks((TimeMark(NOON - 600, "Started"),))
    strip.show_marks()
    assert strip.grab().toImage() != empty
    strip._view.look_at(Span(NOON - 90_000, NOON - 80_000))
    assert told(strip) == []
    assert strip.grab().toImage() == empty


def test_a_drag_through_thousands_puts_few_into_words(
    strip: EventStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[TimeMark] = []
    words = strip._words

    def count(mark: TimeMark) -> str:
        told.append(mark)
        return words(mark)

    monkeypatch.setattr(strip, "_words", count)
    strip._view.set_marks([TimeMark(NOON - 3000 + n, f"Number {n}") for n in range(2500)])
    strip.show_marks()
    assert len(told) == 20
    assert strip.accessibleDescription().endswith("Number 2499")
