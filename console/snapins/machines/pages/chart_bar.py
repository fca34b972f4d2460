"""The line above charts: how much time, what stands at the cross-hair, and what can be done."""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.machines.pages.chart_deck import ChartDeck
from console.snapins.machines.pages.chart_export import ChartExport
from console.widgets.elided_label import ElidedLabel
from console.widgets.span_bar import SpanBar, lengths
from console.widgets.time_span import moment
from console.widgets.time_view import TimeView

_TOLD_S: Final = 8.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ChartBar(QWidget):
    """Live and lengths of time at the left; the rest at the right."""

    overlaid = Signal(bool)
    """bool: whether all charts shall lie over each other."""

    def __init__(self, view: TimeView, deck: ChartDeck, title: str) -> None:
        super().__init__()
        self._view = view
        self._title = title
        self._told_until = 0.0
        self._last: float | None = None
        self.spans = SpanBar(view, lengths())
        self.remark = ElidedLabel(least=GRID, mode=Qt.TextElideMode.ElideRight)
        self.remark.setAccessibleName(_tr("The values at the cross-hair"))
        self.overlay = _tool(_tr("Lay the charts over each other"))
        self.overlay.toggled.connect(self.overlaid)
        self.pin = _tool(_tr("Pin the cross-hair (Space, or a click in a chart)"))
        self.pin.clicked.connect(self._on_pin)
        self.export = QPushButton(_tr("Export..."))
        self.export.setAccessibleName(_tr("Export the charts"))
        self._export = ChartExport(self, deck, view)
        self._export.told.connect(self._on_told)
        self.export.clicked.connect(lambda: self._export.ask(self._title))
        view.crossed.connect(self._show_pin)
        self._lay_out()
        self.overlay.setIcon(icon("ph.stack"))
        self.pin.setIcon(icon("ph.push-pin"))
        self._show_pin()

    def name(self, title: str) -> None:
        """Know what the charts are of: files are called so."""
        self._title = title

    def tell(self, words: str, tone: Tone) -> None:
        """Say this, unless something was said just now that is not read yet."""
        if time.monotonic() >= self._told_until:
            self.remark.set_tone(tone)
            self.remark.setText(words)

    def tell_values(self, second: float, values: str) -> None:
        """Say what stands at a second."""
        self._told_until = 0.0
        at = moment(second, self._view.span.length_s, time.time())
        self.tell(f"{at}   {values}" if values else at, Tone.MUTED)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.spans)
        row.addSpacing(2 * GRID)
        row.addWidget(self.remark, 1)
        row.addSpacing(2 * GRID)
        row.addWidget(self.overlay)
        row.addWidget(self.pin)
        row.addSpacing(GRID)
        row.addWidget(self.export)

    def _on_told(self, words: str, tone: Tone) -> None:
        self._told_until = 0.0
        self.tell(words, tone)
        self._told_until = time.monotonic() + _TOLD_S

    def _on_pin(self) -> None:
        # With the pointer or the keyboard here, it stands nowhere: where it stood last is meant.
        span, here = self._view.span, self._last
        if here is None or not span.holds(here):
            here = (span.since + span.until) / 2
        self._view.set_cross(here, pin=not self._view.is_pinned)
        self._show_pin()

    def _show_pin(self) -> None:
        self._last = self._view.cross if self._view.cross is not None else self._last
        self.pin.setChecked(self._view.is_pinned)


def _tool(words: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
