"""What can be done to a host: to its connection, not to what runs there.

The same stands at the nodes below it, as what they list is as true as its connection.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from backend.model import Host, HostState, Kind, Record
from backend.operations import host as verbs
from backend.specs import HostSpec
from console.sdk import reach
from console.sdk.actions import Action, NodeAction, Run, Selection, StandardVerb, always
from console.sdk.context import Context, Operation, Question
from console.sdk.servers import Server
from console.snapins.hosts.dialogs import connect

BELOW: Final = ("machines", "machine", "storage", "storage_pool", "networks")
HOST: Final = "host"
_NAME_MAXIMUM = 80


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def hosts(selection: Selection) -> tuple[Host, ...]:
    """Return the hosts of a selection."""
    return tuple(record for record in selection.records if isinstance(record, Host))


def server_of(context: Context, host: Host) -> Server:
    """Return how a host is reached, also if it came from elsewhere than the list of servers."""
    spec = HostSpec(
        host.ref.host,
        host.name,
        host.uri,
        is_read_only=host.is_read_only,
        is_embedded=host.is_embedded,
    )
    return context.servers.find(host.ref.host) or Server(spec, is_remembered=False)


# When each applies, and why it is refused


def _is_not_there(record: Record) -> bool:
    return isinstance(record, Host) and record.state is not HostState.CONNECTED


def _is_left(record: Record) -> bool:
    return isinstance(record, Host) and record.state is HostState.DISCONNECTED


def _is_tried(record: Record) -> bool:
    return _is_not_there(record) and not _is_left(record)


def _is_elsewhere(record: Record) -> bool:
    return isinstance(record, Host) and not record.is_embedded


def _can_leave(record: Record) -> bool:
    return _is_elsewhere(record) and not _is_left(record)


def _why_not_reconnect(record: Record) -> str:
    if not isinstance(record, Host) or record.state is not HostState.CONNECTING:
        return ""
    if record.prompt:
        return _tr("Celadon is connecting to it now, and waits for your answer.")
    return _tr("Celadon is connecting to it now.")


def _why_not_refresh(record: Record) -> str:
    return _tr("The server is not connected.") if _is_not_there(record) else ""


def _why_not_copy(record: Record) -> str:
    has_uri = isinstance(record, Host) and record.uri
    return "" if has_uri else _tr("Its address is known once it was started.")


# What each does


def _submit(verb: "Operation[[], object]") -> Callable[[Context, Selection], None]:
    def run(context: Context, selection: Selection) -> None:
        for host in hosts(selection):
            context.submit(verb, host.ref)

    return run


def _connect(context: Context, _selection: Selection) -> None:
    context.show_dialog(connect.ConnectDialog(context))


def _edit(context: Context, selection: Selection) -> None:
    context.show_dialog(connect.ConnectDialog(context, server_of(context, hosts(selection)[0])))


async def _rename(context: Context, selection: Selection) -> None:
    server = server_of(context, hosts(selection)[0])
    title = _tr("Rename {name} in the list").format(name=server.spec.name)
    name = await context.ask_text(title, _tr("Name in the list"), server.spec.name, _why_not_name)
    if name and name.strip() != server.spec.name:
        context.servers.manage(replace(server, spec=replace(server.spec, name=name.strip())))


def _why_not_name(name: str) -> str:
    if not name.strip():
        return _tr("Type a name for the server.")
    return "" if len(name) <= _NAME_MAXIMUM else _tr("Use up to 80 characters.")


async def _remove(context: Context, selection: Selection) -> None:
    found = hosts(selection)
    one, many = _tr("Remove {name} from the list?"), _tr("Remove {count} servers from the list?")
    title = one.format(name=found[0].name) if len(found) == 1 else many.format(count=len(found))
    text = _tr(
        "Celadon disconnects and forgets how to get there. Nothing changes on the server: its "
        "virtual machines, running or not, stay as they are."
    )
    listed = tuple(host.name for host in found) if len(found) > 1 else ()
    question = Question(title, text, (_tr("Remove"), _tr("Cancel")), listed)
    if (await context.ask(question)).choice == 0:
        for host in found:
            context.servers.remove(host.ref.host)


def _copy_uri(_context: Context, selection: Selection) -> None:
    QGuiApplication.clipboard().setText("\n".join(host.uri for host in hosts(selection)))


def actions() -> tuple[Action, ...]:
    """Return what can be done to hosts, in the order of the panes."""
    return (*_connection(), *_listing())


def _connection() -> tuple[Action, ...]:
    connect, again = _submit(verbs.reconnect), _tr("Reconnect")
    leave, refresh = _submit(verbs.disconnect), _submit(verbs.refresh)
    why_not = _why_not_reconnect
    return (
        _row("host.reconnect", again, "ph.link", connect, _is_tried, refusal=why_not),
        _row("host.connect", _tr("Connect"), "ph.link", connect, _is_left),
        _row("host.disconnect", _tr("Disconnect"), "ph.link-simple-break", leave, _can_leave),
        _row(
            "host.refresh",
            _tr("Refresh"),
            "ph.arrows-clockwise",
            refresh,
            refusal=_why_not_refresh,
            verb=StandardVerb.REFRESH,
        ),
    )


def _listing() -> tuple[Action, ...]:
    edit, rename = _tr("Edit Connection..."), _tr("Rename in the List...")
    copy, remove = _tr("Copy URI"), _tr("Remove Server...")
    keep: dict[str, Any] = {"section": 9, "no_script": _ours()}
    change: dict[str, Any] = {**keep, "applies": _is_elsewhere}
    one: dict[str, Any] = {**change, "is_for_many": False}
    rename_verb, delete_verb = StandardVerb.RENAME, StandardVerb.DELETE
    return (
        _row("host.edit", edit, "ph.wrench", _edit, **one),
        _row("host.rename", rename, "ph.pencil-simple", _rename, verb=rename_verb, **one),
        _row("host.copy_uri", copy, "ph.copy", _copy_uri, refusal=_why_not_copy, **keep),
        _row("host.remove", remove, "ph.trash", _remove, verb=delete_verb, **change),
    )


def _ours() -> str:
    return _tr("This is between you and Celadon: nothing changes on the server.")


def _row(
    action_id: str,
    text: str,
    icon: str,
    run: Run,
    applies: Callable[[Record], bool] = always,
    **rest: Any,
) -> Action:
    usual = {"section": 8, "only_looks": True}
    return Action(action_id, text, icon, Kind.HOST, run, applies, **{**usual, **rest})


def _host(context: Context, selection: Selection) -> Host | None:
    name = selection.node.host if selection.node else ""
    return next(context.lookup.records(Host, name), None)


def _at_node(verb: "Operation[[], object]") -> Callable[[Context, Selection], None]:
    def run(context: Context, selection: Selection) -> None:
        if host := _host(context, selection):
            context.submit(verb, host.ref)

    return run


def _why_not(why_not: Callable[[Record], str]) -> Callable[[Context, Selection], str]:
    def refusal(context: Context, selection: Selection) -> str:
        host = _host(context, selection)
        return why_not(host) if host else _tr("The server is no longer managed here.")

    return refusal


def _when(rule: Callable[[Record], bool]) -> Callable[[Context, Selection], bool]:
    def applies(context: Context, selection: Selection) -> bool:
        host = _host(context, selection)
        return host is not None and rule(host)

    return applies


def node_actions() -> tuple[NodeAction, ...]:
    """Return what can be done at the root, and to its host at a node below it."""
    again, reconnect = _tr("Reconnect"), _at_node(verbs.reconnect)
    tried, why_not = _when(_is_tried), _why_not(_why_not_reconnect)
    return (
        NodeAction(
            reach.CONNECT,
            _tr("Connect to Server..."),
            "ph.plus-circle",
            ("root", HOST),
            _connect,
            section=7,
            shortcut="Ctrl+Shift+N",
            is_everywhere=True,
            no_script=_ours(),
            only_looks=True,
        ),
        _below(reach.RECONNECT, again, "ph.link", reconnect, applies=tried, refusal=why_not),
        _below(reach.CONNECT_AGAIN, _tr("Connect"), "ph.link", reconnect, applies=_when(_is_left)),
        _below(
            "node.refresh",
            _tr("Refresh"),
            "ph.arrows-clockwise",
            _at_node(verbs.refresh),
            verb=StandardVerb.REFRESH,
            refusal=_why_not(_why_not_refresh),
        ),
    )


def _below(action_id: str, text: str, icon: str, run: Run, **rest: Any) -> NodeAction:
    return NodeAction(action_id, text, icon, BELOW, run, section=8, only_looks=True, **rest)
