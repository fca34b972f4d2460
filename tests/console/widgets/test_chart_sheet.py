"""Pages of charts; that they are written to files is test_chart_export's."""

import csv
import io

from PySide6.QtGui import QColor, QFont, QImage, QPalette
from pytestqt.qtbot import QtBot

from console.widgets import chart_sheet
from console.widgets.chart_sheet import Part, Sheet
from console.widgets.curve import Curve
from console.widgets.plot import Plot
from console.widgets.time_span import Span

SPAN = Span(0.0, 10.0)
CURVE = Curve("used", (0.0, 5.0, 10.0), (1.0, None, 3.0))
PART = Part("CPU", "%", (CURVE,), Plot((), SPAN, 5.0))


def test_a_picture_stands_on_the_ground_of_its_palette(qtbot: QtBot) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    image = QImage.fromData(
        chart_sheet.png(chart_sheet.picture(Sheet("web-01", (PART,), palette, QFont())))
    )
    assert image.pixelColor(5, 5) == QColor("#101010")
    bare = Sheet("web-01", (Part("CPU", "%", (), PART.plot),), palette, QFont())
    assert chart_sheet.picture(bare) != image, "the curves are in it"


def test_a_drawing_has_its_words_as_words(qtbot: QtBot) -> None:
    words = chart_sheet.drawing(Sheet("web-01", (PART,), QPalette(), QFont())).decode()
    assert ">CPU</text>" in words
    assert "used</text>" in words


def test_a_drawing_ends_where_the_time_does(qtbot: QtBot) -> None:
    long = Curve("used", (-50.0, 0.0, 10.0, 99.0), (1.0, 2.0, 3.0, 4.0), least=(1.0,) * 4,
                 most=(4.0,) * 4)  # fmt: skip
    (drawn,) = Part("CPU", "%", (long,), PART.plot).as_drawn.curves
    assert (drawn.seconds, drawn.values, drawn.most) == ((0.0, 10.0), (2.0, 3.0), (4.0, 4.0))


def test_a_name_in_a_table_is_no_formula() -> None:
    part = Part("=1+1", "", (CURVE,), PART.plot)
    titles, first, last = csv.reader(io.StringIO(chart_sheet.table((part,), SPAN)))
    assert titles == ["time", "'=1+1 used"]
    assert (first[1], last[1]) == ("1", "3")
