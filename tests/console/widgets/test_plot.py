"""A plot is painted by whatever has a painter; on a screen, see test_plane."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from pytestqt.qtbot import QtBot

from console.widgets.curve import Curve
from console.widgets.plot import Place, Plot, _figures, paint_plot, pieces
from console.widgets.time_span import Span

PLOT = Plot((Curve("x", (0.0, 10.0), (1.0, 1.0)),), Span(0.0, 10.0), 1.0)


@pytest.mark.parametrize(
    ("top", "lines", "told"),
    [
        (100.0, 20, [0, 20, 40, 60, 80, 100]), (100.0, 5, [0, 50, 100]), (100.0, 1, [0, 100]),
        (2.0, 9, [0, 0.5, 1, 1.5, 2]), (5.0, 9, [0, 1, 2, 3, 4, 5]), (0.2, 4, [0, 0.1, 0.2]),
    ],
)  # fmt: skip
def test_figures_are_round_and_stand_in_the_room_there_is(
    top: float, lines: float, told: list[float]
) -> None:
    assert list(_figures(top, lines)) == pytest.approx(told)


def test_where_a_second_is_and_what_second_is_there() -> None:
    place = Place(QRectF(100, 0, 200, 50), Span(0.0, 10.0), 1.0)
    assert place.x(5.0) == 200
    assert place.second(place.x(7.0)) == pytest.approx(7.0)
    assert place.y(0.0) == 50


def test_without_axes_all_of_the_room_is_the_curve(qtbot: QtBot) -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    for has_axes in (True, False):
        image.fill(QColor("white"))
        painter = QPainter(image)
        plot = Plot(PLOT.curves, PLOT.span, 1.0, has_axes=has_axes, has_figures=False)
        paint_plot(painter, QRectF(image.rect()), plot, QPalette())
        painter.end()
        assert (image.pixelColor(0, 15) != QColor("white")) is not has_axes


def test_a_curve_is_drawn_in_the_pieces_between_its_holes() -> None:
    def found(*is_hole: int) -> list[tuple[int, int]]:
        return [(one.start, one.stop) for one in pieces(np.array(is_hole, dtype=bool))]

    assert found(0, 0, 1, 0, 1, 0) == [(0, 2), (3, 4), (5, 6)]
    assert found(1, 1, 0, 0) == [(2, 4)]
    assert found() == found(1) == []


def test_what_is_not_seen_is_not_drawn_but_for_what_lines_come_from(qtbot: QtBot) -> None:
    many = tuple(float(n) for n in range(-1000, 1000))
    near = Curve("x", many, (1.0,) * 2000)
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    plot = Plot((near,), Span(0.2, 0.8), 2.0, has_axes=False)
    paint_plot(painter, QRectF(image.rect()), plot, QPalette())
    painter.end()
    inked = [image.pixelColor(x, 15) != QColor("white") for x in range(60)]
    assert all(inked), "between two points that are both outside there is the line"
