"""Charts of one thing with the line above them: what is read now as one with what was kept."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from backend.errors import Problem
from backend.model import Ref
from backend.series import Sample
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines.pages.before import Before
from console.snapins.machines.pages.chart_bar import ChartBar
from console.snapins.machines.pages.chart_deck import ChartDeck, Devices
from console.snapins.machines.pages.chart_kinds import ChartKind
from console.snapins.machines.pages.marks import Marks
from console.snapins.machines.pages.past import Past, Wish
from console.widgets.span_bar import lengths
from console.widgets.time_charts import TimeCharts
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

LENGTH_S: Final = 60.0
_REDRAW_MS: Final = 1000
_SOON_MS: Final = 15
_POINTS: Final = 600
_SETTLED_S: Final = 15.0
_ROUND_S: Final = 10.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ChartsPane(QWidget):
    """Draws when its page says so: `due` is called each second while awake, and as one drags."""

    ticked = Signal()
    """Another second went by, while awake."""

    def __init__(
        self, context: Context, kinds: Sequence[ChartKind], name: str, due: Callable[[], None]
    ) -> None:
        super().__init__()
        self.view = TimeView(LENGTH_S, self)
        self.view.set_now(time.time())
        self.deck = ChartDeck(kinds)
        every = (*self.deck.charts.values(), self.deck.overlay)
        self.charts = TimeCharts(name, every, self.view)
        self.charts.show_only(self.deck.shown)
        self.bar = ChartBar(self.view, self.deck, name)
        self.words = ToneLabel("", Tone.MUTED)
        self.trouble = ToneLabel("", Tone.MUTED)
        self.before = QPushButton(_tr("Show When It Ran"))
        self._before = Before(context, self._draw_soon)
        self._past = Past(context, self._draw_soon)
        self._marks = Marks(context, self._draw_soon)
        self._due = due
        self._nothing = QWidget()
        self._clock, self._soon = QTimer(self), QTimer(self)
        self._clock.setInterval(_REDRAW_MS)
        self._soon.setInterval(_SOON_MS)
        self._soon.setSingleShot(True)
        for timer in (self._clock, self._soon):
            timer.timeout.connect(due)
        self._clock.timeout.connect(self.ticked)
        self._lay_out()
        self.view.moved.connect(self._draw_soon)
        self.charts.described.connect(self._tell)
        self.bar.overlaid.connect(self._on_overlaid)
        for chart in every:
            chart.aspect.chosen.connect(self._draw_soon)
            chart.choice.chosen.connect(self._draw_soon)

    @property
    def problem(self) -> Problem | None:
        """Why there is less of the past than was kept."""
        return self._past.problem

    def wake(self, ref: Ref | None) -> None:
        """Somebody sees it: mark what happens to this thing, and draw each second."""
        self._marks.follow(ref)
        self._clock.start()

    def sleep(self) -> None:
        """Nobody sees it."""
        for timer in (self._clock, self._soon):
            timer.stop()
        self._marks.stop()
        self._past.forget()
        self._before.forget()

    def draw(self, ref: Ref, name: str, samples: Sequence[Sample], devices: Devices) -> bool:
        """Draw what is known of a thing in the time that is seen; return whether that is anything.

        `samples` are its readings of now, oldest first.
        """
        now = time.time()
        self.view.set_now(now)
        self.deck.offer(devices)
        span = self.view.span
        wish = Wish(self.deck.series(ref), kept(span, samples, now), _POINTS)
        self._past.wish(wish if wish.span.length_s > 0 else None)
        is_any = self.deck.draw(ref, self._past, samples, span, span.length_s / _POINTS, now)
        self._marks.look_back(span.since)
        self.view.set_marks(self._marks.all())
        self.charts.show_time()
        self.bar.name(name)
        return is_any

    def tell(self, trouble: str, words: str = "") -> None:
        """Say above what is wrong, in as many lines as it takes; `words` stand for the charts."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        if not words:
            self._before.forget()
        elif self._before.is_nothing:
            words = _tr("{words}\nNothing was kept of the time before.").format(words=words)
        self.words.setText(words)
        self.before.setVisible(self._before.length_s is not None)
        self._nothing.setVisible(bool(words))
        self.charts.setVisible(not words)
        self._tell()

    def look_before(self, ref: Ref) -> None:
        """Offer to see when there was last something to draw of a thing."""
        seen_s = self.view.span.length_s
        longer = [length_s for length_s, _words, _name in lengths() if length_s > seen_s]
        self._before.look(ref, self.deck.series(ref), longer)

    def _tell(self) -> None:
        if self.view.cross is None:
            self.bar.tell("", Tone.MUTED)
        else:
            self.bar.tell_values(self.view.cross, self.charts.brief())

    def _lay_out(self) -> None:
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setMargin(3 * GRID)
        self.trouble.setWordWrap(True)
        self.trouble.setAccessibleName(_tr("Why there is less to see"))
        self.trouble.hide()
        self.before.clicked.connect(self._show_before)
        middle = QVBoxLayout(self._nothing)
        middle.setSpacing(0)
        middle.addStretch(1)
        middle.addWidget(self.words)
        middle.addWidget(self.before, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(1)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.charts, 1)

    def _show_before(self) -> None:
        if self._before.length_s is not None:
            chosen = self.bar.spans.buttons[self._before.length_s]
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
            chosen.click()

    def _draw_soon(self) -> None:
        # A drag tells of itself more often than a screen shows it.
        if not self._soon.isActive():
            self._soon.start()

    def _on_overlaid(self, is_overlaid: object) -> None:
        self.deck.is_overlaid = bool(is_overlaid)
        self._due()
        self.charts.show_only(self.deck.shown)


def kept(span: Span, samples: Sequence[Sample], now: float) -> Span:
    """Return what of a stretch has to come from what was kept: the rest was read just now."""
    # What was kept ends some seconds ago, so it is asked for again once they are over.
    first = samples[0].when if samples else now
    until = min(span.until, now, first + _SETTLED_S)
    until = until if until == span.until else until // _ROUND_S * _ROUND_S
    return Span(span.since, max(span.since, until))
