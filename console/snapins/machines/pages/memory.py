"""The page Memory: what a machine is given, holds and uses."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.model import Domain, DomainState, Record, Ref
from console.sdk import wording
from console.sdk.context import Context, Lookup
from console.sdk.forms import DetailView, Row, ValueRows
from console.sdk.look import GRID
from console.snapins.machines import columns, rates
from console.snapins.machines.pages import curves
from console.widgets.abreast import Abreast
from console.widgets.time_graph import TimeGraph

_GRAPH_HEIGHT = 200
_WIDTH_LEAST, _WIDTH_FOR_TWO = 300, 620


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class MemoryPage(DetailView):
    """A machine's memory in figures that follow it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Memory"))
        self._rows = ValueRows()
        self._graph = TimeGraph(_tr("Memory"), _tr("GiB"), span_s=curves.SPAN_S)
        self._graph.setMaximumHeight(_GRAPH_HEIGHT)
        self._across = Abreast(_WIDTH_FOR_TWO, self)
        self._across.turned.connect(self._share_room)
        self._across.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        self._across.setSpacing(5 * GRID)
        self._across.addWidget(self._rows, 2, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(self._graph, 3, Qt.AlignmentFlag.AlignTop)
        self.setMinimumWidth(_WIDTH_LEAST)

    def _share_room(self) -> None:
        self._across.setStretch(0, 2 if self._across.is_abreast else 0)

    @override
    def show_record(self, record: Record | None) -> None:
        found = rows(record, self.context.lookup) if isinstance(record, Domain) else ()
        self._rows.set_rows(found)
        is_running = isinstance(record, Domain) and record.state is DomainState.RUNNING
        self._graph.setVisible(is_running)
        samples = self.context.lookup.samples(record.ref) if record and is_running else ()
        self._graph.set_curves(*curves.memory(samples))

    @override
    def show_samples(self) -> None:
        self.show_record(self.record)

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)


def rows(domain: Domain, lookup: Lookup) -> tuple[Row, ...]:
    """Return the lines of the page."""
    made_of, sample = domain.configuration, rates.latest(domain, lookup)
    if made_of is None:
        return ()
    assigned = columns.assigned_bytes(domain, lookup)
    used = sample.memory_used_bytes if sample else None
    is_dynamic = made_of.current_memory_bytes != made_of.memory_bytes
    not_told = _tr("The guest does not tell") if domain.is_active else ""
    return (
        Row(_tr("Startup memory"), wording.size(made_of.current_memory_bytes)),
        Row(_tr("Maximum"), wording.size(made_of.memory_bytes)),
        Row(_tr("Dynamic memory"), _tr("Yes") if is_dynamic else _tr("No")),
        Row(_tr("Assigned"), wording.size(assigned) if assigned else ""),
        Row(_tr("Used by the guest"), not_told if used is None else _used(used, assigned)),
        Row(_tr("At the next start"), _next_start(domain)),
    )


def _used(used: int, assigned: int) -> str:
    if not assigned:
        return wording.size(used)
    share = wording.percent(used / assigned)
    return _tr("{size} ({share})").format(size=wording.size(used), share=share)


def _next_start(domain: Domain) -> str:
    now, then = domain.live, domain.next_start
    if now is None or then is None or now.memory_bytes == then.memory_bytes:
        return ""
    return wording.size(then.memory_bytes)
