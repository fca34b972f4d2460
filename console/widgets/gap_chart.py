"""The heartbeat of a guest as a chart: the gap before each beat, and what happened meanwhile."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.widgets.curve import Curve, Ink, TimeMark, figure
from console.widgets.plane import Plane
from console.widgets.plot import AXIS_WIDTH
from console.widgets.time_span import Span

_SPAN_LEAST_S: Final = 2.0
_TICKS: Final = 8
_STEPS_S: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
_HEIGHT_LEAST: Final = 40 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("gap_chart", text)


class GapChart(QWidget):
    """Gaps in milliseconds over the seconds from a moment, and a line at the longest before."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.told_by = ToneLabel(tone=Tone.MUTED)
        self.told_by.setWordWrap(True)
        self.plane = Plane()
        self.plane.setMinimumHeight(_HEIGHT_LEAST)
        self._foot = ToneLabel(_tr("Gap in milliseconds, over the seconds from the change"))
        self._foot.set_tone(Tone.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.caption)
        column.addWidget(self.told_by)
        column.addWidget(self.plane, 1)
        column.addWidget(self._foot)

    def tell(self, caption: str, told_by: str) -> None:
        """Say what the chart shows, and who told it."""
        self.caption.setText(caption)
        self.told_by.setText(told_by)
        self.told_by.setVisible(bool(told_by))
        self.setAccessibleName(caption)

    def show_beats(
        self, beats: Sequence[tuple[float, float]], idle: float | None, marks: Sequence[TimeMark]
    ) -> None:
        """Draw (second, gap) and the marks, both counted from the moment, and `idle` as a line."""
        if not beats:
            return
        first = min(beats[0][0], -_SPAN_LEAST_S / 2)
        last = max(beats[-1][0], _SPAN_LEAST_S / 2)
        curves = [Curve(_tr("Gap"), [at for at, _gap in beats], [gap for _at, gap in beats])]
        if idle is not None:
            name = _tr("Longest gap before")
            curves.append(Curve(name, [first, last], [idle, idle], ink=Ink.BLUE))
        self.plane.show_time(ticks(first, last))
        self.plane.show_curves(curves, Span(first, last))
        self.plane.show_marks(self._with_room(marks, first, last), with_words=True)

    def _with_room(self, marks: Sequence[TimeMark], first: float, last: float) -> list[TimeMark]:
        """Return the marks, without the words that would cross another's line."""
        width = max(self.plane.width() - AXIS_WIDTH, 1)
        found, before = [], first
        for mark in sorted(marks, key=lambda mark: mark.seconds):
            needed = self.fontMetrics().horizontalAdvance(mark.text) + 2 * GRID
            fits = (mark.seconds - before) / (last - first) * width >= needed
            found.append(TimeMark(mark.seconds, mark.text if fits else ""))
            before = mark.seconds
        return found


def ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Return ticks at round seconds between two."""
    step = next((s for s in _STEPS_S if (last - first) / s <= _TICKS), _STEPS_S[-1])
    number, found = math.ceil(first / step), []
    while number * step <= last:
        found.append((number * step, figure(number * step)))
        number += 1
    return found
