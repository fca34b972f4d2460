"""The nodes in the tree: "Virtual Machines" below each host, and each machine below that."""

from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Host, Kind, Record
from console.sdk import reach, wording
from console.sdk.context import Lookup
from console.sdk.late import later
from console.sdk.nodes import NodeRule, ScopeNode, host_node_id
from console.sdk.views import DetailPage, FormView, ListView, Message
from console.snapins.machines import columns, screens, standing
from console.snapins.machines.pages import (
    checkpoints,
    dependencies,
    display,
    machine,
    memory,
    networking,
    performance,
    serial,
    storage,
    summary,
)
from console.snapins.machines.places import MACHINE, MACHINES, machine_node_id, machines_node_id
from console.snapins.machines.tiles import tile
from console.snapins.machines.why import page as why


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def rules() -> tuple[NodeRule, ...]:
    """Return what each host and each machine brings."""
    return (NodeRule(Kind.HOST, _list_nodes), NodeRule(Kind.DOMAIN, _machine_nodes))


def _list_nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    return (
        ScopeNode(
            machines_node_id(record.ref.host),
            host_node_id(record.ref.host),
            _tr("Virtual Machines"),
            "ph.monitor",
            MACHINES,
            _list_view(record.ref.host, reach.outdated(record), reach.nothing_yet(record)),
            rank=1,
            host=record.ref.host,
        ),
    )


def _machine_nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Domain):
        return ()
    mark = standing.mark(record)
    return (
        ScopeNode(
            machine_node_id(record.ref),
            machines_node_id(record.ref.host),
            record.name,
            mark.icon,
            MACHINE,
            FormView(_form, record.ref, pages()),
            ref=record.ref,
            tone=mark.tone,
            state=wording.state(record),
            host=record.ref.host,
        ),
    )


_form = later(lambda: machine.MachineForm)


@cache
def pages() -> tuple[DetailPage, ...]:
    """Return the pages of a machine: below the list, and as the tabs of its own node."""
    return (
        DetailPage("summary", _tr("Summary"), later(lambda: summary.SummaryPage)),
        DetailPage("display", _tr("Display"), later(lambda: display.DisplayPage)),
        DetailPage("serial", _tr("Serial Console"), later(lambda: serial.SerialPage)),
        DetailPage("performance", _tr("Performance"), later(lambda: performance.PerformancePage)),
        DetailPage("why", _tr("Why Is It Slow?"), later(lambda: why.WhyPage)),
        DetailPage("networking", _tr("Networking"), later(lambda: networking.NetworkingPage)),
        DetailPage("memory", _tr("Memory"), later(lambda: memory.MemoryPage)),
        DetailPage("storage", _tr("Storage"), later(lambda: storage.StoragePage)),
        DetailPage("checkpoints", _tr("Checkpoints"), later(lambda: checkpoints.CheckpointsPage)),
        DetailPage(
            "dependencies",
            _tr("Dependencies"),
            later(lambda: dependencies.DependenciesPage),
        ),
    )


@lru_cache(maxsize=64)  # the same view for the same standing: equal nodes are not shown anew
def _list_view(host: str, outdated: Message | None, empty: Message | None) -> ListView[Domain]:
    return ListView(
        kind=Kind.DOMAIN,
        belongs=lambda domain: domain.ref.host == host,
        columns=columns.columns(),
        empty=empty or _first_step(),
        heading=columns.HEADING,
        title=_tr("Virtual Machines"),
        details=pages(),
        search_text=columns.search_text,
        tile=tile,
        pictures=later(lambda: screens.Screens),
        outdated=outdated,
    )


def all_machines() -> ListView[Domain]:
    """Return the list of the machines of all hosts, which stands at the root of the tree."""
    return ListView(
        kind=Kind.DOMAIN,
        belongs=lambda _domain: True,
        columns=columns.columns_across_hosts(),
        empty=Message(
            _tr("No virtual machines yet"),
            _tr("The machines of all servers stand here. Choose a server in the tree."),
            "ph.squares-four",
            (reach.CONNECT,),
        ),
        heading=columns.HEADING,
        title=_tr("All Virtual Machines"),
        details=pages(),
        search_text=columns.search_text,
        tile=tile,
        pictures=later(lambda: screens.Screens),
        is_outdated=_is_on_a_host_that_is_away,
    )


def _is_on_a_host_that_is_away(domain: Domain, lookup: Lookup) -> bool:
    host = columns.host_of(domain, lookup)
    return host is not None and reach.is_away(host)


def _first_step() -> Message:
    return Message(
        _tr("No virtual machines yet"),
        _tr(
            "Quick Create makes one in a minute: from the sample guest, from the image of an "
            "installation DVD, or from a disk image that you have."
        ),
        "ph.monitor",
        ("machines.quick_create",),
    )
