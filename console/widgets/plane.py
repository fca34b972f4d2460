"""The plane that curves are drawn on, in the palette's colours: axes, curves, marks, cross-hair.

Seconds go from the past (negative) to now (0). pyqtgraph is imported when the first plane is shown:
it costs more than the rest of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID, is_dark, line_colour, tone_colour
from console.sdk.nodes import Tone

AXIS_WIDTH = 38
TIME_AXIS_HEIGHT = 22
_CEILING_STEPS = (1, 2, 5, 10)
_HEADROOM = 1.12
_WASH = 40
_GAP = 8


class Ink(Enum):
    """What a curve is drawn in: (in light, in dark), each with a contrast of 3 or more."""

    GREEN = ("", "")
    BLUE = ("#3f74b8", "#7fb0ee")
    ORANGE = ("#b5611a", "#e3a15f")
    VIOLET = ("#7466b8", "#a99bea")

    def colour(self, palette: QPalette) -> QColor:
        """Return the colour on this palette's base."""
        if self is Ink.GREEN:
            return palette.color(QPalette.ColorRole.Accent)
        return QColor(self.value[is_dark(palette)])


FIRST_INKS = (Ink.GREEN, Ink.BLUE, Ink.ORANGE, Ink.VIOLET)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: seconds (the newest is 0, the rest negative) and values; None is a hole.

    `newest` is the last value as it is to be read, without the unit. Without an ink it takes the
    one of its place.
    """

    name: str
    seconds: Sequence[float]
    values: Sequence[float | None]
    newest: str = ""
    ink: Ink | None = None


@dataclass(frozen=True, slots=True)
class TimeMark:
    """Something that happened: a dashed line, and a word above where there is room."""

    seconds: float
    text: str


class Plane(QWidget):
    """A plot without words around it.

    `ceiling` fixes the top; without it the top is the next round figure, and comes down only when
    there is twice the room, so that the axis does not flicker.
    """

    pointed = Signal(float)
    """float: the second that the pointer is over."""
    left = Signal()
    """The pointer is elsewhere."""

    def __init__(self, *, ceiling: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ceiling = ceiling
        self._top = ceiling or 1.0
        self._span_s = 1.0
        self._curves: Sequence[Curve] = ()
        self._marks: Sequence[TimeMark] = ()
        self._ticks: Sequence[tuple[float, str]] = ()
        self._has_words = False
        self._has_time_axis = False
        self._cross: float | None = None
        self._plot: Any = None
        self._lines: list[Any] = []
        self._mark_lines: list[Any] = []
        self._cross_line: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def forget_top(self) -> None:
        """Begin with a low top again: the figures are of another unit or another thing."""
        if self._ceiling is None:
            self._top = 0.1

    def show_curves(self, curves: Sequence[Curve], span_s: float) -> None:
        """Draw these over the last `span_s` seconds."""
        self._curves, self._span_s = curves, span_s
        if self._plot is not None:
            self._draw()

    def show_time(self, ticks: Sequence[tuple[float, str]], *, with_words: object) -> None:
        """Have a time axis with ticks at these (second, words), or have the words elsewhere."""
        self._ticks, self._has_time_axis = ticks, bool(with_words)
        if self._plot is not None:
            self._draw_time()

    def show_marks(self, marks: Sequence[TimeMark], *, with_words: object) -> None:
        """Mark what happened, with words where they fit side by side."""
        self._marks, self._has_words = marks, bool(with_words)
        if self._plot is not None:
            self._draw_marks()

    def show_cross(self, second: float | None) -> None:
        """Stand a cross-hair at a second; None takes it away."""
        self._cross = second
        if self._cross_line is not None:
            self._cross_line.setVisible(second is not None)
            if second is not None:
                self._cross_line.setValue(second)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Make the plot the first time somebody sees it."""
        super().showEvent(event)
        if self._plot is None:
            self._make_plot()
            self._draw()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_plot", None) is not None:
            self._dress()
            self._draw()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        super().leaveEvent(event)
        self.left.emit()

    def _make_plot(self) -> None:
        import pyqtgraph  # noqa: PLC0415  # a third of a second that a list alone need not pay

        self._plot = plot = pyqtgraph.PlotWidget()
        plot.setAntialiasing(True)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        # A plot would ask for 640 by 480.
        plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        # What is around it has the name and tells the figures; there is nothing to press in it.
        for part in (plot, plot.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = plot.getAxis("left")
        left.setWidth(AXIS_WIDTH)
        left.setStyle(hideOverlappingLabels=False)  # it takes the lowest and the highest for such
        plot.scene().sigMouseMoved.connect(self._on_moved)
        self._cross_line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cross_line.setZValue(10)
        plot.addItem(self._cross_line, ignoreBounds=True)
        layout = self.layout()
        if layout:
            layout.addWidget(plot)
        self._dress()
        self.show_cross(self._cross)

    def _dress(self) -> None:
        palette, plot = self.palette(), self._plot
        plot.setBackground(palette.color(QPalette.ColorRole.Base))
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(QPen(line_colour(palette), 1))
            axis.setTextPen(palette.color(QPalette.ColorRole.PlaceholderText))
            axis.setStyle(tickLength=-GRID)
        plot.showGrid(x=False, y=True, alpha=0.12)
        self._cross_line.setPen(QPen(palette.color(QPalette.ColorRole.Text), 0))

    def _draw(self) -> None:
        self._settle_top()
        self._plot.setXRange(-self._span_s, 0, padding=0)
        # A little room above the top, or its figure would be cut off.
        self._plot.setYRange(0, self._top * _HEADROOM, padding=0)
        marks = [(value, figure(value)) for value in (0.0, self._top / 2, self._top)]
        # An axis without figures to measure has none itself.
        self._plot.getAxis("left").setTicks([marks if self._ceiling or self._known() else []])
        self._draw_time()
        while len(self._lines) < len(self._curves):
            self._lines.append(self._plot.plot())
        for index, line in enumerate(self._lines):
            self._draw_line(index, line)
        self._draw_marks()

    def _draw_line(self, index: int, line: Any) -> None:
        curve = self._curves[index] if index < len(self._curves) else Curve("", (), ())
        colour = ink_of(curve, index).colour(self.palette())
        wash = QColor(colour)
        wash.setAlpha(_WASH)
        line.setPen(QPen(colour, 0))
        line.setFillLevel(0 if index == 0 else None)
        line.setBrush(wash)
        values = [float("nan") if value is None else value for value in curve.values]
        line.setData(list(curve.seconds), values, connect="finite")

    def _draw_time(self) -> None:
        axis = self._plot.getAxis("bottom")
        axis.setStyle(showValues=self._has_time_axis)
        axis.setHeight(TIME_AXIS_HEIGHT if self._has_time_axis else 2 * GRID)
        if self._ticks:
            axis.setTicks([[tick for tick in self._ticks if tick[0] >= -self._span_s]])

    def _draw_marks(self) -> None:
        # Lines are kept and used again. One that is dropped is garbage of Qt's, which Python may
        # collect in the engine's thread: that waits for this one, and this one for it.
        colour = tone_colour(self.palette(), Tone.WARNING)
        pen = QPen(colour, 0, Qt.PenStyle.DashLine)
        seen = [mark for mark in self._marks if -self._span_s <= mark.seconds <= 0]
        worded = self._with_room(seen) if self._has_words else ()
        while len(self._mark_lines) < len(seen):
            self._mark_lines.append(self._make_mark(colour))
        for index, line in enumerate(self._mark_lines):
            line.setVisible(index < len(seen))
            if index >= len(seen):
                line.label.setFormat("")
                continue
            mark = seen[index]
            line.setPen(pen)
            line.setValue(mark.seconds)
            line.label.setColor(colour)
            line.label.setFormat(mark.text if mark in worded else "")

    def _make_mark(self, colour: QColor) -> Any:
        import pyqtgraph  # noqa: PLC0415  # imported with the plot

        line = pyqtgraph.InfiniteLine(
            0,
            angle=90,
            label="",
            labelOpts={"position": 0.88, "color": colour, "anchors": [(1, 0.5), (1, 0.5)]},
        )
        self._plot.addItem(line, ignoreBounds=True)
        return line

    def _with_room(self, marks: Sequence[TimeMark]) -> tuple[TimeMark, ...]:
        """Return those whose words, left of their lines, run into no other's; the newest first."""
        room = max(self.width() - AXIS_WIDTH, 1) / self._span_s
        edge, found = float("inf"), []
        for mark in sorted(marks, key=lambda mark: -mark.seconds):
            right = (mark.seconds + self._span_s) * room
            start = right - self.fontMetrics().horizontalAdvance(mark.text) - _GAP
            if right <= edge and start >= 0:
                found.append(mark)
                edge = start
        return tuple(found)

    def _known(self) -> list[float]:
        return [value for curve in self._curves for value in curve.values if value is not None]

    def _settle_top(self) -> None:
        if self._ceiling is not None:
            return
        known = self._known()
        if not known:
            return
        wanted = round_up(max(known))
        if wanted > self._top or wanted <= self._top / 2:
            self._top = wanted

    def _on_moved(self, place: QPointF) -> None:
        box = self._plot.getViewBox()
        if self._plot.sceneBoundingRect().contains(place):
            self.pointed.emit(min(0.0, float(box.mapSceneToView(place).x())))


def ink_of(curve: Curve, index: int) -> Ink:
    """Return what a curve at this place is drawn in."""
    return curve.ink or FIRST_INKS[index % len(FIRST_INKS)]


def round_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten; never less than 0.1."""
    power = 0.1
    while power * 10 < value:
        power *= 10
    return next(power * step for step in _CEILING_STEPS if power * step >= min(value, power * 10))


def figure(value: float) -> str:
    """Return the words for a figure at an axis."""
    places = next((n for n in (0, 1) if round(value, n) == round(value, 3)), 2)
    return QLocale().toString(float(value), "f", places)
