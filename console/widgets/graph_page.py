"""Charts below each other on a page, drawn and exported by pyqtgraph. Imported when one is made."""

import html
from typing import Any, Final

import pyqtgraph
from pyqtgraph.exporters import ImageExporter
from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgGenerator

from console.sdk.look import GRID
from console.widgets.chart_sheet import Part, Sheet
from console.widgets.curve import ink_of
from console.widgets.graph import Graph
from console.widgets.plot import AXIS_WIDTH

SIZE: Final = QSize(1200, 900)
_SHARPNESS: Final = 2
_MARGIN: Final = 6 * GRID
_HEADING: Final = 7 * GRID
_SPACE: Final = "&nbsp;" * 3


def image(sheet: Sheet) -> QImage:
    """Return the page as a picture, twice as sharp as it is seen."""
    page = _page(sheet, _SHARPNESS)
    exporter = ImageExporter(page.scene())
    exporter.parameters()["width"] = SIZE.width() * _SHARPNESS
    found: QImage = exporter.export(toBytes=True)
    page.close()
    return found


def svg(sheet: Sheet) -> bytes:
    """Return the page as an SVG.

    By Qt's own generator: pyqtgraph's exporter cannot read the closed paths that Qt 6.11 writes.
    """
    page = _page(sheet, 1)
    content = QByteArray()
    generator = QSvgGenerator()
    generator.setOutputDevice(QBuffer(content))
    generator.setSize(SIZE)
    generator.setViewBox(QRectF(QPointF(), QSizeF(SIZE)))
    generator.setResolution(page.logicalDpiX())
    generator.setTitle(sheet.title)
    painter = QPainter(generator)
    page.render(painter)
    painter.end()
    page.close()
    return bytes(content.data())


def _page(sheet: Sheet, sharpness: int) -> Any:
    """Return a view of the page, laid out; nobody sees it."""
    page = pyqtgraph.GraphicsLayoutWidget()
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.setBackground(sheet.palette.color(QPalette.ColorRole.Base))
    layout = page.ci.layout
    layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    layout.setSpacing(0)
    bold = QFont(sheet.font)
    bold.setBold(True)
    _add_words(page, _coloured(html.escape(sheet.title), sheet), bold, 0)
    layout.setRowFixedHeight(0, _HEADING)
    page.resize(SIZE)
    height = (SIZE.height() - 2 * _MARGIN - _HEADING) / max(1, len(sheet.parts)) - _HEADING
    width = SIZE.width() - 2 * _MARGIN
    for number, part in enumerate(sheet.parts):
        _add_words(page, _heading(part, sheet), sheet.font, AXIS_WIDTH)
        graph = Graph(is_exported=True)
        graph.dress(sheet.palette, sheet.font, sharpness)
        graph.show(part.as_drawn, QRectF(0, 0, width, height))
        page.addItem(graph.item)
        page.nextRow()
        layout.setRowFixedHeight(2 * number + 1, _HEADING)
    page.show()
    layout.activate()
    return page


def _add_words(page: Any, words: str, font: QFont, left: int) -> None:
    line = page.addLayout()
    line.layout.setContentsMargins(left, 0, 0, 0)
    label = pyqtgraph.LabelItem(justify="left")
    label.item.setFont(font)
    label.setText(words)
    line.addItem(label)
    page.nextRow()


def _coloured(words: str, sheet: Sheet, role: QPalette.ColorRole = QPalette.ColorRole.Text) -> str:
    return f'<span style="color:{sheet.palette.color(role).name()}">{words}</span>'


def _heading(part: Part, sheet: Sheet) -> str:
    quiet = QPalette.ColorRole.PlaceholderText
    told = [
        f"<b>{_coloured(html.escape(part.title), sheet)}</b>",
        _coloured(html.escape(part.unit), sheet, quiet),
    ]
    for index, curve in enumerate(part.curves):
        ink = ink_of(curve, index).colour(sheet.palette).name()
        key = "- -" if curve.is_dashed else "\N{EM DASH}"
        name = _coloured(html.escape(curve.name), sheet)
        told.append(f'<b><span style="color:{ink}">{key}</span></b>&nbsp;{name}')
    return _SPACE.join(told)
