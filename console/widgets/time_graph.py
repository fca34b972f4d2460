"""Curves over time: y from zero with its unit, antialiased, in the colours of the palette.

pyqtgraph is imported when the first graph is shown: it costs more than the rest of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID, is_dark, line_colour

_SECOND = {True: "#7fb0ee", False: "#3f74b8"}
_CEILING_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: seconds (the newest is 0, the rest negative) and values; None is a hole."""

    name: str
    seconds: Sequence[float]
    values: Sequence[float | None]


class TimeGraph(QWidget):
    """A graph of one or two curves of one unit over the last `span_s` seconds.

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
        self._unit = unit
        self._span_s = span_s
        self._ceiling = ceiling
        self._top = ceiling or 1.0
        self._curves: tuple[Curve, ...] = ()
        self._plot: Any = None
        self._lines: list[Any] = []
        self.setAccessibleName(f"{title}, {unit}")
        self._title = QLabel(f"{title}, {unit}")
        self._title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._now = QLabel()
        self._now.setAlignment(Qt.AlignmentFlag.AlignRight)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._now)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addLayout(top)
        self._column.addStretch(1)
        self.setMinimumSize(160, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_curves(self, curves: tuple[Curve, ...]) -> None:
        """Draw these from now on; the last values stand above as words."""
        self._curves = curves
        latest = [value for curve in curves if (value := _latest(curve))]
        self._now.setText("  ".join(f"{value} {self._unit}" for value in latest))
        self.setAccessibleDescription(self._now.text())
        if self._plot is not None:
            self._draw()

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
            self._draw()

    def _make_plot(self) -> None:
        import pyqtgraph  # noqa: PLC0415  # a third of a second that a list alone need not pay

        self._plot = pyqtgraph.PlotWidget()
        self._plot.setAntialiasing(True)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        # A plot would ask for 640 by 480.
        self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.getAxis("left").setWidth(34)
        self._plot.setXRange(-self._span_s, 0, padding=0)
        self._column.takeAt(1)
        self._column.addWidget(self._plot, 1)
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
        self._plot.setYRange(0, self._top, padding=0)
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


def _latest(curve: Curve) -> str:
    value = next((value for value in reversed(curve.values) if value is not None), None)
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"
