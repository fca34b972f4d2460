"""Curves over time: y from zero with its unit, antialiased, in the colours of the palette.

pyqtgraph is imported when the first graph is shown: it costs more than the rest of the window.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize, Qt
from PySide6.QtGui import QColor, QPalette, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID, is_dark, line_colour

_SECOND = {True: "#7fb0ee", False: "#3f74b8"}
_CEILING_STEPS = (1, 2, 5, 10)
_SHORTEST_S = 30.0
_HEADROOM = 1.12
_AXIS_WIDTH = 38


def _tr(text: str) -> str:
    return QCoreApplication.translate("time_graph", text)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: seconds (the newest is 0, the rest negative) and values; None is a hole.

    `newest` is the last value as it is to be read, without the unit.
    """

    name: str
    seconds: Sequence[float]
    values: Sequence[float | None]
    newest: str = ""


class TimeGraph(QWidget):
    """A graph of one or two curves of one unit over the last `span_s` seconds.

    It begins with a shorter span, so that the first readings are more than a tick at the edge.
    `ceiling` fixes the top ("100 %"); without it the top is the next round figure, and comes down
    only when there is twice the room, so that the axis does not flicker.
    """

    def __init__(
        self,
        title: str,
        unit: str,
        *,
        span_s: float = 120,
        ceiling: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = title
        self._unit = ""
        self._longest_s = span_s
        self._span_s = min(_SHORTEST_S, span_s)
        self._ceiling = ceiling
        self._top = ceiling or 1.0
        self._curves: tuple[Curve, ...] = ()
        self._plot: Any = None
        self._lines: list[Any] = []
        self._title, self._then, self._now = _quiet(""), _quiet(""), QLabel()
        self._column, self._room = QVBoxLayout(self), QVBoxLayout()
        self._lay_out()
        self._stand_for(unit)

    def _lay_out(self) -> None:
        self._now.setTextFormat(Qt.TextFormat.RichText)
        top, below = QHBoxLayout(), QHBoxLayout()
        # Layouts first: one without a parent does not keep its widgets alive.
        self._column.addLayout(top)
        self._column.addLayout(self._room, 1)
        self._column.addLayout(below)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._now)
        below.setContentsMargins(_AXIS_WIDTH, 0, 0, 0)
        below.addWidget(self._then)
        below.addStretch(1)
        below.addWidget(_quiet(_tr("now")))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.setMinimumSize(160, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_curves(self, curves: tuple[Curve, ...], unit: str = "") -> None:
        """Draw these from now on, in another unit if need be; above stands which is which."""
        self._curves = curves
        if unit and unit != self._unit:
            self._stand_for(unit)
        told = [f"{curve.name} {curve.newest}" for curve in curves if curve.newest]
        self.setAccessibleDescription(", ".join(told))
        self._tell()
        self._settle_span()
        if self._plot is not None:
            self._draw()

    def _stand_for(self, unit: str) -> None:
        self._unit = unit
        if self._ceiling is None:
            self._top = 0.1
        self.setAccessibleName(f"{self._name}, {unit}")
        self._title.setText(f"{self._name}, {unit}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the curves where there is room for that."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        told = [(index, curve) for index, curve in enumerate(self._curves) if curve.newest]
        if len(self._curves) == 1:
            figures = [html.escape(f"{curve.newest} {self._unit}") for _, curve in told]
            self._now.setText("".join(figures))
            return
        words = "  ".join(f"● {curve.name} {curve.newest}" for _, curve in told)
        room = self.width() - self._title.sizeHint().width() - GRID
        is_named = self.fontMetrics().horizontalAdvance(words) < room
        self._now.setText("&ensp;".join(self._key(i, curve, is_named) for i, curve in told))
        self._now.setToolTip(self.accessibleDescription())

    def _key(self, index: int, curve: Curve, is_named: object) -> str:
        dot = f'<span style="color:{self._colour(index).name()}">●</span>'
        words = f"{curve.name} {curve.newest}" if is_named else curve.newest
        return f"{dot} {html.escape(words)}"

    def _settle_span(self) -> None:
        oldest = -min((curve.seconds[0] for curve in self._curves if curve.seconds), default=0.0)
        span_s = min(_SHORTEST_S, self._longest_s)
        while span_s < min(oldest, self._longest_s):
            span_s = min(2 * span_s, self._longest_s)
        self._span_s = span_s
        minutes, seconds = divmod(round(span_s), 60)
        text = _tr("{number} s ago") if seconds else _tr("{number} min ago")
        self._then.setText(text.format(number=round(span_s) if seconds else minutes))

    @override
    def sizeHint(self) -> QSize:
        """Ask for what a tab below a list has room for."""
        return QSize(260, 150)

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
            self.set_curves(self._curves)

    def _make_plot(self) -> None:
        import pyqtgraph  # noqa: PLC0415  # a third of a second that a list alone need not pay

        self._plot = pyqtgraph.PlotWidget()
        self._plot.setAntialiasing(True)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        # A plot would ask for 640 by 480.
        self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        # The graph around it has the name and tells the figures; there is nothing to press in it.
        for part in (self._plot, self._plot.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = self._plot.getAxis("left")
        left.setWidth(_AXIS_WIDTH)
        left.setStyle(hideOverlappingLabels=False)  # it takes the lowest and the highest for such
        self._plot.getAxis("bottom").setStyle(showValues=False)
        self._plot.getAxis("bottom").setHeight(2 * GRID)
        self._room.addWidget(self._plot)
        self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        self._plot.setBackground(palette.color(QPalette.ColorRole.Base))
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(QPen(line_colour(palette), 1))
            axis.setTextPen(quiet)
            axis.setStyle(tickLength=-GRID)
        self._plot.showGrid(x=False, y=True, alpha=0.12)

    def _draw(self) -> None:
        self._settle_top()
        self._plot.setXRange(-self._span_s, 0, padding=0)
        # A little room above the top, or its figure would be cut off.
        self._plot.setYRange(0, self._top * _HEADROOM, padding=0)
        marks = [(value, _figure(value)) for value in (0.0, self._top / 2, self._top)]
        self._plot.getAxis("left").setTicks([marks])
        while len(self._lines) < len(self._curves):
            self._lines.append(self._plot.plot())
        for index, line in enumerate(self._lines):
            curve = self._curves[index] if index < len(self._curves) else Curve("", (), ())
            colour = self._colour(index)
            wash = QColor(colour)
            wash.setAlpha(40)
            line.setPen(QPen(colour, 0))
            line.setFillLevel(0 if index == 0 else None)
            line.setBrush(wash)
            values = [float("nan") if value is None else value for value in curve.values]
            line.setData(list(curve.seconds), values, connect="finite")

    def _colour(self, index: int) -> QColor:
        if index == 0:
            return self.palette().color(QPalette.ColorRole.Accent)
        return QColor(_SECOND[is_dark(self.palette())])

    def _settle_top(self) -> None:
        if self._ceiling is not None:
            return
        known = [value for curve in self._curves for value in curve.values if value is not None]
        if not known:
            return
        wanted = round_up(max(known))
        if wanted > self._top or wanted <= self._top / 2:
            self._top = wanted


def round_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten; never less than 0.1."""
    power = 0.1
    while power * 10 < value:
        power *= 10
    return next(power * step for step in _CEILING_STEPS if power * step >= min(value, power * 10))


def _figure(value: float) -> str:
    return QLocale().toString(float(value), "f", 0 if value == round(value) else 1)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
