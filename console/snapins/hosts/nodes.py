"""The nodes in the tree: one for each host, with how it stands beside its name."""

from PySide6.QtCore import QCoreApplication

from backend.model import Host, HostState, Kind, Record
from console.sdk import wording
from console.sdk.nodes import NodeRule, ScopeNode, Tone, host_node_id
from console.sdk.views import FormView
from console.snapins.hosts.page import HostPage

HOST = "host"


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def rules() -> tuple[NodeRule, ...]:
    """Return what each host brings."""
    return (NodeRule(Kind.HOST, _nodes),)


def name(host: Host) -> str:
    """Return what a host is called: the one that this computer is, in those words."""
    return host.name


def _nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    icon = "ph.desktop-tower" if record.is_embedded else "ph.computer-tower"
    tone = {HostState.AWAY: Tone.BAD, HostState.CONNECTING: Tone.MUTED}
    is_there = record.state is HostState.CONNECTED
    return (
        ScopeNode(
            host_node_id(record.ref.host),
            "",
            name(record),
            icon,
            HOST,
            FormView(HostPage, record.ref),
            ref=record.ref,
            tone=tone.get(record.state, Tone.PLAIN),
            remark="" if is_there else wording.host_state(record.state).lower(),
            rank=0 if record.is_embedded else 1,
        ),
    )
