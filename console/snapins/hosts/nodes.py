"""The nodes in the tree: one for each host, with how it stands beside its name."""

from functools import cache

from PySide6.QtCore import QCoreApplication

from backend.model import Host, HostState, Kind, Record
from console.sdk import reach
from console.sdk.nodes import NodeRule, ScopeNode, Tone, host_node_id
from console.sdk.tabs import TabbedView
from console.sdk.views import DetailPage, FormView
from console.snapins.hosts.page import HostPage

HOST = "host"


def rules() -> tuple[NodeRule, ...]:
    """Return what each host brings."""
    return (NodeRule(Kind.HOST, _nodes),)


@cache
def _pages() -> tuple[DetailPage, ...]:
    title = QCoreApplication.translate("hosts", "Summary")
    return (DetailPage("summary", title, HostPage),)


def _nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    icon = "ph.desktop-tower" if record.is_embedded else "ph.computer-tower"
    is_there = record.state is HostState.CONNECTED
    tone = Tone.BAD if reach.is_away(record) else Tone.PLAIN if is_there else Tone.MUTED
    return (
        ScopeNode(
            host_node_id(record.ref.host),
            "",
            reach.short_name(record),
            icon,
            HOST,
            FormView(TabbedView, record.ref, _pages()),
            ref=record.ref,
            tone=tone,
            remark=reach.remark(record),
            counts_to=record.retry_at,
            host=record.ref.host,
            rank=0 if record.is_embedded else 1,
        ),
    )
