"""The page Performance: processor, memory, disks and network of a machine, live, on one time."""

import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.model import Domain, DomainState, Host, Record, Ref
from backend.series import Sample
from console.sdk import happenings, reach, wording
from console.sdk.context import Context
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import standing
from console.snapins.machines.pages import curves
from console.snapins.machines.pages.marks import Marks
from console.widgets.chart import Chart
from console.widgets.time_charts import TimeCharts

SPANS_S: Final = (60.0, 120.0, 600.0)
_REDRAW_MS: Final = 1000
_TRIES: Final = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PerformancePage(DetailView):
    """Four charts that share their time and their cross-hair, with what happened marked in them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Performance"))
        self.cpu = Chart(_tr("CPU"), ceiling=100)
        self.memory = Chart(_tr("Memory"))
        self.disks = Chart(_tr("Disk"))
        self.network = Chart(_tr("Network"))
        found = (self.cpu, self.memory, self.disks, self.network)
        self.charts = TimeCharts(_tr("Charts of the machine"), found, SPANS_S[0])
        self.words = ToneLabel("", Tone.MUTED)
        self.remark = ToneLabel("", Tone.MUTED)
        self._marks = Marks(context, self._draw)
        self._devices = {"disk": "", "net": ""}
        self._stack = QStackedWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(_REDRAW_MS)
        self._clock.timeout.connect(self._draw)
        self._lay_out()
        self.charts.crossed.connect(lambda _second: self._tell())
        self.disks.choice_changed.connect(lambda device: self._choose("disk", device))
        self.network.choice_changed.connect(lambda device: self._choose("net", device))

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake:
            self._marks.follow(record.ref if record else None)
        self._draw()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self._marks.follow(self.record.ref if self.record else None)
        self._clock.start()
        self._draw()

    @override
    def on_sleep(self) -> None:
        self._clock.stop()
        self._marks.stop()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        group = QButtonGroup(self)
        for span_s in SPANS_S:
            button = _span_button(span_s)
            button.setChecked(span_s == self.charts.span_s)
            button.clicked.connect(lambda _=False, chosen=span_s: self._on_span(chosen))
            group.addButton(button)
            bar.addWidget(button)
        bar.addSpacing(2 * GRID)
        bar.addWidget(self.remark, 1)
        self.remark.setMinimumWidth(1)
        self.remark.setAccessibleName(_tr("The values at the cross-hair"))
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(bar)
        column.addWidget(self.charts, 1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setMargin(8 * GRID)
        self._stack.addWidget(self.words)
        self._stack.addWidget(drawn)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _draw(self) -> None:
        domain = self.record if isinstance(self.record, Domain) else None
        samples = self.context.lookup.samples(domain.ref) if domain else ()
        words = why_none(domain, samples) if domain else ""
        self.words.setText(words)
        self._stack.setCurrentIndex(0 if words or domain is None else 1)
        if domain is None or words or not self.isVisible():
            return
        now, clock, span_s = time.monotonic(), time.time(), self.charts.span_s
        recent = [sample for sample in samples if now - sample.at <= span_s + curves.GAP_S]
        self._offer_devices(domain, recent)
        self.cpu.show_curves(*curves.usage(recent, now), span_s)
        self.memory.show_curves(*curves.memory_over_time(recent, now), span_s)
        self.disks.show_curves(*curves.disks(recent, now, self._devices["disk"]), span_s)
        self.network.show_curves(*curves.network(recent, now, self._devices["net"]), span_s)
        self.charts.set_now(clock)
        self.charts.set_marks(self._marks.at(clock))
        self._tell()

    def _tell(self) -> None:
        """Say at the top what stands at the cross-hair; without one, what is wrong if anything."""
        second = self.charts.cross
        if second is None:
            self.remark.setText(self._trouble())
        else:
            at = happenings.clock(time.time() + second)
            self.remark.setText(f"{at}   {self.charts.account()}")

    def _trouble(self) -> str:
        domain = self.record
        if not isinstance(domain, Domain):
            return ""
        host = next(self.context.lookup.records(Host, domain.ref.host), None)
        if host is not None and reach.is_away(host):
            return _tr("The server is out of reach: nothing is read meanwhile.")
        if standing.is_silent(domain):
            return _tr("QEMU does not answer: nothing is read meanwhile.")
        if domain.state is not DomainState.RUNNING:
            return _tr("{state}: it stands still.").format(state=wording.state(domain))
        return ""

    def _offer_devices(self, domain: Domain, samples: Sequence[Sample]) -> None:
        drives = dict.fromkeys(t.device for sample in samples[-1:] for t in sample.drives)
        adapters = dict.fromkeys(t.device for sample in samples[-1:] for t in sample.adapters)
        if drives:
            self.disks.offer((("", _tr("All drives")), *((name, name) for name in drives)))
        if adapters:
            told = ((name, adapter_name(domain, name)) for name in adapters)
            self.network.offer((("", _tr("All adapters")), *told))

    def _choose(self, kind: str, device: str) -> None:
        self._devices[kind] = device
        self._draw()

    def _on_span(self, span_s: float) -> None:
        self.charts.set_span(span_s)
        self._draw()


def why_none(domain: Domain, samples: Sequence[Sample]) -> str:
    """Return why there is nothing to draw, and what would change that; "" if there is."""
    if not standing.is_held(domain):
        return _tr("{state}: its figures appear here as soon as it runs.").format(
            state=wording.state(domain)
        )
    is_told = any(
        figure is not None
        for sample in samples
        for figure in (sample.cpu, sample.memory_assigned_bytes, sample.disk_read_bytes_s)
    )
    if len(samples) >= _TRIES and not is_told and domain.state is DomainState.RUNNING:
        return _tr(
            "This server tells no figures of its machines. QEMU and KVM do; libvirt's test driver "
            "has none to tell."
        )
    return ""


def adapter_name(domain: Domain, device: str) -> str:
    """Return what the adapter at this host's end is called on the page Networking."""
    nics = domain.live.nics if domain.live else ()
    for number, nic in enumerate(nics, 1):
        if device in (nic.mac, nic.target):
            return _tr("Adapter {number}").format(number=number)
    return device


def _span_button(span_s: float) -> QToolButton:
    minutes = round(span_s / 60)
    button = QToolButton()
    button.setText(_tr("{number} min").format(number=minutes))
    button.setAccessibleName(_tr("Show the last {number} min").format(number=minutes))
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
