"""A small graph over time with its title above: which curve is which, and where each stands now."""

import html

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.curve import Curve, ink_of
from console.widgets.plane import Plane
from console.widgets.plot import AXIS_WIDTH
from console.widgets.time_span import Span

_SHORTEST_S = 30.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("time_graph", text)


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
        self._curves: tuple[Curve, ...] = ()
        self.plane = Plane(ceiling=ceiling)
        self._title, self._then, self._now = _quiet(""), _quiet(""), QLabel()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._stand_for(unit)

    def _lay_out(self) -> None:
        self._now.setTextFormat(Qt.TextFormat.RichText)
        top, below = QHBoxLayout(), QHBoxLayout()
        # Layouts first: one without a parent does not keep its widgets alive.
        self._column.addLayout(top)
        self._column.addWidget(self.plane, 1)
        self._column.addLayout(below)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._now)
        below.setContentsMargins(AXIS_WIDTH, 0, 0, 0)
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
        self.plane.show_curves(curves, Span(-self._span_s, 0.0))

    def _stand_for(self, unit: str) -> None:
        self._unit = unit
        self.plane.measure_in(unit)
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
        self._now.setText("&nbsp;&nbsp; ".join(self._key(i, curve, is_named) for i, curve in told))
        self._now.setToolTip(self.accessibleDescription())

    def _key(self, index: int, curve: Curve, is_named: object) -> str:
        colour = ink_of(curve, index).colour(self.palette())
        dot = f'<span style="color:{colour.name()}">●</span>'
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
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "plane"):
            self._tell()


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
