"""The snap-in Hosts: its table of contents."""

from PySide6.QtCore import QCoreApplication

from console.sdk.snapin import SnapIn
from console.snapins.hosts import actions, asks, nodes, sheets


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    return SnapIn(
        id="hosts",
        title=QCoreApplication.translate("hosts", "Servers"),
        rules=nodes.rules(),
        actions=actions.actions(),
        node_actions=actions.node_actions(),
        pages=sheets.pages(),
        asks=asks.rules(),
    )
