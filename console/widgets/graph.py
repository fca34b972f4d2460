"""A plot, drawn by pyqtgraph, on a screen or a page. Imported when the first one is drawn.

pyqtgraph costs a third of a second, which a list alone need not pay: whoever needs this module
imports it where it draws. Nobody else speaks to pyqtgraph.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmapCache,
)
from PySide6.QtWidgets import QGraphicsItem
from typing_extensions import override

from console.sdk.look import GRID, line_colour, tone_colour
from console.sdk.nodes import Tone
from console.widgets.curve import Curve, TimeMark, figure, ink_of
from console.widgets.plot import (
    AXIS_WIDTH,
    FOOT,
    HEADROOM,
    MARGIN,
    Place,
    Plot,
    ticks_with_room,
    with_room,
)
from console.widgets.plotting import pyqtgraph
from console.widgets.time_span import Tick

Floats = NDArray[np.float64]
_WASH: Final = 34
_BAND: Final = 70
_RULE: Final = 90
_WIDTH: Final = 1.4
_PIN: Final = 3 * GRID
_LOUD: Final = (Tone.WARNING, Tone.BAD)
_ABOVE_CURVES: Final = 20
_ABOVE_ALL: Final = 30
_DOT: Final = 1.8
_NOTHING: Final = np.empty(0)
_KEPT: Final = QGraphicsItem.CacheMode.DeviceCoordinateCache
_NOT_KEPT: Final = QGraphicsItem.CacheMode.NoCache
_PICTURES_KIB: Final = 64 * 1024
"""Room for the kept pictures of four charts at 200 %; icons have theirs there, too."""
_PIECE: Final = 24
"""Points that are filled at a time."""


def widget_for(graph: "Graph") -> Any:
    """Return a widget that has nothing but a graph in it, and leaves the hand to what is around."""
    widget = pyqtgraph.PlotWidget(plotItem=graph.item)
    # A plot would ask for 640 by 480.
    widget.setMinimumSize(1, 1)
    for part in (widget, widget.viewport()):
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return widget


class Graph:
    """A plot item with our axes, look and marks.

    Lines are kept and used again. One that is dropped is garbage of Qt's, which must not be
    collected in another thread.
    """

    def __init__(self, *, is_exported: object = False) -> None:
        self.item = pyqtgraph.PlotItem(enableMenu=False)
        self._box = self.item.getViewBox()
        self._sharpness = 1.0
        self._is_exported = bool(is_exported)
        self._palette, self._font = QPalette(), QFont()
        self._plot = Plot(has_figures=False)
        self._size = QRectF()
        self._foot = 0
        self._told: dict[str, list[Tick]] = {}
        self._courses: list[_Course] = []
        self._marks: list[Any] = []
        self._prepare()
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _PICTURES_KIB))
        self._cross = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cross.setZValue(_ABOVE_ALL)
        self._cross.hide()
        self._box.addItem(self._cross, ignoreBounds=True)

    def _prepare(self) -> None:
        item = self.item
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        self._box.disableAutoRange()
        self._box.setDefaultPadding(0)
        item.layout.setContentsMargins(0, MARGIN, MARGIN, 0)
        left, bottom, rules = (item.getAxis(side) for side in ("left", "bottom", "right"))
        left.setWidth(AXIS_WIDTH)
        # By so much words may stand out over an axis' ends.
        left.setStyle(tickLength=0, tickTextOffset=GRID + 2, hideOverlappingLabels=FOOT)
        bottom.setStyle(tickLength=GRID, tickTextOffset=1, hideOverlappingLabels=AXIS_WIDTH)
        # The figures' axis would leave the lowest figure out if it had the rules as well.
        item.showAxis("right")
        rules.setWidth(0)
        rules.setStyle(tickLength=0, showValues=False, tickAlpha=_RULE)
        rules.setGrid(255)

    def dress(self, palette: QPalette, font: QFont, sharpness: float) -> None:
        """Take these colours, this font, and so many pixels to the width of a line."""
        self._palette, self._font, self._sharpness = palette, font, sharpness
        line = self._pen(line_colour(palette))
        for side in ("left", "bottom", "right"):
            axis = self.item.getAxis(side)
            axis.setPen(line if side != "right" else QPen(Qt.PenStyle.NoPen))
            axis.setTickPen(line)
            axis.setTextPen(palette.color(QPalette.ColorRole.PlaceholderText))
            axis.setTickFont(font)
        self._draw_curves()
        self._draw_axes()
        self._draw_marks()

    def show(self, plot: Plot, whole: QRectF) -> None:
        """Draw this in so much room; what is as it was is not touched."""
        before, self._plot = self._plot, plot
        is_resized, self._size = whole != self._size, whole
        if plot.curves is not before.curves:
            self._draw_curves()
        is_moved = (plot.span, plot.top) != (before.span, before.top)
        if is_moved:
            for course in self._courses:
                course.be_moved()
            self._box.setRange(
                xRange=(plot.span.since, plot.span.until),
                yRange=(0, plot.top * HEADROOM),
                padding=0,
                disableAutoRange=True,
            )
            # Left until it is painted, that would have it all painted once more.
            self._box.updateMatrix()
        are_others = _axes_of(plot) != _axes_of(before)
        if is_resized or is_moved or are_others:
            self._draw_axes()
        are_others = (plot.marks, plot.has_words) != (before.marks, before.has_words)
        if is_resized or is_moved or are_others:
            self._draw_marks()

    def show_cross(self, second: float | None, *, is_pinned: object) -> None:
        """Stand a cross-hair at a second; None takes it away."""
        if second is None:
            self._cross.hide()
            return
        role = QPalette.ColorRole.Accent if is_pinned else QPalette.ColorRole.Text
        self._cross.setPen(self._pen(self._palette.color(role)))
        self._cross.clearMarkers()
        if is_pinned:
            self._cross.addMarker("v", 1.0, _PIN)
        self._cross.setValue(second)
        self._cross.show()

    @property
    def _place(self) -> Place:
        return Place(self._plot.room(self._size), self._plot.span, self._plot.top)

    def _pen(self, colour: QColor, width: float = 1.0) -> QPen:
        pen = QPen(colour, width * self._sharpness)
        pen.setCosmetic(True)
        return pen

    def _draw_axes(self) -> None:
        plot, place, metrics = self._plot, self._place, QFontMetricsF(self._font)
        lines = place.room.height() / max(1.0, metrics.height())
        found = plot.ladder.figures(plot.top, lines) if plot.has_figures else ()
        told = [(at, figure(at)) for at in found]
        self._tell("left", told)
        self._tell("right", told[1:])
        if plot.foot != self._foot:
            self._foot = plot.foot
            self.item.getAxis("bottom").setHeight(plot.foot)
        self.item.layout.activate()
        self._tell("bottom", ticks_with_room(plot.ticks, place, metrics))

    def _tell(self, side: str, ticks: list[Tick]) -> None:
        # An axis that is told anew is drawn anew: a third of the time of a drag.
        if self._told.get(side) != ticks:
            self._told[side] = ticks
            self.item.getAxis(side).setTicks([ticks])

    def _draw_curves(self) -> None:
        curves = self._plot.curves
        while len(self._courses) < len(curves):
            self._courses.append(_Course(self._box))
        for index, course in enumerate(self._courses):
            curve = curves[index] if index < len(curves) else Curve("", (), ())
            ink = ink_of(curve, index).colour(self._palette)
            pen = self._pen(ink, 1.0 if curve.is_dashed else _WIDTH)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # squares would make beads of its points
            if curve.is_dashed:
                pen.setDashPattern([5.0, 4.0])
            # A drawing of one path is smaller, and nobody waits for it.
            course.show(curve, pen, in_one=curve.is_dashed or self._is_exported)

    def _draw_marks(self) -> None:
        plot, place = self._plot, self._place
        seen = [mark for mark in plot.marks if plot.span.holds(mark.seconds)]
        worded: Sequence[TimeMark] = ()
        if plot.has_words:
            worded = with_room(seen, place, QFontMetricsF(self._font))
        while len(self._marks) < len(seen):
            self._marks.append(self._make_mark())
        for line in self._marks[len(seen) :]:
            line.hide()
        for line, mark in zip(self._marks, seen, strict=False):
            colour = tone_colour(self._palette, mark.tone if mark.tone in _LOUD else Tone.MUTED)
            pen = self._pen(colour)
            pen.setStyle(Qt.PenStyle.DashLine)
            line.setPen(pen)
            line.setValue(mark.seconds)
            line.show()
            line.label.setFont(self._font)
            line.label.setColor(colour)
            # It is a format, and a name may have braces.
            words = mark.text.replace("{", "{{").replace("}", "}}")
            line.label.setFormat(words if mark in worded else "")

    def _make_mark(self) -> Any:
        above = {"position": 1.0, "anchors": [(1, 0), (1, 0)]}
        line = pyqtgraph.InfiniteLine(angle=90, movable=False, label="", labelOpts=above)
        line.setZValue(_ABOVE_CURVES)
        self._box.addItem(line, ignoreBounds=True)
        return line


class _Course:
    """The items of one curve: a wash down to nothing, what it went through, the line, and dots.

    A dot is what was read once between two holes.
    """

    def __init__(self, box: Any) -> None:
        self._wash, self._band = _Wash(), _Wash()
        self._line = pyqtgraph.PlotCurveItem(antialias=True, connect="finite")
        self._dots = pyqtgraph.ScatterPlotItem(pen=None)
        self._items = (self._wash, self._band, self._line, self._dots)
        for item in self._items:
            box.addItem(item, ignoreBounds=True)
        self._shown: Curve | None = None
        self._pen: QPen | None = None
        self._is_kept = self._is_new = False

    def be_moved(self) -> None:
        """Stand elsewhere: what is the same as before is kept as a picture, and only pushed."""
        self._keep(is_kept=not self._is_new)
        self._is_new = False

    def _keep(self, *, is_kept: bool) -> None:
        if is_kept != self._is_kept:
            self._is_kept = is_kept
            for item in (self._wash, self._band, self._line):
                item.setCacheMode(_KEPT if is_kept else _NOT_KEPT)

    def show(self, curve: Curve, pen: QPen, *, in_one: object) -> None:
        """Draw a curve; what is as it was is not touched."""
        if pen != self._pen:
            self._pen = pen
            self._dye(pen, in_one=in_one)
        if self._shown is None or not _draws_as(curve, self._shown):
            self._shown, self._is_new = curve, True
            self._keep(is_kept=False)
            self._draw(curve)

    def _dye(self, pen: QPen, *, in_one: object) -> None:
        self._line.setPen(pen)
        # As one path, a smooth line wider than a pixel takes thirty times as long.
        self._line.setSegmentedLineMode("off" if in_one else "on")
        self._dots.setBrush(pen.color())
        self._dots.setSize(_DOT * pen.widthF())
        for item, alpha in ((self._wash, _WASH), (self._band, _BAND)):
            wash = QColor(pen.color())
            wash.setAlpha(alpha)
            item.dye(wash, in_one=in_one)

    def _draw(self, curve: Curve) -> None:
        # Counted from its own beginning: figures of Unix time are too long for a drawing's.
        start = float(curve.seconds[0]) if len(curve.seconds) else 0.0
        seconds = np.asarray(curve.seconds, dtype=float) - start
        line = np.array(curve.values, dtype=float)
        runs = list(pieces(np.isnan(line)))
        self._line.setData(seconds, line)
        alone = [run.start for run in runs if run.stop - run.start == 1]
        self._dots.setData(seconds[alone], line[alone])
        is_washed = curve.is_filled and not curve.is_dashed
        floor = np.zeros_like(line)
        self._wash.fill(seconds, floor, line, runs if is_washed else ())
        least, most = (np.array(edge, dtype=float) for edge in (curve.least, curve.most))
        has_band = bool(len(least) and len(most))
        self._band.fill(seconds, least, most, runs if has_band else ())
        for item in self._items:
            item.setPos(start, 0)


class _Wash(pyqtgraph.GraphicsObject):  # type: ignore[misc]  # it has no types
    """What lies between two lines, one colour, without an edge.

    It is filled piece by piece, and what is not seen is left out: as one path, an hour of it takes
    ten times as long. On a page it is one path, or the smooth edges of its pieces would be seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._brush, self._is_in_one = QBrush(), False
        self._lines: tuple[Floats, Floats, Floats] = (_NOTHING, _NOTHING, _NOTHING)
        self._runs: tuple[slice, ...] = ()
        self._bounds = QRectF()
        self._pieces: list[tuple[float, float, QPainterPath]] | None = None

    def dye(self, colour: QColor, *, in_one: object) -> None:
        """Take this colour; as one path or in pieces."""
        self._brush, self._is_in_one, self._pieces = QBrush(colour), bool(in_one), None
        self.update()

    def fill(self, seconds: Floats, lower: Floats, upper: Floats, runs: Iterable[slice]) -> None:
        """Fill what is between these within each run."""
        self.prepareGeometryChange()
        self._lines, self._runs, self._pieces = (seconds, lower, upper), tuple(runs), None
        self._bounds = QRectF()
        if self._runs:
            least, most = float(np.nanmin(lower)), float(np.nanmax(upper))
            length = float(seconds[-1] - seconds[0])
            self._bounds = QRectF(float(seconds[0]), least, length, most - least)
        self.update()

    @override
    def boundingRect(self) -> QRectF:
        """Return where it is."""
        return self._bounds

    @override
    def paint(self, painter: QPainter, option: Any, _widget: Any = None) -> None:
        """Fill what is seen."""
        if self._pieces is None:
            self._pieces = list(self._cut())
        seen = option.exposedRect
        left, right = seen.left(), seen.right()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=self._is_in_one)
        for first, last, path in self._pieces:
            if last >= left and first <= right:
                painter.fillPath(path, self._brush)

    def _cut(self) -> Iterator[tuple[float, float, QPainterPath]]:
        seconds, lower, upper = self._lines
        for run in self._runs:
            step = run.stop - run.start if self._is_in_one else _PIECE
            for start in range(run.start, run.stop - 1, step):
                part = slice(start, min(start + step + 1, run.stop))
                x = np.concatenate((seconds[part], seconds[part][::-1]))
                y = np.concatenate((upper[part], lower[part][::-1]))
                path = pyqtgraph.arrayToQPath(x, y, finiteCheck=False)
                yield float(x[0]), float(seconds[part][-1]), path


def pieces(is_hole: NDArray[np.bool_]) -> Iterator[slice]:
    """Yield the stretches without a hole."""
    edges = np.flatnonzero(np.diff(np.concatenate(([1], is_hole.astype(np.int8), [1]))))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(first), int(last))


def _axes_of(plot: Plot) -> tuple[object, ...]:
    return plot.ticks, plot.has_figures, plot.ladder


def _draws_as(curve: Curve, other: Curve) -> bool:
    return (
        curve.seconds is other.seconds
        and curve.values is other.values
        and (curve.least is other.least and curve.most is other.most)
        and (curve.is_dashed, curve.is_filled) == (other.is_dashed, other.is_filled)
    )
