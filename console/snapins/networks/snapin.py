"""The snap-in Virtual Switches: its table of contents."""

from PySide6.QtCore import QCoreApplication

from console.sdk.snapin import SnapIn
from console.snapins.networks import nodes, sheets


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    title = QCoreApplication.translate("networks", "Virtual Switches")
    return SnapIn(
        id="networks",
        title=title,
        rules=nodes.rules(),
        pages=sheets.pages(),
        amendments=sheets.amendments(),
    )
