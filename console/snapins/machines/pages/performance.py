"""The page Performance: processor, memory, disks and network of a machine, on one time.

From what is read now to what was kept of a year ago, with what happened and what its screen showed.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from backend.measures import Measure
from backend.model import Domain, DomainState, Host, Record, Ref
from backend.series import Sample
from console.sdk import reach, wording
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.look import GRID
from console.snapins.machines import standing
from console.snapins.machines.pages.chart_deck import Devices
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.snapins.machines.pages.charts_pane import ChartsPane
from console.snapins.machines.pages.timeline import Timeline

_TRIES: Final = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PerformancePage(DetailView):
    """Four charts that share their time and their cross-hair, and below them the timeline.

    It is lower than its room only where that would be too little for all of it: then it scrolls.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Performance"))
        name = _tr("Charts of the machine")
        self.pane = ChartsPane(context, machine_charts(), name, self._draw)
        self.timeline = Timeline(context, self.pane.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.pane, 1)
        column.addWidget(self.timeline)

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake:
            self.pane.wake(record.ref if record else None)
        self._draw()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self.pane.wake(self.record.ref if self.record else None)
        self._draw()

    @override
    def on_sleep(self) -> None:
        self.pane.sleep()
        self.timeline.follow(None)

    def _draw(self) -> None:
        domain = self.record
        if not isinstance(domain, Domain) or not self.isVisible():
            return
        samples = self.context.lookup.samples(domain.ref)
        is_any = self.pane.draw(domain.ref, domain.name, samples, devices(domain, samples))
        is_live = self.pane.view.is_live
        words = "" if is_any or not is_live else why_none(domain, samples)
        self.pane.tell("" if words else self._trouble(domain), words)
        if self.is_awake:
            self.timeline.follow(domain)
            self.timeline.show_time()

    def _trouble(self, domain: Domain) -> str:
        if self.pane.problem is not None:
            return wording.sentence(self.pane.problem)
        host = next(self.context.lookup.records(Host, domain.ref.host), None)
        return why_still(domain, host) if self.pane.view.is_live else ""


def why_still(domain: Domain, host: Host | None) -> str:
    """Return why nothing is read of a machine now; "" if it is."""
    if host is not None and reach.is_away(host):
        return _tr("The server is out of reach: nothing is read meanwhile.")
    if standing.is_silent(domain):
        return _tr("QEMU does not answer: nothing is read meanwhile.")
    if domain.state is not DomainState.RUNNING:
        return _tr("{state}: it stands still.").format(state=wording.state(domain))
    return ""


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
