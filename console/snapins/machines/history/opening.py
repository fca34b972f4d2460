"""Where the windows of the past are opened: one History a machine, and the deleted machines."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.journal.entry import Entry, What
from backend.model import Domain, Host, HostState, Kind
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.context import Context
from console.sdk.late import later
from console.sdk.snapin import Lead
from console.snapins.machines import places
from console.snapins.machines.history import deleted_dialog, window
from console.snapins.machines.one_each import OneEach


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


open_histories: Final = OneEach(later(lambda: window.HistoryWindow))


def _open(context: Context, selection: Selection) -> None:
    for record in selection.records:
        if isinstance(record, Domain):
            open_histories.show(context, record)


def _lead(context: Context, entry: Entry) -> bool:
    if entry.marks is None:
        return False
    domain = context.lookup.record(entry.subject, Domain)
    if domain is not None:
        open_histories.show(context, domain).choose(entry.uid)
        return True
    host = next(context.lookup.records(Host, entry.subject.host), None)
    if host is not None:
        context.show_dialog(deleted_dialog.DeletedDialog(context, host))
    return host is not None


def _open_deleted(context: Context, selection: Selection) -> None:
    if host := _host_of(context, selection):
        context.show_dialog(deleted_dialog.DeletedDialog(context, host))


def _host_of(context: Context, selection: Selection) -> Host | None:
    name = selection.node.host if selection.node else ""
    return next(context.lookup.records(Host, name), None)


def _why_not(context: Context, selection: Selection) -> str:
    host = _host_of(context, selection)
    is_there = host is not None and host.state is HostState.CONNECTED
    return "" if is_there else _tr("The server is not connected.")


def actions() -> tuple[Action, ...]:
    """Return what opens a machine's history."""
    return (
        Action(
            "domain.history",
            _tr("History..."),
            "ph.clock-counter-clockwise",
            Kind.DOMAIN,
            _open,
            section=1,
            shortcut="Ctrl+Shift+H",
            is_for_many=False,
            no_script=_tr("This only reads. Undoing a change has a script of its own."),
            only_looks=True,
        ),
    )


def node_actions() -> tuple[NodeAction, ...]:
    """Return what brings back a machine that is no longer in the list."""
    return (
        NodeAction(
            "machines.restore_deleted",
            _tr("Restore Deleted Machine..."),
            "ph.clock-counter-clockwise",
            (places.MACHINES, "host"),
            _open_deleted,
            section=1,
            refusal=_why_not,
        ),
    )


def leads() -> tuple[Lead, ...]:
    """Return where the events of changes lead."""
    return (Lead(What.CONFIGURED, _lead), Lead(What.DELETED, _lead))
