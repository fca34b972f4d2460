"""The snap-in Virtual Machines: its table of contents."""

from PySide6.QtCore import QCoreApplication

from console.sdk.snapin import FollowUp, SnapIn
from console.snapins.machines import actions, nodes, sheets


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    return SnapIn(
        id="machines",
        title=QCoreApplication.translate("machines", "Virtual Machines"),
        rules=nodes.rules(),
        root_view=nodes.all_machines(),
        actions=actions.actions(),
        node_actions=actions.node_actions(),
        pages=sheets.pages(),
        amendments=sheets.amendments(),
        follow_ups=(
            FollowUp("ShutdownTimedOut", "domain.shutdown"),
            FollowUp("ShutdownTimedOut", "domain.destroy"),
            FollowUp("StartFailed", "domain.start"),
        ),
    )
