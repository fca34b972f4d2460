"""The page Performance: processor, memory, disks and network of a machine, on one time.

From what is read now to what was kept of a year ago, with what happened marked in it.
"""

import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from backend.measures import Measure
from backend.model import Domain, DomainState, Host, Record, Ref
from backend.series import Sample
from console.sdk import reach, wording
from console.sdk.context import Context
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import standing
from console.snapins.machines.pages import plotted
from console.snapins.machines.pages.chart_bar import ChartBar
from console.snapins.machines.pages.chart_deck import ChartDeck, Devices
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.snapins.machines.pages.marks import Marks
from console.snapins.machines.pages.past import Past, Wish
from console.snapins.machines.pages.timeline import Timeline
from console.widgets.time_charts import TimeCharts
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

LENGTH_S: Final = 60.0
_REDRAW_MS: Final = 1000
_SOON_MS: Final = 15
_POINTS: Final = 600
_HEIGHT_FOR_TIMELINE: Final = 660
_SETTLED_S: Final = 15.0
_ROUND_S: Final = 10.0
_TRIES: Final = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PerformancePage(DetailView):
    """Four charts that share their time and their cross-hair, with what happened marked in them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Performance"))
        self.view = TimeView(LENGTH_S, self)
        self.view.set_now(time.time())
        self.deck = ChartDeck(machine_charts())
        every = (*self.deck.charts.values(), self.deck.overlay)
        self.charts = TimeCharts(_tr("Charts of the machine"), every, self.view)
        self.charts.show_only(self.deck.shown)
        self.bar = ChartBar(self.view, self.deck, _tr("Performance"))
        self.timeline = Timeline(context, self.view)
        self.words = ToneLabel("", Tone.MUTED)
        self._past = Past(context, self._draw_soon)
        self._marks = Marks(context, self._draw_soon)
        self._stack = QStackedWidget()
        self._clock, self._soon = QTimer(self), QTimer(self)
        self._clock.setInterval(_REDRAW_MS)
        self._soon.setInterval(_SOON_MS)
        self._soon.setSingleShot(True)
        for timer in (self._clock, self._soon):
            timer.timeout.connect(self._draw)
        self._lay_out()
        self.view.moved.connect(self._draw_soon)
        self.charts.described.connect(self._tell)
        self.bar.overlaid.connect(self._on_overlaid)
        for chart in every:
            chart.aspect.chosen.connect(self._draw_soon)
            chart.choice.chosen.connect(self._draw_soon)

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake:
            self._follow(record)
        self._draw()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self._follow(self.record)
        self._clock.start()
        self._draw()

    @override
    def on_sleep(self) -> None:
        for timer in (self._clock, self._soon):
            timer.stop()
        self.timeline.follow(None)
        self._marks.stop()
        self._past.forget()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the timeline where there is room for it below the charts."""
        super().resizeEvent(event)
        self.timeline.setVisible(self.height() >= _HEIGHT_FOR_TIMELINE)

    def _follow(self, record: Record | None) -> None:
        self._marks.follow(record.ref if record else None)

    def _lay_out(self) -> None:
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setMargin(8 * GRID)
        self._stack.addWidget(self.words)
        self._stack.addWidget(self.charts)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.timeline)

    def _draw_soon(self) -> None:
        # A drag tells of itself more often than a screen shows it.
        if not self._soon.isActive():
            self._soon.start()

    def _draw(self) -> None:
        domain, now = self.record, time.time()
        self.view.set_now(now)
        if not isinstance(domain, Domain) or not self.isVisible():
            return
        span = self.view.span
        samples = self.context.lookup.samples(domain.ref)
        self.deck.offer(devices(domain, samples))
        wish = Wish(self.deck.series(domain.ref), _kept(span, samples, now), _POINTS)
        self._past.wish(wish if wish.span.length_s > 0 else None)
        seen = [sample for sample in samples if sample.when >= span.since - plotted.GAP_S]
        step_s = span.length_s / _POINTS
        is_any = self.deck.draw(domain.ref, self._past, seen, span, step_s, now)
        why = "" if is_any or not self.view.is_live else why_none(domain, samples)
        self.words.setText(why)
        self._stack.setCurrentIndex(0 if why else 1)
        self._marks.look_back(span.since)
        self.view.set_marks(self._marks.all())
        self.charts.show_time()
        if self.is_awake:
            self.timeline.follow(domain)
            self.timeline.show_time()
        self.bar.name(domain.name)
        self._tell()

    def _tell(self) -> None:
        """Say at the top what stands at the cross-hair; without one, what is wrong if anything."""
        if self.view.cross is None:
            self.bar.tell(self._trouble(), Tone.MUTED)
        else:
            self.bar.tell_values(self.view.cross, self.charts.brief())

    def _trouble(self) -> str:
        domain = self.record
        if not isinstance(domain, Domain) or self.words.text():
            return ""
        if self._past.problem is not None:
            return wording.sentence(self._past.problem)
        host = next(self.context.lookup.records(Host, domain.ref.host), None)
        return why_still(domain, host) if self.view.is_live else ""

    def _on_overlaid(self, is_overlaid: object) -> None:
        self.deck.is_overlaid = bool(is_overlaid)
        self._draw()
        self.charts.show_only(self.deck.shown)


def why_still(domain: Domain, host: Host | None) -> str:
    """Return why nothing is read of a machine now; "" if it is."""
    if host is not None and reach.is_away(host):
        return _tr("The server is out of reach: nothing is read meanwhile.")
    if standing.is_silent(domain):
        return _tr("QEMU does not answer: nothing is read meanwhile.")
    if domain.state is not DomainState.RUNNING:
        return _tr("{state}: it stands still.").format(state=wording.state(domain))
    return ""


def _kept(span: Span, samples: Sequence[Sample], now: float) -> Span:
    """Return what of a stretch has to come from what was kept: the rest was read just now."""
    # What was kept ends some seconds ago, so it is asked for again once they are over.
    first = samples[0].when if samples else now
    until = min(span.until, now, first + _SETTLED_S)
    until = until if until == span.until else until // _ROUND_S * _ROUND_S
    return Span(span.since, max(span.since, until))


def devices(domain: Domain, samples: Sequence[Sample]) -> Devices:
    """Return the processors, drives and adapters of a machine, with their names."""
    made = domain.configuration
    told = samples[-1] if samples else None
    processors = [str(number) for number in range(made.vcpus)] if made else []
    drives = [disk.target for disk in made.disks] if made else []
    adapters = [nic.mac for nic in made.nics] if made else []
    read = [] if told is None else list(told.devices(Measure.NETWORK_IN))
    return {
        "cpu": [(one, _tr("Processor {number}").format(number=one)) for one in processors],
        "disk": [(one, one) for one in drives],
        "network": [(one, adapter_name(domain, one)) for one in dict.fromkeys((*adapters, *read))],
    }


def why_none(domain: Domain, samples: Sequence[Sample]) -> str:
    """Return why there is nothing to draw, and what would change that; "" if there may be soon."""
    if not standing.is_held(domain):
        return _tr("{state}: its figures appear here as soon as it runs.").format(
            state=wording.state(domain)
        )
    is_told = any(sample.figures for sample in samples)
    if len(samples) >= _TRIES and not is_told and domain.state is DomainState.RUNNING:
        return _tr(
            "This server tells no figures of its machines. QEMU and KVM do; libvirt's test driver "
            "has none to tell."
        )
    return ""


def adapter_name(domain: Domain, device: str) -> str:
    """Return what the adapter of this address is called on the page Networking."""
    made = domain.configuration
    for number, nic in enumerate(made.nics if made else (), 1):
        if device in (nic.mac, nic.target):
            return _tr("Adapter {number}").format(number=number)
    return device
