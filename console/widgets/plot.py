"""A plot, painted: axes, curves, marks. On a screen, a picture or a page, whatever has a painter.

Painted by hand rather than by a library: a hundred of them are painted each second, and the first
one while somebody waits for a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from console.sdk.look import GRID, line_colour, tone_colour
from console.sdk.nodes import Tone
from console.widgets.curve import Curve, TimeMark, figure, ink_of
from console.widgets.time_span import Span, Tick

AXIS_WIDTH: Final = 44
TIME_AXIS_HEIGHT: Final = 22
_FOOT: Final = 3
_HEADROOM: Final = 1.12
_WASH: Final = 34
_BAND: Final = 70
_GRID_LINE: Final = 90
_GAP: Final = 8
_WIDTH: Final = 1.4
Floats = NDArray[np.float64]
_LOUD: Final = (Tone.WARNING, Tone.BAD)
_NOTHING_YET: Final = Span(-1.0, 0.0)
_PARTS: Final = ((5, (1, 5)), (4, (2,)), (2, (1, 2, 5)))
"""In how many parts a top of 1, 2 or 5 times a power of ten is told, most first."""


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is painted. `ticks` are words below the axis; without, it has none and no room."""

    curves: Sequence[Curve] = ()
    span: Span = _NOTHING_YET
    top: float = 1.0
    ticks: Sequence[Tick] = ()
    marks: Sequence[TimeMark] = ()
    has_words: bool = False
    has_figures: bool = True
    has_axes: bool = True

    def room(self, whole: QRectF) -> QRectF:
        """Return where within the whole the curves are."""
        if not self.has_axes:
            return whole
        below = TIME_AXIS_HEIGHT if self.ticks else _FOOT
        return whole.adjusted(AXIS_WIDTH, 1, -1, -below)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a second and a value are in a room."""

    room: QRectF
    span: Span
    top: float

    def x(self, second: float) -> float:
        """Return where a second is."""
        share = (second - self.span.since) / self.span.length_s
        return self.room.left() + share * self.room.width()

    def y(self, value: float) -> float:
        """Return where a value is; a little room above the top stays free."""
        return self.room.bottom() - value / (self.top * _HEADROOM) * self.room.height()

    def xs(self, seconds: Floats) -> Floats:
        """Return where seconds are."""
        scale = self.room.width() / self.span.length_s
        return self.room.left() + (seconds - self.span.since) * scale

    def ys(self, values: Sequence[float | None]) -> Floats:
        """Return where values are, not a number where there is a hole."""
        scale = self.room.height() / (self.top * _HEADROOM)
        return self.room.bottom() - np.array(values, dtype=float) * scale

    def second(self, x: float) -> float:
        """Return the second at a place from the left."""
        share = (x - self.room.left()) / max(1.0, self.room.width())
        return self.span.since + share * self.span.length_s


def paint_plot(painter: QPainter, whole: QRectF, plot: Plot, palette: QPalette) -> None:
    """Paint a plot into a rectangle, on whatever is there."""
    place = Place(plot.room(whole), plot.span, plot.top)
    painter.save()
    if plot.has_axes:
        _paint_axes(painter, plot, place, palette)
    painter.setClipRect(place.room)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index, curve in enumerate(plot.curves):
        _paint_curve(painter, curve, place, ink_of(curve, index).colour(palette))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    _paint_marks(painter, plot, place, palette)
    painter.restore()


def _paint_axes(painter: QPainter, plot: Plot, place: Place, palette: QPalette) -> None:
    room, metrics = place.room, QFontMetricsF(painter.font(), painter.device())
    line = line_colour(palette)
    faint = QColor(line)
    faint.setAlpha(_GRID_LINE)
    quiet = palette.color(QPalette.ColorRole.PlaceholderText)
    height = metrics.height()
    for value in _figures(plot.top, room.height() / height) if plot.has_figures else ():
        y = round(place.y(value)) + 0.5
        if value:
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QLineF(room.left(), y, room.right(), y))
        painter.setPen(quiet)
        low = min(y - height / 2, room.bottom() - height + 2)
        words = QRectF(0, low, room.left() - GRID - 2, height)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure(value)
        )
    painter.setPen(QPen(line, 1))
    corner = QPointF(room.left() - 0.5, room.bottom() + 0.5)
    painter.drawLine(QLineF(corner, QPointF(room.left() - 0.5, room.top())))
    painter.drawLine(QLineF(corner, QPointF(room.right(), room.bottom() + 0.5)))
    _paint_ticks(painter, plot, place, metrics, quiet)


def _paint_ticks(
    painter: QPainter, plot: Plot, place: Place, metrics: QFontMetricsF, ink: QColor
) -> None:
    room, edge = place.room, float("-inf")
    pen = painter.pen()
    for second, words in plot.ticks:
        if not plot.span.holds(second):
            continue
        x, width = place.x(second), metrics.horizontalAdvance(words)
        painter.setPen(pen)
        painter.drawLine(QLineF(x, room.bottom(), x, room.bottom() + GRID))
        left = min(x - width / 2, room.right() - width)
        if left < edge:
            continue
        painter.setPen(ink)
        painter.drawText(QPointF(left, room.bottom() + GRID + metrics.ascent() + 1), words)
        edge = left + width + _GAP


def _figures(top: float, lines: float) -> Iterator[float]:
    """Yield what is told at the axis, so that it stands in so many lines of text."""
    digit = round(top / 10 ** _exponent(top))
    fitting = (n for n, digits in _PARTS if digit in digits and lines > 1.6 * n)
    parts = next(fitting, 1)
    yield from (top * part / parts for part in range(parts + 1))


def _exponent(value: float) -> int:
    return int(f"{value:e}".partition("e")[2])


def _paint_curve(painter: QPainter, curve: Curve, place: Place, ink: QColor) -> None:
    seconds = np.asarray(curve.seconds, dtype=float)
    # What is not seen is not drawn, but for the points that lines come from and go to.
    first = max(0, int(np.searchsorted(seconds, place.span.since)) - 1)
    last = int(np.searchsorted(seconds, place.span.until, side="right")) + 1
    seen = slice(first, last)
    x = place.xs(seconds[seen])
    line = place.ys(curve.values[seen])
    is_filled = curve.is_filled and not curve.is_dashed
    band = None
    if curve.least and curve.most:
        band = place.ys(curve.most[seen]), place.ys(curve.least[seen])
    for piece in pieces(np.isnan(line)):
        points = _points(x[piece], line[piece])
        # The edge of a wash lies below the line: it need not be smooth, which is dear.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if is_filled:
            floor = place.room.bottom()
            ends = [QPointF(points[-1].x(), floor), QPointF(points[0].x(), floor)]
            _fill(painter, [*points, *ends], ink, _WASH)
        if band is not None:
            upper, lower = (_points(x[piece], edge[piece]) for edge in band)
            _fill(painter, [*upper, *reversed(lower)], ink, _BAND)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_line(painter, points, ink, is_dashed=curve.is_dashed)


def _paint_line(
    painter: QPainter, points: list[QPointF], ink: QColor, *, is_dashed: object
) -> None:
    if is_dashed:
        pen = QPen(ink, 1)
        pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        return
    painter.setPen(QPen(ink, _WIDTH))
    painter.drawLines(links(points))


def links(points: Sequence[QPointF]) -> list[QPointF]:
    """Return the ends of the lines from point to point, for a painter's `drawLines`.

    Painted so, a curve of 600 points takes a quarter of a millisecond; as one line that is wider
    than a pixel it takes six, since Qt then looks for where it crosses itself.
    """
    ends = [*points[:-1], *points[:-1]]
    ends[::2], ends[1::2] = points[:-1], points[1:]
    return ends


def pieces(is_hole: Floats) -> Iterator[slice]:
    """Yield the stretches without a hole."""
    edges = np.flatnonzero(np.diff(np.concatenate(([1], is_hole.astype(np.int8), [1]))))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(first), int(last))


def _points(x: Floats, y: Floats) -> list[QPointF]:
    if len(x) == 1:  # a dot: what was read once is seen too
        return [QPointF(x[0] - 0.7, y[0]), QPointF(x[0] + 0.7, y[0])]
    return list(map(QPointF, x.tolist(), y.tolist()))


def _fill(painter: QPainter, points: list[QPointF], ink: QColor, alpha: int) -> None:
    wash = QColor(ink)
    wash.setAlpha(alpha)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawPolygon(QPolygonF(points))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_marks(painter: QPainter, plot: Plot, place: Place, palette: QPalette) -> None:
    metrics = QFontMetricsF(painter.font(), painter.device())
    seen = [mark for mark in plot.marks if plot.span.holds(mark.seconds)]
    worded = with_room(seen, place, metrics) if plot.has_words else ()
    for mark in seen:
        colour = tone_colour(palette, mark.tone if mark.tone in _LOUD else Tone.MUTED)
        x = round(place.x(mark.seconds)) + 0.5
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, place.room.top(), x, place.room.bottom()))
        if mark in worded:
            left = x - metrics.horizontalAdvance(mark.text) - GRID
            painter.setPen(colour)
            painter.drawText(QPointF(left, place.room.top() + metrics.ascent() + 1), mark.text)


def with_room(
    marks: Sequence[TimeMark], place: Place, metrics: QFontMetricsF
) -> tuple[TimeMark, ...]:
    """Return those whose words, left of their lines, run into no other's; the newest first."""
    edge, found = float("inf"), []
    for mark in sorted(marks, key=lambda mark: -mark.seconds):
        right = place.x(mark.seconds)
        start = right - metrics.horizontalAdvance(mark.text) - _GAP
        if mark.text and right <= edge and start >= place.room.left():
            found.append(mark)
            edge = start
    return tuple(found)
