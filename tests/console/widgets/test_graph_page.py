"""Pages as pyqtgraph draws them; what is on them is test_chart_sheet's."""

from xml.etree import ElementTree as ET

from PySide6.QtGui import QFont, QPalette
from pytestqt.qtbot import QtBot

from console.widgets import graph_page
from console.widgets.chart_sheet import Part, Sheet
from console.widgets.curve import Curve
from console.widgets.plot import Plot
from console.widgets.time_span import Span

LATE = 1_764_000_000.0
CURVE = Curve("<used>", (LATE, LATE + 5.0, LATE + 10.0), (1.0, 2.0, 3.0))
PART = Part("CPU", "%", (CURVE,), Plot((), Span(LATE, LATE + 10.0), 5.0))


def sheet(*parts: Part) -> Sheet:
    return Sheet("web-01", parts, QPalette(), QFont())


def test_a_picture_is_twice_as_sharp_as_the_page(qtbot: QtBot) -> None:
    assert graph_page.image(sheet(PART, PART)).size() == graph_page.SIZE * 2


def test_the_points_of_a_drawing_are_told_apart(qtbot: QtBot) -> None:
    root = ET.fromstring(graph_page.svg(sheet(PART)))  # noqa: S314  # our own
    lines = [node.get("d", "").strip() for node in root.iter()]
    assert "M0,1 L5,2 L10,3" in lines, "Unix time has ten digits, and SVG six"
    assert any("<used>" in (node.text or "") for node in root.iter())
