"""Charts that share one time: one axis, one cross-hair, the same marks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.chart import Chart
from console.widgets.plane import TimeMark

_STEPS_S: Final = (10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400)
_TICK_WIDTH: Final = 110
_WIDTH_FOR_TWO: Final = 720
_HEIGHT_FOR_ONE: Final = 480
_STEP_S, _LEAP_S = 1.0, 10.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("time_charts", text)


class TimeCharts(QWidget):
    """Charts one below the other, or two beside two where it is wide and low.

    With the keyboard: Left and Right move the cross-hair (with Ctrl ten times as far), Home and End
    to either end, Escape takes it away.
    """

    crossed = Signal(object)
    """float | None: the second at which the cross-hair stands."""

    def __init__(
        self, name: str, charts: Sequence[Chart], span_s: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.charts = tuple(charts)
        self.span_s = span_s
        self.cross: float | None = None
        self._name = name
        self._now = 0.0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6 * GRID)
        self._grid.setVerticalSpacing(3 * GRID)
        self._columns = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for chart in self.charts:
            chart.plane.pointed.connect(self.set_cross)
            chart.plane.left.connect(self._on_left)
        self._arrange(1)

    def set_now(self, now: float) -> None:
        """Know what time (Unix seconds) the right edge is."""
        self._now = now
        self._show_time()

    def set_span(self, span_s: float) -> None:
        """Show so many seconds from the next curves on."""
        self.span_s = span_s
        self._show_time()

    def set_marks(self, marks: Sequence[TimeMark]) -> None:
        """Mark what happened in all charts, in words in the uppermost."""
        for index, chart in enumerate(self.charts):
            chart.plane.show_marks(marks, with_words=index < self._columns)

    def set_cross(self, second: float | None) -> None:
        """Stand the cross-hair there in all of them; None takes it away."""
        self.cross = None if second is None else max(-self.span_s, min(0.0, second))
        for chart in self.charts:
            chart.show_cross(self.cross)
        self.crossed.emit(self.cross)
        self.setAccessibleDescription(self.account())

    def account(self) -> str:
        """Return all values at the cross-hair, or the newest, in words."""
        told = [chart.values_at_cross() for chart in self.charts if not chart.isHidden()]
        return "; ".join(filter(None, told))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair."""
        step = _LEAP_S if event.modifiers() & Qt.KeyboardModifier.ControlModifier else _STEP_S
        here = self.cross if self.cross is not None else 0.0
        moves = {
            Qt.Key.Key_Left: here - step,
            Qt.Key.Key_Right: here + step,
            Qt.Key.Key_Home: -self.span_s,
            Qt.Key.Key_End: 0.0,
        }
        if (key := Qt.Key(event.key())) in moves:
            self.set_cross(moves[key])
        elif key is Qt.Key.Key_Escape and self.cross is not None:
            self.set_cross(None)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what is so now again."""
        super().focusOutEvent(event)
        self.set_cross(None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand two beside two where that gives each more room."""
        super().resizeEvent(event)
        parent = self.parentWidget()
        height = min(self.height(), parent.height()) if parent else self.height()
        is_wide = self.width() >= _WIDTH_FOR_TWO and height < _HEIGHT_FOR_ONE
        self._arrange(2 if is_wide else 1)
        self._show_time()

    def _on_left(self) -> None:
        if not self.hasFocus():
            self.set_cross(None)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, chart in enumerate(self.charts):
            self._grid.addWidget(chart, index // columns, index % columns)
        rows = -(-len(self.charts) // columns)
        for row in range(len(self.charts)):
            self._grid.setRowStretch(row, 1 if row < rows else 0)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)
        self._grid.setColumnStretch(0, 1)

    def _show_time(self) -> None:
        shown = [chart for chart in self.charts if not chart.isHidden()]
        width = self.charts[0].width() if self.charts else 1
        ticks = time_ticks(self._now, self.span_s, max(1, width // _TICK_WIDTH))
        lowest = shown[-self._columns :]
        for chart in shown:
            has_words = chart in lowest or self._columns == 2
            chart.plane.show_time(ticks, with_words=has_words)


def time_ticks(now: float, span_s: float, most: int) -> list[tuple[float, str]]:
    """Return at most about so many round moments of the last `span_s` seconds: (second, words)."""
    step = next((s for s in _STEPS_S if span_s / s <= most), _STEPS_S[-1])
    first = now - now % step
    moments = [first - i * step for i in range(int((span_s - now % step) // step) + 1)]
    return [(at - now, _clock(at, with_seconds=step < 60)) for at in reversed(moments)]


def _clock(at: float, *, with_seconds: bool) -> str:
    form = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if with_seconds and "ss" not in form:
        form = form.replace("mm", "mm:ss", 1)
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(at)).time(), form)
