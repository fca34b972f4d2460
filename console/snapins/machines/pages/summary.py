"""The page Summary: the machine's screen, facts and figures, and its trouble across the top."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Domain, DomainConfiguration, DomainState, Record, Ref
from backend.series import Sample
from console.sdk import reach, wording
from console.sdk.actions import Selection
from console.sdk.alert_banner import AlertBanner
from console.sdk.context import Context, Lookup
from console.sdk.forms import DetailView, Row, ValueRows
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines import actions, columns, standing
from console.snapins.machines.devices import outlook
from console.snapins.machines.pages import curves
from console.snapins.machines.pages.banner import TroubleBanner
from console.snapins.machines.pages.screenshot import Screenshot
from console.widgets.abreast import Abreast
from console.widgets.time_graph import TimeGraph

_GRAPH_HEIGHT = 136
_NAME_SEEN = 32
"""A longer name is cut off in tree, list and heading."""
_WIDTH_LEAST, _WIDTH_FOR_PICTURE, _WIDTH_FOR_LARGE_PICTURE, _WIDTH_FOR_THREE = 300, 440, 540, 660
_PICTURE_LEAST, _GRAPH_LEAST, _FACTS = 160, 200, 400
_PICTURE_WIDTH, _UNBOUNDED = 160, 16_777_215


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SummaryPage(DetailView):
    """What one wants to know of a machine at a glance."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Summary"))
        self._banner = TroubleBanner(context)
        self._alerts = AlertBanner(context)
        self._thumbnail = Screenshot(context)
        self._rows = ValueRows()
        self._notes = QPushButton(actions.action("domain.set_notes").text)
        self._notes.setAccessibleName(self._notes.text())
        self._notes.clicked.connect(self._on_notes)
        self._cpu = TimeGraph(_tr("CPU"), "%", span_s=curves.SPAN_S, ceiling=100)
        self._memory = TimeGraph(_tr("Memory"), _tr("GiB"), span_s=curves.SPAN_S)
        for graph in (self._cpu, self._memory):
            graph.setFixedHeight(_GRAPH_HEIGHT)
            graph.setMinimumWidth(_GRAPH_LEAST)
        self._told, self._across = Abreast(_WIDTH_FOR_PICTURE), Abreast(_WIDTH_FOR_THREE)
        self._lay_out()

    def _lay_out(self) -> None:
        notes = QHBoxLayout()
        notes.addWidget(self._notes)
        notes.addStretch(1)
        facts = QVBoxLayout()
        facts.addWidget(self._rows)
        facts.addLayout(notes)
        facts.addStretch(1)
        picture = QVBoxLayout()
        picture.addWidget(self._thumbnail)
        picture.addStretch(1)
        graphs = QVBoxLayout()
        graphs.setSpacing(2 * GRID)
        self._told.setSpacing(5 * GRID)
        self._told.addLayout(picture, 4)
        self._told.addLayout(facts, 5)
        graphs.addWidget(self._cpu)
        graphs.addWidget(self._memory)
        graphs.addStretch(1)
        self._across.setSpacing(5 * GRID)
        self._across.addLayout(self._told, 9)
        self._across.addLayout(graphs, 5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        outer.setSpacing(3 * GRID)
        outer.addWidget(self._banner)
        outer.addWidget(self._alerts)
        outer.addLayout(self._across, 1)
        self.setMinimumWidth(_WIDTH_LEAST)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have picture, facts and graphs share the width."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        has_graphs = not self._cpu.isHidden()
        is_large = self.width() >= _WIDTH_FOR_LARGE_PICTURE
        has_three, has_two = self._across.is_abreast, self._told.is_abreast
        self._across.setStretch(0, 9 if has_three else 0)
        self._across.setStretch(1, 5 if has_graphs else 0)
        self._told.setStretch(0, 0 if not has_two else 4 if is_large else 2)
        self._thumbnail.setMaximumWidth(_UNBOUNDED if has_two else _PICTURE_WIDTH)
        # The facts first have what an identity takes in one line; the rest is shared.
        beside = 5 * GRID + _GRAPH_LEAST if has_graphs and has_three else 0
        left = self.width() - 13 * GRID - _PICTURE_LEAST - beside
        self._rows.setMinimumWidth(min(_FACTS, max(0, left)) if has_two else 0)

    @override
    def show_record(self, record: Record | None) -> None:
        domain = record if isinstance(record, Domain) else None
        self._thumbnail.set_domain(domain)
        self._alerts.show_subject(domain.ref if domain else None)
        why_not = reach.rights_at(self.context.lookup, domain.ref.host) if domain else ""
        self._notes.setEnabled(domain is not None and not why_not)
        self._notes.setToolTip(why_not)
        if domain is None:
            self._rows.set_rows(())
            self._banner.hide()
            return
        self.show_samples()
        failure = self.context.lookup.last_failure(domain.ref)
        self._banner.show_trouble(domain, standing.trouble(domain, failure))

    @override
    def show_samples(self) -> None:
        if not isinstance(self.record, Domain):
            return
        self._rows.set_rows(rows(self.record, self.context.lookup))
        is_running = self.record.state is DomainState.RUNNING
        if is_running == self._cpu.isHidden():
            self._cpu.setVisible(is_running)
            self._memory.setVisible(is_running)
            self._share_room()
        self._show_curves(self.context.lookup.samples(self.record.ref) if is_running else ())

    def _show_curves(self, samples: Sequence[Sample]) -> None:
        self._cpu.set_curves(curves.cpu(samples))
        self._memory.set_curves(*curves.memory(samples))

    @override
    def prepare(self, like: Record) -> Iterator[None]:
        if isinstance(like, Domain):
            self._rows.set_rows(rows(like, self.context.lookup))
            yield
        for graph in (self._cpu, self._memory):
            graph.plane.prepare()
            yield
        self._show_curves(self.context.lookup.samples(like.ref))

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self._thumbnail.wake()

    @override
    def on_sleep(self) -> None:
        self._thumbnail.sleep()
        self._banner.stop()

    def _on_notes(self) -> None:
        if self.record is not None:
            actions.action("domain.set_notes").run(self.context, Selection(None, (self.record,)))


def rows(domain: Domain, lookup: Lookup) -> tuple[Row, ...]:
    """Return the facts of a machine, line by line."""
    made_of = domain.configuration
    tone = standing.mark(domain).tone
    state_tone = tone if tone in (Tone.WARNING, Tone.BAD) else Tone.PLAIN
    created = wording.moment(domain.created_at) if domain.created_at else ""
    return (
        Row(_tr("Name"), domain.name if len(domain.name) > _NAME_SEEN else ""),
        Row(_tr("State"), _state(domain), state_tone),
        Row(_tr("Guest"), _guest(domain, lookup)),
        *(made_of_rows(domain, made_of, lookup) if made_of else ()),
        Row(_tr("Automatic start"), _tr("With the server") if domain.is_autostart else _tr("No")),
        Row(_tr("Created"), created),
        Row(_tr("Identity"), domain.ref.key),
        Row(_tr("Notes"), domain.notes),
        Row(_tr("Room"), outlook.room(domain)),
    )


def made_of_rows(domain: Domain, made_of: DomainConfiguration, lookup: Lookup) -> tuple[Row, ...]:
    """Return the facts of what a machine is made of."""
    processors = _tr("{count} virtual").format(count=made_of.vcpus)
    memory = columns.memory_text(domain, lookup) or wording.size(made_of.memory_bytes)
    return (
        Row(_tr("Generation"), wording.generation(made_of.firmware)),
        Row(_tr("Machine type"), ", ".join(filter(None, (made_of.machine, made_of.architecture)))),
        Row(_tr("Processors"), processors),
        Row(_tr("Memory"), memory),
        Row(_tr("Adapters"), _adapters(domain, made_of, lookup)),
    )


def _state(domain: Domain) -> str:
    word = wording.state(domain)
    if domain.started_at is None or not standing.is_held(domain):
        return word
    since = wording.moment(domain.started_at)
    return _tr("{state}, started {moment}").format(state=word, moment=since)


def _guest(domain: Domain, lookup: Lookup) -> str:
    guest = lookup.guest(domain.ref)
    if not domain.is_active:
        return ""
    has_channel = domain.live is not None and domain.live.has_agent_channel
    if guest is not None and guest.does_agent_answer:
        agent = _tr("agent answers")
    else:
        agent = _tr("agent does not answer") if has_channel else _tr("no agent channel")
    system = guest.operating_system if guest else ""
    hostname = guest.hostname if guest else ""
    unread = _unread(guest.unread_file_systems) if guest else ""
    text = ", ".join(part for part in (system, hostname, agent, unread) if part)
    return text[:1].upper() + text[1:]


def _unread(count: int) -> str:
    told = _tr("more file systems than figures are kept of: {count}")
    return told.format(count=count) if count else ""


def _adapters(domain: Domain, made_of: DomainConfiguration, lookup: Lookup) -> str:
    if not made_of.nics:
        return _tr("None")
    found = columns.addresses(lookup.guest(domain.ref)) if domain.is_active else ()
    shown = ", ".join(found[:3]) + ("…" if len(found) > 3 else "")
    count = str(len(made_of.nics))
    return _tr("{count}: {addresses}").format(count=count, addresses=shown) if found else count
