"""The page Performance of a server: what is used of what it has, and which machines use it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel
from typing_extensions import override

from backend.measures import Measure
from backend.model import Domain, DomainState, Host, Kind, Record, Ref
from backend.series import Sample
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import columns
from console.snapins.machines.pages.chart_deck import Devices
from console.snapins.machines.pages.chart_kinds import host_charts
from console.snapins.machines.pages.charts_page import ChartsPage
from console.snapins.machines.pages.rankings import rankings, tiles
from console.snapins.machines.places import machine_node_id
from console.widgets.abreast import Abreast
from console.widgets.heat_map import HeatMap
from console.widgets.picker import Picker
from console.widgets.top_bars import TopBars

_MOST: Final = 8
_TOP_WIDTH: Final = 88 * GRID
_WIDTH_FOR_TWO: Final = 600
_UNBOUNDED: Final = 16_777_215


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class HostPerformancePage(ChartsPage[Host]):
    """Charts of the server above; below them the machines that do most, and all of them at once."""

    is_marked = False

    def __init__(self, context: Context) -> None:
        super().__init__(context, Host, host_charts(), _tr("Charts of the server"))
        self.setAccessibleName(_tr("Performance"))
        # Each second, and not with each move of a drag: there may be thousands.
        self.pane.ticked.connect(self._draw_machines)
        self.promised = ToneLabel(tone=Tone.MUTED)
        self.promised.setWordWrap(True)
        self.ranking = Picker(_tr("What machines are compared by"))
        self.ranking.offer([(one.id, one.title) for one in rankings()])
        self.top = TopBars(_tr("Machines that do most"))
        self.map = HeatMap(_tr("All machines"))
        self._below = Abreast(_WIDTH_FOR_TWO)
        self._below.turned.connect(self._share_room)
        self.ranking.chosen.connect(self.top.begin_anew)
        self.ranking.chosen.connect(self._draw_machines)
        for part in (self.top, self.map):
            part.chosen.connect(self._go)
        self._lay_out()

    @override
    def show_record(self, record: Record | None) -> None:
        super().show_record(record)
        self._draw_machines()

    @override
    def on_wake(self) -> None:
        super().on_wake()
        self._draw_machines()

    @override
    def devices(self, thing: Host, samples: Sequence[Sample]) -> Devices:
        return nodes(samples)

    @override
    def why_less(self, thing: Host, *, is_any: bool) -> str:
        return "" if is_any else _tr("Nothing was read of the server in this time.")

    def _lay_out(self) -> None:
        title = QLabel(_tr("Machines by"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setBuddy(self.ranking)
        bar = QHBoxLayout()
        bar.setSpacing(2 * GRID)
        bar.addWidget(title)
        bar.addWidget(self.ranking)
        bar.addStretch(1)
        self._below.setSpacing(4 * GRID)
        self._below.addWidget(self.top, 1)
        self._below.addWidget(self.map, 2)
        self.column.addWidget(self.pane, 3)
        self.column.addLayout(bar)
        self.column.addWidget(self.promised)
        self.column.addLayout(self._below, 2)
        self._share_room()

    def _share_room(self) -> None:
        self.top.setMaximumWidth(_TOP_WIDTH if self._below.is_abreast else _UNBOUNDED)

    def _draw_machines(self) -> None:
        host = self.record
        if not isinstance(host, Host) or not self.isVisible():
            return
        machines = self._machines(host)
        chosen = next(one for one in rankings() if one.id == self.ranking.current)
        shown = tiles(machines, self.context.lookup, chosen)
        self.map.show_tiles(shown)
        self.top.show_most(shown, _MOST)
        self.promised.setText(promised(host, machines, self._assigned(machines)))

    def _machines(self, host: Host) -> list[Domain]:
        found = self.context.lookup.records(Domain, host.ref.host)
        return sorted(found, key=lambda machine: machine.name.casefold())

    def _assigned(self, machines: Sequence[Domain]) -> int:
        return sum(columns.assigned_bytes(one, self.context.lookup) for one in machines)

    def _go(self, key: str) -> None:
        if self.record is not None:
            ref = Ref(self.record.ref.host, Kind.DOMAIN, key)
            self.context.navigate(machine_node_id(ref), ref)


def nodes(samples: Sequence[Sample]) -> Devices:
    """Return the NUMA nodes of a server, with their names."""
    told = samples[-1].devices(Measure.NODE_MEMORY_SIZE) if samples else ()
    named = [(one, _tr("Node {number}").format(number=one)) for one in told]
    return {"cpu": named, "memory": named}


def promised(host: Host, machines: Sequence[Domain], assigned_bytes: int) -> str:
    """Return what the machines that run were given, of what there is."""
    running = [machine for machine in machines if machine.state is DomainState.RUNNING]
    processors = sum(one.configuration.vcpus for one in running if one.configuration)
    if not host.processors or not host.memory_bytes:
        return ""
    text = _tr(
        "{running} of {all} run, with {processors} virtual processors on {there} and {memory} "
        "of memory"
    )
    if processors == 1:
        text = _tr(
            "{running} of {all} run, with 1 virtual processor on {there} and {memory} of memory"
        )
    return text.format(
        running=len(running),
        all=len(machines),
        processors=processors,
        there=host.processors,
        memory=wording.size_of(assigned_bytes, host.memory_bytes),
    )
