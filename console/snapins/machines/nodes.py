"""The nodes in the tree: "Virtual Machines" below each host, and each machine below that."""

from functools import cache

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Host, HostState, Kind, Record
from console.sdk.nodes import NodeRule, ScopeNode, host_node_id
from console.sdk.views import DetailPage, FormView, ListView, Message
from console.snapins.machines import columns, standing
from console.snapins.machines.pages.machine import MachineForm
from console.snapins.machines.pages.memory import MemoryPage
from console.snapins.machines.pages.networking import NetworkingPage
from console.snapins.machines.pages.summary import SummaryPage
from console.snapins.machines.places import MACHINE, MACHINES, machine_node_id, machines_node_id


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
            _list_view(record.ref.host, record.state),
            rank=1,
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
            FormView(MachineForm, record.ref),
            ref=record.ref,
            tone=mark.tone,
        ),
    )


@cache  # the same view for the same host: a list is not built anew when its host changes
def _list_view(host: str, state: HostState) -> ListView[Domain]:
    return ListView(
        kind=Kind.DOMAIN,
        belongs=lambda domain: domain.ref.host == host,
        columns=columns.columns(),
        empty=_empty(state),
        heading=columns.heading,
        title=_tr("Virtual Machines"),
        details=(
            DetailPage("summary", _tr("Summary"), SummaryPage),
            DetailPage("memory", _tr("Memory"), MemoryPage),
            DetailPage("networking", _tr("Networking"), NetworkingPage),
        ),
        search_text=columns.search_text,
    )


def _empty(state: HostState) -> Message:
    if state is HostState.CONNECTED:
        return Message(
            _tr("No virtual machines yet"),
            _tr(
                "Quick Create makes one in a minute: from the sample guest, from the image of an "
                "installation DVD, or from a disk image that you have."
            ),
            "ph.monitor",
            ("machines.quick_create",),
        )
    return Message(
        _tr("Nothing is known of this host yet"),
        _tr(
            "Its virtual machines appear here as soon as it answers. Its own page says how "
            "it stands."
        ),
        "ph.link-break",
        ("machines.reconnect",),
    )
