"""What makes machines, at the list of them and at their host."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from backend.model import Host, HostState
from console.sdk.actions import NodeAction, Selection
from console.sdk.context import Context
from console.sdk.late import later
from console.snapins.machines import places
from console.snapins.machines.creation import wizard
from console.snapins.machines.dialogs import define, import_disk, quick_create
from console.snapins.machines.packages import import_dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def _host_of(context: Context, selection: Selection) -> Host | None:
    name = selection.node.host if selection.node else ""
    return next(context.lookup.records(Host, name), None)


def _opening(dialog: Callable[[Context, Host], object]) -> Callable[[Context, Selection], None]:
    """Return what opens a dialog for the host of a selection."""

    def open_(context: Context, selection: Selection) -> None:
        if host := _host_of(context, selection):
            context.show_dialog(dialog(context, host))

    return open_


def _why_not_at_host(context: Context, selection: Selection) -> str:
    host = _host_of(context, selection)
    if host is None or host.state is not HostState.CONNECTED:
        return _tr("The server is not connected.")
    if host.is_read_only:
        return _tr("You may only look at this server: nothing can be made there.")
    return ""


def node_actions() -> tuple[NodeAction, ...]:
    """Return what can be done at the list of machines, and at their host."""
    return (
        _row(
            "new",
            _tr("New Virtual Machine..."),
            "ph.plus-circle",
            later(lambda: wizard.NewMachineWizard),
            "Ctrl+Alt+N",
        ),
        _row(
            "quick_create",
            _tr("Quick Create..."),
            "ph.lightning",
            later(lambda: quick_create.QuickCreateDialog),
            "Ctrl+N",
        ),
        _row(
            "import",
            _tr("Import Virtual Machine..."),
            "ph.download-simple",
            later(lambda: import_dialog.ImportMachineDialog),
        ),
        _row(
            "import_disk",
            _tr("Import Existing Disk..."),
            "ph.hard-drive",
            later(lambda: import_disk.ImportDialog),
        ),
        _row(
            "define",
            _tr("Define from XML..."),
            "ph.file-plus",
            later(lambda: define.DefineDialog),
        ),
    )


def _row(
    name: str,
    text: str,
    icon: str,
    dialog: Callable[[Context, Host], object],
    shortcut: str = "",
) -> NodeAction:
    return NodeAction(
        f"machines.{name}",
        text,
        icon,
        (places.MACHINES, "host"),
        _opening(dialog),
        shortcut=shortcut,
        refusal=_why_not_at_host,
    )
