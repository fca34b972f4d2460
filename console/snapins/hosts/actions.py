"""What can be done to a host: to its connection, not to what runs there.

The same stands at the nodes below it, as what they list is as true as its connection.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.model import Host, HostState, Kind, Record
from backend.operations import host as verbs
from console.sdk import reach
from console.sdk.actions import Action, NodeAction, Selection, StandardVerb
from console.sdk.context import Context, Operation

BELOW: Final = ("machines", "machine", "storage", "storage_pool", "networks")


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def _is_not_there(record: Record) -> bool:
    return isinstance(record, Host) and record.state is not HostState.CONNECTED


def _why_not_reconnect(record: Record) -> str:
    is_tried = isinstance(record, Host) and record.state is HostState.CONNECTING
    return _tr("Celadon is connecting to it now.") if is_tried else ""


def _why_not_refresh(record: Record) -> str:
    return _tr("The host is not connected.") if _is_not_there(record) else ""


def _submit(verb: "Operation[[], object]") -> Callable[[Context, Selection], None]:
    def run(context: Context, selection: Selection) -> None:
        for record in selection.records:
            context.submit(verb, record.ref)

    return run


def actions() -> tuple[Action, ...]:
    """Return what can be done to hosts, in the order of the panes."""
    return (
        Action(
            "host.reconnect",
            _tr("Reconnect"),
            "ph.link",
            Kind.HOST,
            _submit(verbs.reconnect),
            applies=_is_not_there,
            refusal=_why_not_reconnect,
            section=8,
        ),
        Action(
            "host.refresh",
            _tr("Refresh"),
            "ph.arrows-clockwise",
            Kind.HOST,
            _submit(verbs.refresh),
            refusal=_why_not_refresh,
            section=8,
            verb=StandardVerb.REFRESH,
        ),
    )


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
        return why_not(host) if host else _tr("The host is no longer managed here.")

    return refusal


def _is_away(context: Context, selection: Selection) -> bool:
    host = _host(context, selection)
    return host is not None and _is_not_there(host)


def node_actions() -> tuple[NodeAction, ...]:
    """Return what can be done to its host at a node below it."""
    return (
        NodeAction(
            reach.RECONNECT,
            _tr("Reconnect"),
            "ph.link",
            BELOW,
            _at_node(verbs.reconnect),
            section=8,
            applies=_is_away,
            refusal=_why_not(_why_not_reconnect),
        ),
        NodeAction(
            "node.refresh",
            _tr("Refresh"),
            "ph.arrows-clockwise",
            BELOW,
            _at_node(verbs.refresh),
            section=8,
            verb=StandardVerb.REFRESH,
            refusal=_why_not(_why_not_refresh),
        ),
    )
