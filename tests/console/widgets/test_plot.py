"""What is worked out before anything is drawn; on a screen, see test_plane."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from console.widgets.plot import Place, ticks_with_room
from console.widgets.time_span import Span


def test_where_a_second_is_and_what_second_is_there() -> None:
    place = Place(QRectF(100, 0, 200, 50), Span(0.0, 10.0), 1.0)
    assert place.x(5.0) == 200
    assert place.second(place.x(7.0)) == pytest.approx(7.0)
    assert place.y(0.0) == 50


def test_words_of_time_are_whole_and_do_not_run_together(qtbot: QtBot) -> None:
    place = Place(QRectF(44, 0, 400, 50), Span(0.0, 100.0), 1.0)
    ticks = [(-1.0, "a"), (20.0, "12:00"), (21.0, "12:01"), (60.0, "12:40"), (100.0, "13:20")]
    told = ticks_with_room(ticks, place, QFontMetricsF(QFont()))
    assert told == [(20.0, "12:00"), (21.0, ""), (60.0, "12:40"), (100.0, "")]
