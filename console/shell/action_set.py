"""The registry's entries as QActions: one a piece, shared by pane, menus, buttons and keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from backend.model import Record
from console.bridge.door import Bridge
from console.sdk.actions import Action, NodeAction, Selection, StandardVerb
from console.sdk.context import Context
from console.sdk.look import icon
from console.shell.registry import Entry, Group, Registry, shortcut_of

Stamp = tuple[tuple[str, str, tuple[tuple[str, int, str], ...]], ...]


class ActionSet(QObject):
    """What can be done with the selection, in force everywhere at once."""

    changed = Signal()
    """The entries, or whether they can be done, changed."""

    def __init__(
        self, registry: Registry, bridge: Bridge, context: Context, window: QWidget
    ) -> None:
        super().__init__(window)
        self._registry = registry
        self._bridge = bridge
        self._context = context
        self._stamp: Stamp = ()
        self.selection = Selection(None)
        self.groups: tuple[Group, ...] = ()
        self._actions: dict[str, QAction] = {}
        for declared in registry.actions():
            action = self._make(declared, window)
            self._actions[declared.id] = action
            window.addAction(action)

    def select(self, selection: Selection) -> None:
        """Offer what can be done with this; told again, only if that differs."""
        self.selection = selection
        self.groups = self._registry.groups(self._context, selection)
        stamp = tuple(
            (group.id, group.title, tuple((e.id, e.section, e.refusal) for e in group.entries))
            for group in self.groups
        )
        if stamp == self._stamp:
            return
        self._stamp = stamp
        anywhere = self._registry.everywhere(self._context, selection)
        here = [entry for group in self.groups for entry in group.entries]
        entries = {entry.id: entry for entry in (*anywhere, *here)}
        for action_id, action in self._actions.items():
            _put_in_force(action, entries.get(action_id))
        self.changed.emit()

    def entries(self, selection: Selection) -> tuple[Entry, ...]:
        """Return what stands for a selection, what is selected before its node."""
        groups = self._registry.groups(self._context, selection)
        return tuple(entry for group in reversed(groups) for entry in group.entries)

    def action(self, action_id: str) -> QAction | None:
        """Return the QAction of an id."""
        return self._actions.get(action_id)

    def groups_for(self, selection: Selection) -> tuple[Group, ...]:
        """Return what could be done with something else, which stays unselected."""
        return self._registry.groups(self._context, selection)

    def everywhere(self) -> list[QAction]:
        """Return what can be done wherever one stands."""
        entries = self._registry.everywhere(self._context, self.selection)
        return [self._actions[entry.id] for entry in entries]

    def trigger(self, action_id: str, selection: Selection | None = None) -> bool:
        """Do an action with the selection, or with another; return whether it can be done."""
        entry = self._registry.find(self._context, selection or self.selection, action_id)
        if entry is None or entry.refusal:
            return False
        self._bridge.perform(lambda: entry.run(self._context))
        return True

    def trigger_verb(self, verb: StandardVerb) -> bool:
        """Do what the selection or its node has for a standard verb; return whether it has."""
        entry = next((e for e in self._entries() if e.action.verb is verb and not e.refusal), None)
        if entry:
            self.trigger(entry.id)
        return entry is not None

    def trigger_default(self) -> bool:
        """Do what a double click does; return whether there is such a thing."""
        entry = next((e for e in self._entries() if e.is_default and not e.refusal), None)
        if entry:
            self.trigger(entry.id)
        return entry is not None

    def declared(self) -> tuple[Action | NodeAction, ...]:
        """Return every action there is, whether it can be done now or not."""
        return tuple(self._registry.actions())

    def declares(self, verb: StandardVerb) -> bool:
        """Whether anything at all handles a standard verb."""
        return any(action.verb is verb for action in self._registry.actions())

    def refused(self, keys: QKeySequence) -> Entry | None:
        """Return what these keys would do, if it cannot be done now."""
        refused = (entry for entry in self._entries() if entry.refusal)
        return next((e for e in refused if self._actions[e.id].shortcut() == keys), None)

    def follow_ups(self, message_id: str, record: Record) -> tuple[tuple[str, str], ...]:
        """Return (id, text) of what can be done after a failure on this record."""
        selection = Selection(self.selection.node, (record,))
        found: list[tuple[str, str]] = []
        for action_id in self._registry.follow_ups(message_id):
            entry = self._registry.find(self._context, selection, action_id)
            if entry and not entry.refusal:
                found.append((action_id, entry.action.text))
        return tuple(found)

    def fill(self, menu: QMenu, group_ids: Sequence[str] = ("selection", "node")) -> None:
        """Put the entries of these groups into a menu, a line where the section changes."""
        for group in sorted(
            (g for g in self.groups if g.id in group_ids), key=lambda g: group_ids.index(g.id)
        ):
            if not menu.isEmpty():
                menu.addSeparator()
            for is_new, entry in sections(group):
                if is_new:
                    menu.addSeparator()
                menu.addAction(self._actions[entry.id])

    def _entries(self) -> list[Entry]:
        # The selection comes before the node: what one has just clicked is meant.
        return [entry for group in reversed(self.groups) for entry in group.entries]

    def _make(self, declared: Action | NodeAction, window: QWidget) -> QAction:
        action = QAction(icon(declared.icon), declared.text, window)
        # Qt takes the dots off what stands on buttons; a space keeps the icon off the words.
        action.setIconText(f"\u2002{declared.text}")
        keys = shortcut_of(declared)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setObjectName(declared.id)
        action.setVisible(False)
        action.triggered.connect(self._trigger_for(declared.id))
        return action

    def _trigger_for(self, action_id: str) -> Callable[[], object]:
        return lambda: self.trigger(action_id)


def sections(group: Group) -> list[tuple[bool, Entry]]:
    """Return the entries, each with whether a line stands above it."""
    marked: list[tuple[bool, Entry]] = []
    for index, entry in enumerate(group.entries):
        before = group.entries[index - 1] if index else entry
        is_new = entry.section != before.section
        marked.append((is_new or type(entry.action) is not type(before.action), entry))
    return marked


def _put_in_force(action: QAction, entry: Entry | None) -> None:
    # One that is not here is off as well as hidden: its keys may be another's here.
    action.setVisible(entry is not None)
    action.setEnabled(entry is not None and not entry.refusal)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words = action.text().removesuffix("...")
    action.setToolTip((entry.refusal if entry else "") or (f"{words} ({keys})" if keys else words))
    action.setStatusTip(entry.refusal if entry else "")
