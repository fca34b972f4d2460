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


def remark(host: Host) -> str:
    """Return what stands beside a host's name: that it is away, or that it is this computer."""
    if host.state is not HostState.CONNECTED:
        return wording.host_state(host.state).lower()
    return _tr("this computer") if host.is_embedded else ""


def _nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    icon = "ph.desktop-tower" if record.is_embedded else "ph.computer-tower"
    tone = {HostState.AWAY: Tone.BAD, HostState.CONNECTING: Tone.MUTED}
    return (
        ScopeNode(
            host_node_id(record.ref.host),
            "",
            record.name,
            icon,
            HOST,
            FormView(HostPage, record.ref),
            ref=record.ref,
            tone=tone.get(record.state, Tone.PLAIN),
            remark=remark(record),
            rank=0 if record.is_embedded else 1,
        ),
    )
