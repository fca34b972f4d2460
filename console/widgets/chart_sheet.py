"""Charts as a page of their own: a picture, or a drawing that grows without loss."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPalette, QPen
from PySide6.QtSvg import QSvgGenerator

from console.sdk.look import GRID
from console.sdk.tabbed import harmless
from console.widgets.curve import Curve, ink_of
from console.widgets.plot import AXIS_WIDTH, Plot, paint_plot
from console.widgets.time_span import Span

SIZE: Final = QSize(1200, 900)
_SHARPNESS: Final = 2.0
_MARGIN: Final = 6 * GRID
_HEADING: Final = 7 * GRID
_KEY: Final = 4 * GRID


@dataclass(frozen=True, slots=True)
class Part:
    """One chart: its name, what its figures are told in, and what is drawn."""

    title: str
    unit: str
    curves: tuple[Curve, ...]
    plot: Plot


@dataclass(frozen=True, slots=True)
class Sheet:
    """Charts one below the other, under a title."""

    title: str
    parts: Sequence[Part]
    palette: QPalette
    font: QFont


def picture(sheet: Sheet) -> QImage:
    """Return it painted, twice as sharp as it is seen."""
    image = QImage(SIZE * _SHARPNESS, QImage.Format.Format_RGB32)
    image.fill(sheet.palette.color(QPalette.ColorRole.Base))
    painter = QPainter(image)
    painter.scale(_SHARPNESS, _SHARPNESS)
    _paint(painter, sheet)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return a picture as a PNG. That takes a while, and can be done in any thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs: the name is bytes
    return bytes(buffer.data().data())


def drawing(sheet: Sheet) -> bytes:
    """Return it as an SVG."""
    content = QByteArray()
    buffer = QBuffer(content)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    generator.setViewBox(QRectF(0, 0, SIZE.width(), SIZE.height()))
    generator.setTitle(sheet.title)
    painter = QPainter(generator)
    whole = QRectF(0, 0, SIZE.width(), SIZE.height())
    painter.fillRect(whole, sheet.palette.color(QPalette.ColorRole.Base))
    _paint(painter, sheet)
    painter.end()
    return bytes(content.data())


def table(parts: Sequence[Part], span: Span) -> str:
    """Return the points that are seen as comma-separated values, a moment a line.

    Where a point stands for a stretch of time, its least and most stand beside the mean.
    """
    columns: list[str] = []
    rows: dict[float, dict[int, float]] = {}
    for part in parts:
        for curve in part.curves:
            told = f"{part.title} {curve.name}" + (f" ({part.unit})" if part.unit else "")
            for name, values in _columns(told, curve):
                columns.append(name)
                for second, value in zip(curve.seconds, values, strict=True):
                    if value is not None and span.holds(second):
                        rows.setdefault(second, {})[len(columns) - 1] = value
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["time", *(harmless(name) for name in columns)])
    for second in sorted(rows):
        at = (
            datetime.fromtimestamp(second).astimezone().isoformat(timespec="milliseconds")
        )  # the clock on the wall, with its offset
        row = rows[second]
        writer.writerow([at, *(f"{row[i]:.6g}" if i in row else "" for i in range(len(columns)))])
    return file.getvalue()


def _columns(told: str, curve: Curve) -> list[tuple[str, Sequence[float | None]]]:
    if not curve.least or not curve.most:
        return [(told, curve.values)]
    return [
        (told, curve.values),
        (f"{told}, least", curve.least),
        (f"{told}, most", curve.most),
    ]


def _paint(painter: QPainter, sheet: Sheet) -> None:
    font = QFont(sheet.font)
    whole = QRectF(0, 0, SIZE.width(), SIZE.height())
    room = whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(sheet.palette.color(QPalette.ColorRole.Text))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, sheet.title)
    room.setTop(room.top() + _HEADING)
    height = room.height() / max(1, len(sheet.parts))
    for number, part in enumerate(sheet.parts):
        top = room.top() + number * height
        line = QRectF(room.left(), top, room.width(), _HEADING)
        _paint_heading(painter, sheet, part, line, bold)
        painter.setFont(font)
        below = QRectF(room.left(), top + _HEADING, room.width(), height - _HEADING - 2 * GRID)
        paint_plot(painter, below, replace(part.plot, curves=part.curves), sheet.palette)


def _paint_heading(painter: QPainter, sheet: Sheet, part: Part, line: QRectF, bold: QFont) -> None:
    metrics = QFontMetricsF(bold)
    x, base = line.left() + AXIS_WIDTH, line.top() + metrics.ascent() + GRID
    painter.setFont(bold)
    painter.setPen(sheet.palette.color(QPalette.ColorRole.Text))
    painter.drawText(QPointF(x, base), part.title)
    x += metrics.horizontalAdvance(part.title) + 2 * GRID
    painter.setFont(sheet.font)
    metrics = QFontMetricsF(sheet.font)
    quiet = sheet.palette.color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(quiet)
    painter.drawText(QPointF(x, base), part.unit)
    x += metrics.horizontalAdvance(part.unit) + 4 * GRID
    for index, curve in enumerate(part.curves):
        pen = QPen(ink_of(curve, index).colour(sheet.palette), 2)
        if curve.is_dashed:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        middle = base - metrics.ascent() / 3
        painter.drawLine(QLineF(x, middle, x + _KEY, middle))
        painter.setPen(sheet.palette.color(QPalette.ColorRole.Text))
        painter.drawText(QPointF(x + _KEY + GRID, base), curve.name)
        x += _KEY + metrics.horizontalAdvance(curve.name) + 5 * GRID
