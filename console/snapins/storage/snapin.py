"""The snap-in Storage: its table of contents."""

from PySide6.QtCore import QCoreApplication

from console.sdk.snapin import SnapIn
from console.snapins.storage import actions, nodes, sheets


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    title = QCoreApplication.translate("storage", "Storage")
    return SnapIn(
        id="storage",
        title=title,
        rules=nodes.rules(),
        actions=actions.actions(),
        pages=sheets.pages(),
        amendments=sheets.amendments(),
    )
