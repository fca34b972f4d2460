"""Where the windows of the past are opened: one History a machine, and the deleted machines."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from shiboken6 import isValid

from backend.journal.entry import Entry, What
from backend.model import Domain, Host, HostState, Kind, Ref
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.context import Context
from console.sdk.snapin import Lead
from console.snapins.machines import places
from console.snapins.machines.history.deleted_dialog import DeletedDialog
from console.snapins.machines.history.window import HistoryWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class OpenHistories:
    """The windows that are open in this program."""

    def __init__(self) -> None:
        self._windows: dict[Ref, HistoryWindow] = {}

    def show(self, context: Context, domain: Domain, uid: int | None = None) -> HistoryWindow:
        """Open the history of a machine, or bring it to the front; `uid` is what to begin at."""
        window = self._windows.get(domain.ref)
        if window is None or not isValid(window):
            window = HistoryWindow(context, domain)
            self._windows[domain.ref] = window
            window.finished.connect(lambda: self._windows.pop(domain.ref, None))
            context.show_dialog(window)
        else:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
        if uid is not None:
            window.choose(uid)
        return window


open_histories: Final = OpenHistories()


def _open(context: Context, selection: Selection) -> None:
    for record in selection.records:
        if isinstance(record, Domain):
            open_histories.show(context, record)


def _lead(context: Context, entry: Entry) -> bool:
    if entry.marks is None:
        return False
    domain = context.lookup.record(entry.subject, Domain)
    if domain is not None:
        open_histories.show(context, domain, entry.uid)
        return True
    host = next(context.lookup.records(Host, entry.subject.host), None)
    if host is not None:
        context.show_dialog(DeletedDialog(context, host))
    return host is not None


def _open_deleted(context: Context, selection: Selection) -> None:
    if host := _host_of(context, selection):
        context.show_dialog(DeletedDialog(context, host))


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
