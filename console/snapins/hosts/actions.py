"""What can be done to a host: to its connection, not to what runs there."""

from PySide6.QtCore import QCoreApplication

from backend.model import Host, HostState, Kind, Record
from backend.operations import host as verbs
from console.sdk.actions import Action, Selection, StandardVerb
from console.sdk.context import Context


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def _why_not_refresh(record: Record) -> str:
    is_there = isinstance(record, Host) and record.state is HostState.CONNECTED
    return "" if is_there else _tr("The host is not connected.")


def _reconnect(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(verbs.reconnect, record.ref)


def _refresh(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(verbs.refresh, record.ref)


def actions() -> tuple[Action, ...]:
    """Return them in the order of the panes."""
    return (
        Action("host.reconnect", _tr("Reconnect"), "ph.link", Kind.HOST, _reconnect, section=8),
        Action(
            "host.refresh",
            _tr("Refresh"),
            "ph.arrows-clockwise",
            Kind.HOST,
            _refresh,
            refusal=_why_not_refresh,
            section=8,
            verb=StandardVerb.REFRESH,
        ),
    )
