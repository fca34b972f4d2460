"""The tree, kept in step with the records by the rules of the snap-ins.

A node whose parent is not there yet waits for it; one whose parent goes, goes with it and comes
back with it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from backend.model import Change, Record, Ref
from console.sdk import reach, wording
from console.sdk.look import icon
from console.sdk.nodes import NodeRule, ScopeNode, Tone
from console.sdk.snapin import SnapIn
from console.sdk.views import Message, View
from console.shell.extensions import Extensions
from console.shell.order import Natural, natural
from console.shell.scope_marks import ScopeMarks

Index = QModelIndex | QPersistentModelIndex
REMARK_ROLE = Qt.ItemDataRole.UserRole + 1
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
_NO_INDEX = QModelIndex()
Key = tuple[int, Natural, str]
ROOT = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("scope_model", text)


@dataclass(slots=True)
class Item:
    """A node, and what hangs below it."""

    node: ScopeNode
    number: int
    children: list[str] = field(default_factory=list)
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        self.key = _key_of(self.node)


def _key_of(node: ScopeNode) -> Key:
    return (node.rank, natural(node.text), node.id)


def root_node(snapins: Sequence[SnapIn] = ()) -> ScopeNode:
    """Return the node that everything hangs below."""
    view: View = Message(
        _tr("Celadon"),
        _tr("Choose a server or what it holds in the tree on the left, or connect to another one."),
        "ph.squares-four",
        (reach.CONNECT,),
    )
    view = next((snapin.root_view for snapin in snapins if snapin.root_view), view)
    return ScopeNode(ROOT, ROOT, _tr("Celadon"), "ph.squares-four", "root", view, tone=Tone.GOOD)


def remark_of(node: ScopeNode) -> str:
    """Return a node's remark as it reads at this moment."""
    return wording.counted(node.remark, node.counts_to)


class ScopeModel(QAbstractItemModel):
    """Nodes below the root, sorted by rank and then by text, numbers in it by their value."""

    def __init__(self, snapins: Sequence[SnapIn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._extensions = Extensions(snapins)
        self._rules: list[NodeRule] = [rule for snapin in snapins for rule in snapin.rules]
        self._marks = ScopeMarks([rule for snapin in snapins for rule in snapin.marks])
        root = self._extensions.extended(root_node(snapins))
        self.items: dict[str, Item] = {ROOT: Item(root, 0)}
        """What there is by its id, in no order: cheaper to go through than `nodes`."""
        self._ids: list[str] = [ROOT]
        self._brought: dict[Ref, dict[str, ScopeNode]] = {}
        self._waiting: dict[str, dict[str, ScopeNode]] = {}
        self.countdowns: set[str] = set()
        """The ids of the nodes whose remarks count down."""
        for snapin in snapins:
            for node in snapin.nodes:
                self._put(node)

    # What the shell asks

    def node(self, node_id: str) -> ScopeNode | None:
        """Return the node of an id, if it is in the tree."""
        item = self.items.get(node_id)
        return item.node if item else None

    def node_at(self, index: Index) -> ScopeNode | None:
        """Return the node at an index."""
        return self._item(index).node if index.isValid() else None

    def index_of(self, node_id: str) -> QModelIndex:
        """Return where a node stands; invalid if it is not in the tree."""
        item = self.items.get(node_id)
        if not item:
            return QModelIndex()
        if node_id == ROOT:
            return self.createIndex(0, 0, 0)
        return self.createIndex(self._row(item), 0, item.number)

    def nodes(self, parent: str = ROOT) -> Iterator[ScopeNode]:
        """Yield a node and all below it, in the order of the tree."""
        item = self.items[parent]
        yield item.node
        for child in list(item.children):
            yield from self.nodes(child)

    def apply(self, changes: Sequence[Change]) -> None:
        """Bring the tree in step with what changed."""
        above = dict[str, None]()
        for change in changes:
            fresh = self._built(change.after)
            known = self._brought.pop(change.ref, {})
            for node_id in known.keys() - fresh.keys():
                self._drop(node_id)
            if fresh:
                self._brought[change.ref] = fresh
            for node_id, node in fresh.items():
                if node_id not in self.items:
                    # Taken in together at the end: Qt asks a lot with each insertion.
                    self._waiting.setdefault(node.parent, {})[node_id] = node
                    above[node.parent] = None
                elif known.get(node_id) != node:
                    self._put(node)
        for parent in above:
            self._take_in(parent)
        draw_anew(self, self._marks.follow(changes, self.items, self._brought))

    # What Qt asks

    @override
    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """Return the index of a child."""
        if not parent.isValid():
            return self.createIndex(0, 0, 0) if row == 0 and column == 0 else QModelIndex()
        children = self._item(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self.items[children[row]].number)

    @override
    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        """Return the index of the parent; as in every model, QObject.parent() is hidden."""
        if not index.isValid() or self._item(index).node.id == ROOT:
            return QModelIndex()
        return self.index_of(self._item(index).node.parent)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many children there are."""
        return len(self._item(parent).children) if parent.isValid() else 1

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return 1."""
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a node shows."""
        if not index.isValid():
            return None
        node = self._item(index).node
        if role == Qt.ItemDataRole.DisplayRole:
            return node.text
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(node.icon, node.tone)
        if role in (REMARK_ROLE, MARK_ROLE):
            return remark_of(node) if role == REMARK_ROLE else self._marks.of(node.id)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            mark = self._marks.of(node.id)
            words = mark.words if mark else ""
            told = ", ".join(filter(None, (node.state, remark_of(node), words)))
            return f"{node.text} ({told})" if told else node.text
        return None

    # Keeping in step

    def _built(self, record: Record | None) -> dict[str, ScopeNode]:
        if record is None:
            return {}
        rules = [rule for rule in self._rules if rule.kind is record.ref.kind]
        nodes = (self._extensions.extended(n) for rule in rules for n in rule.build(record))
        return {node.id: node for node in nodes}

    def _put(self, node: ScopeNode) -> None:
        item = self.items.get(node.id)
        if item and item.node.parent == node.parent:
            self._replace(item, node)
            return
        if item:
            self._drop(node.id)
        self._waiting.setdefault(node.parent, {})[node.id] = node
        self._take_in(node.parent)

    def _take_in(self, parent: str) -> None:
        """Insert what waits for a node, if that is there, and what waits for those."""
        above = self.items.get(parent)
        if above is None:
            return
        first = len(self._ids)
        waiting = self._waiting.pop(parent, {}).values()
        items = sorted((Item(node, first + n) for n, node in enumerate(waiting)), key=_key)
        self._ids += [node.id for node in waiting]
        while items:
            row = self._place(above.children, items[0].key)
            end = self.items[above.children[row]].key if row < len(above.children) else None
            together = [item for item in items if end is None or item.key < end]
            del items[: len(together)]
            self.beginInsertRows(self.index_of(parent), row, row + len(together) - 1)
            above.children[row:row] = [item.node.id for item in together]
            self.items |= {item.node.id: item for item in together}
            self.countdowns |= {i.node.id for i in together if i.node.counts_to is not None}
            self.endInsertRows()
        for node in waiting:
            self._take_in(node.id)

    def _replace(self, item: Item, node: ScopeNode) -> None:
        siblings = self.items[node.parent].children
        row, key = self._row(item), _key_of(node)
        others = siblings if item.key == key else [*siblings[:row], *siblings[row + 1 :]]
        place = row if others is siblings else self._place(others, key)
        if is_moved := place != row:
            above = self.index_of(node.parent)
            # All stand where they stood until this is told: who hears of it looks.
            self.beginMoveRows(above, row, row, above, place if place < row else place + 1)
            siblings[:] = [*others[:place], node.id, *others[place:]]
        item.node, item.key = node, key
        (self.countdowns.discard if node.counts_to is None else self.countdowns.add)(node.id)
        if is_moved:
            self.endMoveRows()
        index = self.index_of(node.id)
        self.dataChanged.emit(index, index)

    def _drop(self, node_id: str) -> None:
        for waiting in self._waiting.values():
            waiting.pop(node_id, None)
        item = self.items.get(node_id)
        if not item:
            return
        parent = self.items[item.node.parent]
        row = self._row(item)
        self.beginRemoveRows(self.index_of(item.node.parent), row, row)
        parent.children.remove(node_id)
        self._forget(item)
        self.endRemoveRows()

    def _forget(self, item: Item) -> None:
        del self.items[item.node.id]
        self.countdowns.discard(item.node.id)
        for child in item.children:
            below = self.items[child]
            self._waiting.setdefault(item.node.id, {})[child] = below.node
            self._forget(below)

    def _place(self, siblings: list[str], key: Key) -> int:
        return bisect_left(siblings, key, key=lambda other: self.items[other].key)

    def _row(self, item: Item) -> int:
        return self._place(self.items[item.node.parent].children, item.key)

    def _item(self, index: Index) -> Item:
        return self.items[self._ids[index.internalId()]]


def _key(item: Item) -> Key:
    return item.key


def is_within(scope: ScopeModel, node_id: str, above: str) -> bool:
    """Whether a node that is in the tree is another one, or hangs somewhere below it."""
    while node_id not in (above, ROOT):
        node_id = scope.items[node_id].node.parent
    return node_id == above


def counting(scope: ScopeModel) -> list[ScopeNode]:
    """Return the nodes whose remarks count down, in no order."""
    return [scope.items[node_id].node for node_id in scope.countdowns]


def count(scope: ScopeModel) -> None:
    """Have the remarks that count down drawn anew."""
    draw_anew(scope, (node.id for node in counting(scope)))


def draw_anew(scope: ScopeModel, node_ids: Iterable[str]) -> None:
    """Have these nodes drawn anew: something beside them is another."""
    for node_id in node_ids:
        index = scope.index_of(node_id)
        scope.dataChanged.emit(index, index)
