"""The snap-in Alerts: its table of contents."""

from PySide6.QtCore import QCoreApplication

from console.sdk.actions import NodeAction, Selection
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.snapins.alerts import marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    return SnapIn(
        id="alerts",
        title=_tr("Alerts"),
        node_actions=(
            NodeAction(
                "alerts.thresholds",
                _tr("Alerts..."),
                "ph.bell",
                ("root", "host", "machines", "machine", "storage", "storage_pool"),
                _open,
                section=80,
                no_script=_tr("Thresholds are kept by Celadon, and no hypervisor knows them."),
                only_looks=True,
            ),
        ),
        marks=marks.rules(),
    )


def _open(context: Context, selection: Selection) -> None:
    from console.snapins.alerts.dialog import AlertsDialog  # noqa: PLC0415  # a rare deed

    subject = selection.records[0] if len(selection.records) == 1 else None
    context.show_dialog(AlertsDialog(context, subject))
