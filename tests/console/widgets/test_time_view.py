import pytest
from pytestqt.qtbot import QtBot

from console.widgets.curve import TimeMark
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

NOW = 10_000.0


@pytest.fixture
def view(qtbot: QtBot) -> TimeView:
    made = TimeView(100.0)
    made.set_now(NOW)
    return made


def test_what_is_live_goes_on_with_the_time(view: TimeView) -> None:
    assert view.span == Span(9_900.0, NOW)
    view.set_now(NOW + 5)
    assert view.span == Span(9_905.0, NOW + 5)


def test_moved_into_the_past_it_stands_still_until_it_is_live_again(view: TimeView) -> None:
    view.move(-50.0)
    assert not view.is_live
    view.set_now(NOW + 5)
    assert view.span == Span(9_850.0, 9_950.0)
    view.go_live()
    assert (view.span.until, view.is_live) == (NOW + 5, True)


def test_there_is_no_future(view: TimeView) -> None:
    view.move(-50.0)
    view.move(500.0)
    assert (view.span, view.is_live) == (Span(9_900.0, NOW), True)


def test_live_stays_live_however_near_one_looks(view: TimeView) -> None:
    view.zoom(10.0, at=9_950.0)
    assert (view.span, view.is_live) == (Span(9_000.0, NOW), True)
    view.set_length(60.0)
    assert view.span == Span(NOW - 60, NOW)


def test_in_the_past_the_second_under_the_pointer_stays(view: TimeView) -> None:
    view.look_at(Span(1_000.0, 2_000.0))
    view.zoom(0.5, at=1_200.0)
    assert view.span == Span(1_100.0, 1_600.0)
    view.set_cross(1_100.0)
    view.set_length(100.0)
    assert view.span.since == 1_100.0, "around the cross-hair"


def test_zoomed_out_past_now_it_ends_now_but_is_not_live(view: TimeView) -> None:
    view.look_at(Span(9_000.0, 9_900.0))
    view.zoom(4.0, at=9_000.0)
    assert view.span.until == NOW
    assert not view.is_live


def test_the_cross_hair_stays_inside_unless_it_is_pinned(view: TimeView) -> None:
    view.set_cross(9_890.0)
    assert view.cross == 9_900.0
    view.move(-200.0)
    assert view.cross == 9_800.0
    view.set_cross(9_750.0, pin=True)
    view.move(-500.0)
    assert (view.cross, view.is_pinned) == (9_750.0, True)
    view.set_cross(None, pin=True)
    assert not view.is_pinned


def test_it_steps_on_beyond_an_end_and_takes_what_is_seen_along(view: TimeView) -> None:
    view.step(-150.0)
    assert view.cross == 9_850.0
    assert view.span == Span(9_850.0, 9_950.0)
    view.step(1_000.0)
    assert (view.cross, view.is_live) == (NOW, True)


def test_marks_are_stepped_through_in_their_order(view: TimeView) -> None:
    view.set_marks((TimeMark(9_950.0, "b"), TimeMark(5_000.0, "a"), TimeMark(9_980.0, "c")))
    seen = []
    for way in (-1, -1, -1, -1, 1):
        view.step_to_mark(way)
        seen.append(view.cross)
    assert seen == [9_980.0, 9_950.0, 5_000.0, 5_000.0, 9_950.0]
    assert view.span.holds(9_950.0)


def test_it_tells_only_of_what_differs(view: TimeView) -> None:
    told: list[str] = []
    view.moved.connect(lambda: told.append("moved"))
    view.crossed.connect(lambda: told.append("crossed"))
    view.go_live()
    view.set_cross(None)
    view.move(50.0)
    assert told == []
    view.set_cross(9_950.0)
    view.set_cross(9_950.0)
    view.move(-10.0)
    assert told == ["crossed", "moved"]
