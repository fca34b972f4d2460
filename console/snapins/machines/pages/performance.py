"""The page Performance: processor, memory, disks and network of a machine, on one time.

From what is read now to what was kept of a year ago, with what happened and what its screen showed.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.measures import Measure
from backend.model import Domain, DomainState
from backend.series import Sample
from console.sdk import wording
from console.sdk.context import Context
from console.snapins.machines import standing
from console.snapins.machines.pages.chart_deck import Devices
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.snapins.machines.pages.charts_page import ChartsPage
from console.snapins.machines.pages.timeline import Timeline

_TRIES: Final = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PerformancePage(ChartsPage[Domain]):
    """Four charts that share their time and their cross-hair, and below them the timeline."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Domain, machine_charts(), _tr("Charts of the machine"))
        self.setAccessibleName(_tr("Performance"))
        self.timeline = Timeline(context, self.pane.view)
        self.column.addWidget(self.pane, 1)
        self.column.addWidget(self.timeline)

    @override
    def on_sleep(self) -> None:
        super().on_sleep()
        self.timeline.follow(None)

    @override
    def devices(self, thing: Domain, samples: Sequence[Sample]) -> Devices:
        return devices(thing, samples)

    @override
    def drawn(self, thing: Domain) -> None:
        self.timeline.setVisible(not self.pane.words.text())
        if self.is_awake:
            self.timeline.follow(thing)
            self.timeline.show_time()

    @override
    def instead(self, thing: Domain, samples: Sequence[Sample]) -> str:
        return why_none(thing, samples)

    @override
    def why_less(self, thing: Domain, *, is_any: bool) -> str:
        return why_still(thing) if self.pane.view.is_live else ""


def why_still(domain: Domain) -> str:
    """Return why nothing is read of a machine now; "" if it is."""
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
