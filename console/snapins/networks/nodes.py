"""The node in the tree: "Virtual Switches" below each host."""

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from backend.model import Host, Kind, Network, Record
from console.sdk import reach
from console.sdk.nodes import NodeRule, ScopeNode, host_node_id
from console.sdk.views import ListView, Message
from console.snapins.networks import columns


def _tr(text: str) -> str:
    return QCoreApplication.translate("networks", text)


def rules() -> tuple[NodeRule, ...]:
    """Return what each host brings."""
    return (NodeRule(Kind.HOST, _nodes),)


def _nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    host = record.ref.host
    return (
        ScopeNode(
            f"networks:{host}",
            host_node_id(host),
            _tr("Virtual Switches"),
            "ph.share-network",
            "networks",
            _switches(host, reach.outdated(record), reach.nothing_yet(record)),
            rank=3,
            host=host,
        ),
    )


@lru_cache(maxsize=64)
def _switches(host: str, outdated: Message | None, empty: Message | None) -> ListView[Network]:
    return ListView(
        kind=Kind.NETWORK,
        belongs=lambda network: network.ref.host == host,
        columns=columns.columns(),
        empty=empty
        or Message(
            _tr("No virtual switches"),
            _tr(
                "Machines here use user-mode networking: they reach out, and nobody reaches in.\n"
                "A switch that is defined on the server, for example by “virsh net-define” and "
                "“virsh net-start”, shows up here at once."
            ),
            "ph.share-network",
        ),
        heading=columns.HEADING,
        title=_tr("Virtual Switches"),
        outdated=outdated,
    )
