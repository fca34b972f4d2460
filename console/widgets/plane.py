"""The plane that curves are drawn on, in the palette's colours, with a cross-hair over it.

pyqtgraph draws it (`graph`), from when it is first seen or prepared, and in the frame after that in
which what is around it is seen: a plot takes as long as a page of words.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.afterwards import Afterwards
from console.widgets.curve import Curve, TimeMark
from console.widgets.ladder import ladder_of
from console.widgets.plot import Place, Plot
from console.widgets.time_span import Span, Tick

if TYPE_CHECKING:
    from console.widgets.graph import Graph


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
        self._graph: Graph | None = None
        self._drawing: Any = None
        self._sharpness = 1.0
        self._to_draw = Afterwards(self._settle, self)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def place(self) -> Place:
        """Where seconds and values are at this size."""
        return Place(self.plot.room(QRectF(self.rect())), self.plot.span, self.plot.top)

    def prepare(self) -> None:
        """Have something to draw with before it is first seen."""
        if self._graph is not None:
            return
        from console.widgets import graph  # noqa: PLC0415  # pyqtgraph: a third of a second

        self._graph = graph.Graph()
        self._drawing = graph.widget_for(self._graph)
        self._drawing.setParent(self)
        self._drawing.setGeometry(self.rect())
        self._dress()

    def measure_in(self, unit: str) -> None:
        """Have an axis that is round in this unit, from a low top on."""
        self._show(replace(self.plot, ladder=ladder_of(unit)))
        self.forget_top()

    def forget_top(self) -> None:
        """Begin with a low top again: the figures are of another thing."""
        if self._ceiling is None:
            self._show(replace(self.plot, top=0.1))

    def show_curves(self, curves: Sequence[Curve], span: Span) -> None:
        """Draw these over this stretch of time."""
        highest: float | None = None
        if self._ceiling is None:  # each value in sight is looked at for that
            tops = (curve.highest(span.since, span.until) for curve in curves)
            highest = max((top for top in tops if top is not None), default=None)
        # An axis without figures to measure has none itself.
        has_figures = self._ceiling is not None or highest is not None
        top = _top(self.plot, self._ceiling, highest)
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
            if self._graph is not None:
                self._graph.show_cross(second, is_pinned=is_pinned)

    @override
    def sizeHint(self) -> QSize:
        """Ask for little; what is around it says how much there is."""
        return QSize(160, 80)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody saw it, once the rest is seen."""
        super().showEvent(event)
        self._to_draw.begin()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Have nothing to draw in the frame in which it is seen again."""
        super().hideEvent(event)
        self._to_draw.cancel()
        if self._drawing is not None:
            self._drawing.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many figures and words as there is room for."""
        super().resizeEvent(event)
        if self._drawing is not None:
            self._drawing.setGeometry(self.rect())
        self._draw()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new palette, or the new font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

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
        self.plot = plot
        self._draw()

    def _settle(self) -> None:
        self.prepare()
        self._drawing.show()
        self._draw()

    def _draw(self) -> None:
        if self._graph is not None and self._drawing.isVisible():
            if self.devicePixelRatioF() != self._sharpness:
                self._dress()
            self._graph.show(self.plot, QRectF(self.rect()))

    def _dress(self) -> None:
        graph: Graph | None = getattr(self, "_graph", None)  # Qt asks before there is one
        if graph is None:
            return
        self._drawing.setBackground(self.palette().color(QPalette.ColorRole.Base))
        self._sharpness = self.devicePixelRatioF()
        graph.dress(self.palette(), self.font(), self._sharpness)
        graph.show_cross(self._cross, is_pinned=self._is_pinned)


def _top(plot: Plot, ceiling: float | None, highest: float | None) -> float:
    """Return how high an axis goes: no lower for a moment's low, unless by half."""
    if ceiling is not None or highest is None:
        return ceiling or plot.top
    wanted = plot.ladder.top(highest)
    return wanted if wanted > plot.top or wanted <= plot.top / 2 else plot.top
