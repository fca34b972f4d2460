"""What pyqtgraph is told; how that looks is test_plane's."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGraphicsItem
from pytestqt.qtbot import QtBot

from console.widgets.curve import Curve, TimeMark
from console.widgets.graph import Graph, pieces, widget_for
from console.widgets.plot import Plot
from console.widgets.time_span import Span

WHOLE = QRectF(0, 0, 500, 200)
MINUTE = Span(-60.0, 0.0)


@pytest.fixture
def graph(qtbot: QtBot) -> Iterator[Graph]:
    made = Graph()
    drawing = widget_for(made)  # held: the graph is a part of it
    made.dress(QPalette(), QFont(), 1.0)
    yield made
    drawing.close()


def marked(*marks: TimeMark) -> Plot:
    return Plot(span=MINUTE, marks=marks, has_words=True)


def test_marks_are_drawn_with_the_lines_there_are(graph: Graph) -> None:
    graph.show(marked(TimeMark(-40.0, "a {b}"), TimeMark(-20.0, "c")), WHOLE)
    lines = list(graph._marks)
    assert [line.label.textItem.toPlainText() for line in lines] == ["a {b}", "c"]
    graph.show(marked(TimeMark(-30.0, "d")), WHOLE)
    assert graph._marks == lines, "one that is dropped is garbage of Qt's"
    assert [line.isVisible() for line in lines] == [True, False]


def test_a_curve_that_is_only_moved_is_not_worked_out_again(graph: Graph) -> None:
    curve = Curve("x", (-90.0, -30.0, 0.0), (1.0, None, 2.0))
    graph.show(Plot((curve,), MINUTE), WHOLE)
    (course,) = graph._courses
    path = course._line.getPath()
    graph.show(Plot([curve], Span(-90.0, -30.0)), WHOLE)
    assert course._line.getPath() is path
    graph.show(Plot((Curve("x", (-30.0, 0.0), (1.0, 2.0)),), MINUTE), WHOLE)
    assert course._line.getPath() is not path


def test_a_curve_is_drawn_in_the_pieces_between_its_holes() -> None:
    def found(*is_hole: int) -> list[tuple[int, int]]:
        return [(one.start, one.stop) for one in pieces(np.array(is_hole, dtype=bool))]

    assert found(0, 0, 1, 0, 1, 0) == [(0, 2), (3, 4), (5, 6)]
    assert found(1, 1, 0, 0) == [(2, 4)]
    assert found() == found(1) == []


def test_a_long_wash_is_filled_in_pieces_that_meet_and_a_page_has_one(graph: Graph) -> None:
    seconds = tuple(float(n) for n in range(-100, 1))
    values = tuple(None if n == -10 else 5.0 for n in seconds)
    curve = Curve("x", seconds, values)
    graph.show(Plot((curve,), MINUTE), WHOLE)
    wash = graph._courses[0]._wash
    found = [(first, last) for first, last, _ in wash._cut()]
    assert found[0][0] == 0.0
    assert found[-1][1] == 100.0
    gaps = [(before, after) for (_, before), (after, _) in pairwise(found) if before != after]
    assert gaps == [(89.0, 91.0)]
    assert len(found) > 3
    page = Graph(is_exported=True)
    drawing = widget_for(page)
    page.dress(QPalette(), QFont(), 1.0)
    page.show(Plot((curve,), MINUTE), WHOLE)
    assert [one[:2] for one in page._courses[0]._wash._cut()] == [(0.0, 89.0), (91.0, 100.0)]
    drawing.close()


def test_a_picture_is_kept_only_of_what_moves_and_stays_the_same(graph: Graph) -> None:
    def is_kept() -> bool:
        (course,) = graph._courses
        modes = {item.cacheMode() for item in (course._wash, course._band, course._line)}
        (mode,) = modes
        return bool(mode == QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show(curve: Curve, until: float) -> None:
        graph.show(Plot(curves=(curve,), span=MINUTE.ending(until)), WHOLE)

    one = Curve("x", (-60.0, 0.0), (0.2, 0.5))
    show(one, 0.0)
    assert not is_kept()
    show(one, -3.0)
    assert is_kept(), "it is dragged"
    other = Curve("x", (-60.0, 1.0), (0.2, 0.6))
    show(other, 1.0)
    assert not is_kept(), "what lives is drawn anew each second"
    show(other, 1.0)
    assert not is_kept()
