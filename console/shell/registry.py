"""Every action once: what can be done with what is selected, and why not.

The actions pane, the menus and the keyboard draw what `groups` returns; none of them decides.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.model import Record
from console.sdk.actions import Action, NodeAction, Selection, StandardVerb, always
from console.sdk.context import Context
from console.sdk.snapin import SnapIn


def _tr(text: str) -> str:
    return QCoreApplication.translate("registry", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as it stands for this selection. `refusal` says why it cannot be done, or is ""."""

    action: Action | NodeAction
    section: int
    refusal: str
    selection: Selection

    @property
    def id(self) -> str:
        """The action's id."""
        return self.action.id

    @property
    def is_default(self) -> bool:
        """Whether a double click does it."""
        return isinstance(self.action, Action) and self.action.is_default

    def run(self, context: Context) -> Awaitable[None] | None:
        """Do it, to the records that it applies to."""
        return self.action.run(context, self.selection)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one header: what the node can do, or what the selection can."""

    id: str
    title: str
    entries: tuple[Entry, ...]


class Registry:
    """The actions of all snap-ins, in their order.

    `no_rights` returns why nothing can be changed on a host (by its id), "" where it can.
    """

    def __init__(
        self, snapins: Sequence[SnapIn], no_rights: Callable[[str], str] = lambda _host: ""
    ) -> None:
        self._no_rights = no_rights
        self._actions = [action for snapin in snapins for action in snapin.actions]
        self._node_actions = [action for snapin in snapins for action in snapin.node_actions]
        self._follow_ups = [follow for snapin in snapins for follow in snapin.follow_ups]
        ids = [action.id for action in self.actions()]
        if len(ids) != len(set(ids)):
            raise ValueError(f"An action id is taken twice: {sorted(ids)}")

    def actions(self) -> Iterator[Action | NodeAction]:
        """Yield every action there is."""
        yield from self._node_actions
        yield from self._actions

    def groups(self, context: Context, selection: Selection) -> tuple[Group, ...]:
        """Return what can be done here: at the node, and with what is selected."""
        node, records = selection.node, selection.records
        at_node = _unless_alone(tuple(self._at_node(context, selection)))
        with_records = _unless_alone(tuple(self._with_records(selection)))
        title = node.text if node else ""
        chosen = _title(records)
        if at_node and with_records and node and [record.ref for record in records] == [node.ref]:
            # A node that stands for the record itself: two headers would say the same name twice.
            entries = sorted(at_node + with_records, key=lambda entry: entry.section)
            return (Group("selection", title, tuple(entries)),)
        groups = (Group("node", title, at_node), Group("selection", chosen, with_records))
        return tuple(group for group in groups if group.entries)

    def find(self, context: Context, selection: Selection, action_id: str) -> Entry | None:
        """Return one action as it stands for a selection; None if it does not apply."""
        here = [entry for group in self.groups(context, selection) for entry in group.entries]
        entries = (*here, *self.everywhere(context, selection))
        return next((entry for entry in entries if entry.id == action_id), None)

    def everywhere(self, context: Context, selection: Selection) -> tuple[Entry, ...]:
        """Return what can be done wherever one stands."""
        actions = (action for action in self._node_actions if action.is_everywhere)
        return tuple(self._node_entry(action, context, selection) for action in actions)

    def follow_ups(self, message_id: str) -> tuple[str, ...]:
        """Return the ids of what to offer after such a failure."""
        return tuple(f.action_id for f in self._follow_ups if f.message_id == message_id)

    def _at_node(self, context: Context, selection: Selection) -> Iterator[Entry]:
        node_type = selection.node.node_type if selection.node else None
        for action in sorted(self._node_actions, key=lambda action: action.section):
            is_here = node_type is not None and (
                not action.node_types or node_type in action.node_types
            )
            if is_here and (action.applies is None or action.applies(context, selection)):
                yield self._node_entry(action, context, selection)

    def _with_records(self, selection: Selection) -> Iterator[Entry]:
        for action in self._actions:
            applying = tuple(
                record
                for record in selection.records
                if action.kind in (None, record.ref.kind) and action.applies(record)
            )
            if applying:
                yield self._entry(action, applying, selection)

    def _node_entry(self, action: NodeAction, context: Context, selection: Selection) -> Entry:
        host = selection.node.host if selection.node else ""
        refusal = self._no_rights(host) if host and not action.only_looks else ""
        if not refusal and action.refusal:
            refusal = action.refusal(context, selection)
        return Entry(action, action.section, refusal, selection)

    def _entry(self, action: Action, applying: tuple[Record, ...], selection: Selection) -> Entry:
        refusals = [self._refusal(action, record) for record in applying]
        free = tuple(r for r, refusal in zip(applying, refusals, strict=True) if not refusal)
        refusal = "" if free else refusals[0]
        if not action.is_for_many and len(selection.records) > 1:
            refusal = _tr("This can be done to one at a time.")
        return Entry(action, action.section, refusal, Selection(selection.node, free))

    def _refusal(self, action: Action, record: Record) -> str:
        no_right = "" if action.only_looks else self._no_rights(record.ref.host)
        return no_right or action.refusal(record)


def _unless_alone(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out what goes with anything where there is nothing else to go with."""
    return () if all(_goes_with_anything(entry.action) for entry in entries) else entries


def _goes_with_anything(action: Action | NodeAction) -> bool:
    if isinstance(action, NodeAction):
        return not action.node_types
    return action.kind is None and action.applies is always


def shortcut_of(action: Action | NodeAction) -> str:
    """Return the keys of an action. Refresh and Help are the window's own, which pass them on."""
    if action.verb in (StandardVerb.REFRESH, StandardVerb.HELP):
        return ""
    return action.shortcut or (action.verb.value if action.verb else "")


def name_of(record: Record) -> str:
    """Return a record's name, if it has one."""
    name = getattr(record, "name", "")
    return name if isinstance(name, str) else ""


def _title(records: tuple[Record, ...]) -> str:
    if len(records) == 1:
        return name_of(records[0])
    return _tr("{count} selected").format(count=len(records)) if records else ""
