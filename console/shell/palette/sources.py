"""What there is to find, read from where it is declared: registry, tree, lists and menu bar."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from backend.model import Kind, Record, Ref
from console.bridge.mirror import Mirror
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.nodes import ScopeNode, Tone
from console.sdk.views import ListView
from console.shell.action_set import ActionSet
from console.shell.notices import Notice
from console.shell.palette.finds import Find, Standing
from console.shell.registry import Entry, name_of
from console.shell.scope_model import ROOT, ScopeModel, remark_of

Navigate = Callable[[str, Ref | None], None]
_SEPARATOR = " · "
REGISTRY_MENU = "action_menu"
"""The menu that draws the registry, which is read itself."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)


def place_id(node: ScopeNode | None, ref: Ref | None) -> str:
    """Return the id of a thing as something to find: of its record, or of its node."""
    if ref is not None:
        return f"{ref.kind.value}:{ref.host}:{ref.key}"
    return node.id if node else ROOT


class Deeds:
    """Actions as finds: of the selection, of a place, and those of other nodes."""

    def __init__(
        self, actions: ActionSet, scope: ScopeModel, mirror: Mirror, tell: Callable[[Notice], None]
    ) -> None:
        self._actions = actions
        self._scope = scope
        self._mirror = mirror
        self._tell = tell

    def here(self) -> tuple[Find, ...]:
        """Return what can be done with the selection and at the node, as the pane has it."""
        selection = self._actions.selection
        groups = sorted(self._actions.groups, key=lambda group: group.id != "selection")
        return tuple(
            self._find(entry, selection, group.title, Standing.HERE)
            for group in groups
            for entry in group.entries
        )

    def elsewhere(self) -> tuple[Find, ...]:
        """Return what can be done at the other nodes, each once for a host."""
        found: dict[tuple[str, str], Find] = {}
        for node in self._scope.nodes():
            if isinstance(node.view, ListView) or node.parent == ROOT:
                selection = Selection(node)
                for group in self._actions.groups_for(selection):
                    for entry in filter(_is_of_its_node, group.entries):
                        beside = path(self._scope, node)
                        find = self._find(entry, selection, beside, Standing.ELSEWHERE)
                        found.setdefault((entry.id, node.host), find)
        return tuple(found.values())

    def at(self, node: ScopeNode, record: Record | None) -> tuple[Find, ...]:
        """Return what can be done with one thing."""
        selection = Selection(node, (record,) if record else ())
        groups = self._actions.groups_for(selection)
        wanted = {"selection"} if record else {"node"}
        return tuple(
            self._find(entry, selection, "", Standing.ELSEWHERE)
            for group in groups
            for entry in group.entries
            if group.id in wanted
        )

    def _find(self, entry: Entry, selection: Selection, beside: str, standing: Standing) -> Find:
        action, declared = self._actions.action(entry.id), entry.action
        keys = action.shortcut() if action and standing is Standing.HERE else QKeySequence()
        return Find(
            id=_deed_id(entry, selection),
            title=declared.text,
            run=lambda: self._do(entry, selection),
            beside=beside,
            icon=declared.icon,
            keys=keys.toString(QKeySequence.SequenceFormat.NativeText),
            refusal=entry.refusal,
            standing=standing,
        )

    def _do(self, entry: Entry, selection: Selection) -> None:
        """Do it to the things as they are now: they may have changed since they were listed."""
        known = (self._mirror.any_record(record.ref) for record in selection.records)
        anew = replace(selection, records=tuple(record for record in known if record))
        if not self._actions.trigger(entry.id, anew):
            title = entry.action.text.removesuffix("...")
            sentence = _tr("This cannot be done any more: what it was for has changed meanwhile.")
            self._tell(Notice(title, sentence, tone=Tone.WARNING))


def _is_of_its_node(entry: Entry) -> bool:
    """Whether it is found at this node rather than anywhere: here, too, or in the File menu."""
    action = entry.action
    if not isinstance(action, NodeAction):
        return True
    return bool(action.node_types) and not action.is_everywhere


def _deed_id(entry: Entry, selection: Selection) -> str:
    records = selection.records if isinstance(entry.action, Action) else ()
    # What was done to several is no habit: they are never the same ones again.
    at = place_id(selection.node, records[0].ref if records else None)
    return f"{entry.id}@{at}" if len(records) < 2 else ""


class Places:
    """Nodes of the tree, and what stands in their lists."""

    def __init__(self, scope: ScopeModel, mirror: Mirror, deeds: Deeds, navigate: Navigate) -> None:
        self._scope = scope
        self._mirror = mirror
        self._deeds = deeds
        self._navigate = navigate

    def finds(self) -> tuple[Find, ...]:
        """Return every place there is: a thing with a node of its own stands there once."""
        records: defaultdict[Kind, list[Record]] = defaultdict(list)
        for record in self._mirror.every_record():
            records[record.ref.kind].append(record)
        nodes = [node for node in self._scope.nodes() if node.id != ROOT]
        listed = {
            record.ref: (node, record)
            for node in nodes
            if isinstance(node.view, ListView)
            for record in records[node.view.kind]
            if node.view.belongs(record)
        }
        own = {node.ref for node in nodes if node.ref}
        finds = [self._node(node, listed) for node in nodes]
        finds += [self._row(node, r) for ref, (node, r) in listed.items() if ref not in own]
        return tuple(finds)

    def _node(self, node: ScopeNode, listed: dict[Ref, tuple[ScopeNode, Record]]) -> Find:
        record = self._mirror.any_record(node.ref) if node.ref else None
        above = listed.get(node.ref) if node.ref else None
        about = (node.state, remark_of(node), path(self._scope, node))
        return self._place(node, record, node.text, about, self._keywords(above), None)

    def _row(self, node: ScopeNode, record: Record) -> Find:
        about = (node.text, path(self._scope, node))
        keywords = self._keywords((node, record))
        return self._place(node, record, name_of(record), about, keywords, record.ref)

    def _place(
        self,
        node: ScopeNode,
        record: Record | None,
        title: str,
        about: tuple[str, ...],
        keywords: str,
        ref: Ref | None,
    ) -> Find:
        go = lambda: self._navigate(node.id, ref)  # noqa: E731
        there = Find(id="", title=_tr("Go There"), run=go, icon="ph.arrow-right")
        return Find(
            id=place_id(node, ref or node.ref),
            title=title,
            run=go,
            beside=_SEPARATOR.join(filter(None, about)),
            keywords=keywords,
            icon=node.icon,
            tone=node.tone,
            standing=Standing.PLACE,
            further=lambda: (there, *self._deeds.at(node, record)),
        )

    def _keywords(self, listed: tuple[ScopeNode, Record] | None) -> str:
        """Return what a filter would find in the row: addresses, notes."""
        node, record = listed or (None, None)
        view = node.view if node else None
        if not isinstance(view, ListView) or view.search_text is None:
            return ""
        return view.search_text(record, self._mirror)


def path(scope: ScopeModel, node: ScopeNode) -> str:
    """Return the names of the nodes that a node stands below, the nearest first."""
    names: list[str] = []
    above = scope.node(node.parent)
    while above is not None and above.id != ROOT:
        names.append(above.text)
        above = scope.node(above.parent)
    return _SEPARATOR.join(names)


def commands(bar: QMenuBar) -> tuple[Find, ...]:
    """Return what stands in the menu bar, but for the menu of what is in the registry."""
    return tuple(_command(action, trail) for action, trail in _entries(bar, ()))


def _entries(
    menu: QMenuBar | QMenu, trail: tuple[str, ...]
) -> Iterator[tuple[QAction, tuple[str, ...]]]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            if inner.objectName() != REGISTRY_MENU:
                # What a menu fills in when it opens is there to be found as well.
                inner.aboutToShow.emit()
                yield from _entries(inner, (*trail, plain(action.text())))
        elif action.isVisible() and not action.isSeparator() and action.text():
            yield action, trail


def _command(action: QAction, trail: tuple[str, ...]) -> Find:
    title = plain(action.text())
    state = (_tr("on") if action.isChecked() else _tr("off")) if action.isCheckable() else ""
    mark = "ph.toggle-right" if action.isChecked() else "ph.toggle-left"
    return Find(
        id="command:" + "/".join((*trail, title)),
        title=title,
        run=action.trigger,
        beside=_SEPARATOR.join(filter(None, (" > ".join(trail), state))),
        icon=mark if action.isCheckable() else action.icon(),
        keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
        refusal="" if action.isEnabled() else _tr("This cannot be done here now."),
        standing=Standing.COMMAND,
    )


def plain(text: str) -> str:
    """Return a text of a menu as it is read."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").split("\t")[0]
