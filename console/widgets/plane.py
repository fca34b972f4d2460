"""The plane that curves are drawn on, in the palette's colours, with a cross-hair over it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.curve import Curve, TimeMark, round_up
from console.widgets.plot import Place, Plot, paint_plot
from console.widgets.time_span import Span, Tick

_PIN: Final = GRID + 1


class Plane(QWidget):
    """A plot without words around it.

    `ceiling` fixes the top; without it the top is the next round figure, and comes down only when
    there is twice the room, so that the axis does not flicker. Moving the cross-hair paints no
    curve again.
    """

    pointed = Signal(float)
    """float: the second that the pointer is over."""
    left = Signal()
    """The pointer is elsewhere."""

    def __init__(self, *, ceiling: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ceiling = ceiling
        self.plot = Plot(top=ceiling or 1.0, has_figures=False)
        self._cross: float | None = None
        self._is_pinned = False
        self._drawn: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def place(self) -> Place:
        """Where seconds and values are at this size."""
        return Place(self.plot.room(QRectF(self.rect())), self.plot.span, self.plot.top)

    def forget_top(self) -> None:
        """Begin with a low top again: the figures are of another unit or another thing."""
        if self._ceiling is None:
            self._show(replace(self.plot, top=0.1))

    def show_curves(self, curves: Sequence[Curve], span: Span) -> None:
        """Draw these over this stretch of time."""
        tops = (curve.highest(span.since, span.until) for curve in curves)
        highest = max((top for top in tops if top is not None), default=None)
        # An axis without figures to measure has none itself.
        has_figures = self._ceiling is not None or highest is not None
        top = self._top(highest)
        self._show(replace(self.plot, curves=curves, span=span, top=top, has_figures=has_figures))

    def show_time(self, ticks: Sequence[Tick]) -> None:
        """Have a time axis with these ticks; without any, the words are elsewhere."""
        self._show(replace(self.plot, ticks=ticks))

    def show_marks(self, marks: Sequence[TimeMark], *, with_words: object) -> None:
        """Mark what happened, with words where they fit side by side."""
        self._show(replace(self.plot, marks=marks, has_words=bool(with_words)))

    def show_cross(self, second: float | None, *, is_pinned: object = False) -> None:
        """Stand a cross-hair at a second, pinned or not; None takes it away."""
        if (second, bool(is_pinned)) != (self._cross, self._is_pinned):
            self._cross, self._is_pinned = second, bool(is_pinned)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for little; what is around it says how much there is."""
        return QSize(160, 80)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves, if they are others than before, and the cross-hair over them."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture())
        if self._cross is not None and self.plot.span.holds(self._cross):
            self._paint_cross(painter, self._cross)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._drawn = None

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette, or the new font."""
        super().changeEvent(event)
        self._drawn = None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which second the pointer is over."""
        super().mouseMoveEvent(event)
        place = self.place
        if place.room.contains(event.position()):
            self.pointed.emit(place.second(event.position().x()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        super().leaveEvent(event)
        self.left.emit()

    def _show(self, plot: Plot) -> None:
        if plot != self.plot:
            self.plot = plot
            self._drawn = None
            self.update()

    def _top(self, highest: float | None) -> float:
        top = self.plot.top
        if self._ceiling is not None or highest is None:
            return self._ceiling or top
        wanted = round_up(highest)
        return wanted if wanted > top or wanted <= top / 2 else top

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatioF() != ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(self.palette().color(QPalette.ColorRole.Base))
            painter = QPainter(self._drawn)
            painter.setFont(self.font())
            paint_plot(painter, QRectF(self.rect()), self.plot, self.palette())
            painter.end()
        return self._drawn

    def _paint_cross(self, painter: QPainter, second: float) -> None:
        place = self.place
        x = round(place.x(second)) + 0.5
        role = QPalette.ColorRole.Accent if self._is_pinned else QPalette.ColorRole.Text
        painter.setPen(QPen(self.palette().color(role), 1))
        painter.drawLine(QLineF(x, place.room.top(), x, place.room.bottom()))
        if self._is_pinned:
            top = place.room.top()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(self.palette().color(role))
            painter.setPen(Qt.PenStyle.NoPen)
            ends = ((x - _PIN, top), (x + _PIN, top), (x, top + 1.5 * _PIN))
            painter.drawPolygon(QPolygonF([QPointF(*end) for end in ends]))
