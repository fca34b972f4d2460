"""A snap-in of the tests: enough of machines to drive every part of the shell."""

from collections.abc import Iterator

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from backend.model import Domain, DomainState, Host, HostState, Kind, Record, Ref
from console.sdk import wording
from console.sdk.actions import Action, NodeAction, Run, Selection, StandardVerb
from console.sdk.context import Context, Lookup, Question
from console.sdk.forms import DetailView, Row, ValueRows
from console.sdk.nodes import NodeRule, ScopeNode, Tone
from console.sdk.snapin import FollowUp, SnapIn
from console.sdk.views import (
    Align,
    Cell,
    Column,
    DetailPage,
    FormView,
    Heading,
    ListView,
    Message,
    Quantity,
    Sums,
)
from console.widgets.curve import Curve
from console.widgets.thumbnail import Thumbnail
from console.widgets.time_graph import TimeGraph

calls: list[tuple[str, tuple[str, ...]]] = []
MARKS = {
    DomainState.RUNNING: ("ph.play-circle-fill", Tone.GOOD),
    DomainState.PAUSED: ("ph.pause-circle-fill", Tone.MUTED),
    DomainState.CRASHED: ("ph.warning-circle-fill", Tone.BAD),
}


async def start(_host: object, _ref: object) -> None:
    """Stand for an operation."""


async def shutdown(_host: object, _ref: object) -> None:
    """Stand for an operation."""


def _name(machine: Domain, _lookup: Lookup) -> Cell:
    icon, tone = MARKS.get(machine.state, ("ph.stop-circle", Tone.MUTED))
    return Cell(machine.name, icon, tone)


def _state(machine: Domain, _lookup: Lookup) -> Cell:
    return Cell(wording.state(machine), tone=Tone.MUTED)


def _cpu(machine: Domain, lookup: Lookup) -> Cell:
    trend = tuple(s.cpu for s in lookup.samples(machine.ref)[-40:] if s.cpu is not None)
    if not trend or machine.state is not DomainState.RUNNING:
        return Cell("")
    tone = Tone.WARNING if trend[-1] > 0.85 else None
    return Cell(wording.percent(trend[-1]), trend=trend, tone=tone)


def _cpu_share(machine: Domain, lookup: Lookup) -> float | None:
    samples = lookup.samples(machine.ref)
    return samples[-1].cpu if samples else None


def _memory_bytes(machine: Domain, _lookup: Lookup) -> float | None:
    parts = machine.configuration
    return float(parts.memory_bytes) if parts and machine.is_active else None


def _memory(machine: Domain, _lookup: Lookup) -> Cell:
    parts = machine.configuration
    return Cell(wording.size(parts.memory_bytes) if parts and machine.is_active else "")


def _address(machine: Domain, lookup: Lookup) -> Cell:
    guest = lookup.guest(machine.ref)
    return Cell(", ".join(a.address for a in guest.addresses) if guest else "", tone=Tone.MUTED)


def _status(machine: Domain, lookup: Lookup) -> Cell:
    if job := lookup.job_on(machine.ref):
        return Cell(wording.job_activity(job), share=job.progress)
    if job := lookup.last_failure(machine.ref):
        return Cell(wording.job_failure(job), tone=Tone.BAD)
    return Cell(machine.notes, tone=Tone.MUTED)


class Summary(DetailView):
    """State and figures, as the real snap-in will have them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.picture = Thumbnail("Screen")
        self.rows = ValueRows()
        self.graph = TimeGraph("CPU", "%", ceiling=100)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(20)
        row.addWidget(self.picture)
        row.addWidget(self.rows, 1)
        row.addWidget(self.graph, 1)

    @override
    def prepare(self, like: Record) -> Iterator[None]:
        yield
        self.graph.plane.prepare()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def show_record(self, record: Record | None) -> None:
        if not isinstance(record, Domain):
            return
        self.setAccessibleName(record.name)
        self.rows.set_rows(
            (
                Row("State", wording.state(record)),
                Row("Memory", "2 GiB"),
                Row("Notes", record.notes),
            )
        )
        if record.is_active:
            image = QImage(1024, 768, QImage.Format.Format_RGB32)
            image.fill("#26433a")
            self.picture.show_image(image)
        else:
            self.picture.show_words("The machine is off.")
        self.show_samples()

    @override
    def show_samples(self) -> None:
        if self.record:
            samples = self.context.lookup.samples(self.record.ref)
            newest = samples[-1].at if samples else 0.0
            self.graph.set_curves(
                (
                    Curve(
                        "CPU",
                        [s.at - newest for s in samples],
                        [None if s.cpu is None else s.cpu * 100 for s in samples],
                    ),
                )
            )


class HostPage(DetailView):
    """One page for a host."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows = ValueRows()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(self.rows)

    @override
    def show_record(self, record: Record | None) -> None:
        if isinstance(record, Host):
            problem = wording.sentence(record.problem) if record.problem else ""
            self.rows.set_rows(
                (Row("State", record.state.value), Row("Problem", problem, Tone.BAD))
            )


def _share(machine: Domain, _lookup: Lookup) -> Sums:
    return {machine.state is DomainState.RUNNING: 1}


def _summed_up(sums: Sums, _lookup: Lookup) -> str:
    return f"{sums.get(True, 0)} running, {sums.get(False, 0)} off"


def machines_view(host: str) -> ListView[Domain]:
    return ListView(
        Kind.DOMAIN,
        lambda machine: machine.ref.host == host,
        (
            Column("name", "Name", _name, width=22),
            Column("state", "State", _state, width=11, quantity=Quantity.CHOICE),
            Column("cpu", "CPU", _cpu, _cpu_share, quantity=Quantity.SHARE, width=24, is_live=True),
            Column("memory", "Memory", _memory, _memory_bytes, Align.RIGHT, 11, Quantity.SIZE),
            Column("address", "Address", _address, width=14),
            Column("notes", "Notes", lambda d, _: Cell(d.notes), is_shown=False),
            Column("status", "Status", _status, width=30),
        ),
        Message("No virtual machines yet", "Make the first one.", "ph.desktop", ("machine.new",)),
        Heading(_share, _summed_up),
        details=(
            DetailPage("summary", "Summary", Summary),
            DetailPage("other", "Other", Summary),
        ),
    )


def host_nodes(record: Record) -> tuple[ScopeNode, ...]:
    assert isinstance(record, Host)
    key = record.ref.host
    is_away = record.state is HostState.AWAY
    host = ScopeNode(
        f"host/{key}",
        "",
        record.name,
        "ph.desktop-tower",
        "host",
        FormView(HostPage, record.ref),
        ref=record.ref,
        tone=Tone.BAD if is_away else Tone.PLAIN,
        remark="away: no route, next try at 14:02" if is_away else "",
        host=key,
    )
    if is_away:
        return (host,)
    return (
        host,
        ScopeNode(
            f"machines/{key}",
            host.id,
            "Virtual Machines",
            "ph.monitor",
            "machines",
            machines_view(key),
            host=key,
        ),
    )


def machine_nodes(record: Record) -> tuple[ScopeNode, ...]:
    assert isinstance(record, Domain)
    icon, tone = MARKS.get(record.state, ("ph.stop-circle", Tone.MUTED))
    return (
        ScopeNode(
            f"machine/{record.ref.key}",
            f"machines/{record.ref.host}",
            record.name,
            icon,
            "machine",
            FormView(Summary, record.ref),
            ref=record.ref,
            tone=tone,
            host=record.ref.host,
        ),
    )


def _note(action_id: str) -> Run:
    def run(_context: Context, selection: Selection) -> None:
        calls.append((action_id, tuple(r.ref.key for r in selection.records)))

    return run


async def _start(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(start, record.ref)


async def _shut_down(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(shutdown, record.ref)


async def _delete(context: Context, selection: Selection) -> None:
    names = ", ".join(r.name for r in selection.records if isinstance(r, Domain))
    answer = await context.ask(
        Question(
            "Delete",
            f"Delete {names}?",
            ("Delete", "Cancel"),
            is_danger=True,
            checkboxes=(("Delete its disks too", False),),
        )
    )
    calls.append(("answer", (str(answer.choice), str(answer.checked))))


async def _rename(context: Context, selection: Selection) -> None:
    text = await context.ask_text("Rename", "New name:", "web", lambda t: "" if t else "Empty.")
    calls.append(("text", (str(text),)))


def _is_running(record: Record) -> bool:
    return isinstance(record, Domain) and record.state is DomainState.RUNNING


def _fail(_context: Context, _selection: Selection) -> None:
    raise ValueError("odd")


def action(action_id: str, text: str, icon: str, **options: object) -> Action:
    run = options.pop("run", None) or _note(action_id)
    return Action(action_id, text, icon, Kind.DOMAIN, run, **options)  # type: ignore[arg-type]


def _node_actions() -> tuple[NodeAction, ...]:
    return (
        NodeAction(
            "machine.new",
            "Quick Create...",
            "ph.plus",
            ("machines",),
            _note("machine.new"),
            shortcut="Ctrl+N",
        ),
        NodeAction(
            "machines.refresh",
            "Refresh",
            "ph.arrow-clockwise",
            ("machines",),
            _note("refresh"),
            section=1,
            verb=StandardVerb.REFRESH,
        ),
        NodeAction(
            "hosts.connect",
            "Connect to Server...",
            "ph.plus-circle",
            ("host",),
            _note("connect"),
            shortcut="Ctrl+Shift+N",
            is_everywhere=True,
        ),
        NodeAction("host.reconnect", "Reconnect", "ph.link", ("host",), _note("reconnect")),
    )


def _actions() -> tuple[Action, ...]:
    return (
        action("machine.connect", "Connect...", "ph.monitor-play", is_default=True),
        action(
            "machine.start",
            "Start",
            "ph.play",
            section=1,
            run=_start,
            applies=lambda r: not _is_running(r),
        ),
        action(
            "machine.shutdown",
            "Shut Down",
            "ph.power",
            section=1,
            run=_shut_down,
            applies=_is_running,
        ),
        action("machine.turnoff", "Turn Off", "ph.stop", section=1, applies=_is_running),
        action("machine.fail", "Fail", "ph.bug", section=2, run=_fail),
        action(
            "machine.rename",
            "Rename...",
            "ph.pencil-simple",
            section=3,
            run=_rename,
            verb=StandardVerb.RENAME,
            is_for_many=False,
        ),
        action(
            "machine.delete",
            "Delete...",
            "ph.trash",
            section=3,
            run=_delete,
            verb=StandardVerb.DELETE,
            refusal=lambda r: "Turn it off first." if _is_running(r) else "",
        ),
    )


def snapin() -> SnapIn:
    calls.clear()
    return SnapIn(
        "machines",
        "Virtual Machines",
        rules=(NodeRule(Kind.HOST, host_nodes), NodeRule(Kind.DOMAIN, machine_nodes)),
        node_actions=_node_actions(),
        actions=_actions(),
        follow_ups=(FollowUp("ShutdownTimedOut", "machine.turnoff"),),
    )
