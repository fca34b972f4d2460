"""Going about: which node is shown, what is selected there, and what becomes of both."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from backend.model import Change, Record, Ref
from console.sdk.actions import Selection
from console.sdk.nodes import ScopeNode
from console.sdk.views import ListView
from console.shell.action_set import ActionSet
from console.shell.navigation import History
from console.shell.result_pane import ResultPane
from console.shell.scope_model import ROOT, ScopeModel, count, counting
from console.shell.scope_pane import ScopePane


class Guide(QObject):
    """Keeps tree, result pane and actions on the same node and the same selection."""

    def __init__(
        self,
        scope: ScopeModel,
        tree: ScopePane,
        result: ResultPane,
        actions: ActionSet,
        on_moved: Callable[[], None],
    ) -> None:
        super().__init__()
        self._scope = scope
        self._tree = tree
        self._result = result
        self._actions = actions
        self._on_moved = on_moved
        self._shown: ScopeNode | None = None
        self._wanted: str | None = None
        self._has_been_led = False
        self._is_following = False
        self.history = History(lambda node_id: scope.node(node_id) is not None)
        self._clock = QTimer(tree)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._count)
        tree.node_chosen.connect(self._on_node)
        result.records_chosen.connect(self._on_records)

    @property
    def node(self) -> ScopeNode | None:
        """The node one stands on."""
        return self._scope.node(self.history.here)

    @property
    def place(self) -> str | None:
        """The node to come back to: where one stands, or what is still waited for.

        None is nowhere: one who has only waited at the root did not choose it.
        """
        here = self.history.here
        return here if self._has_been_led else self._wanted or here or None

    def begin(self, wanted: str | None, known: Sequence[Change] = ()) -> None:
        """Stand where one stood last time, or (None) on the first list, once they appear.

        Where what is known has that already, nothing else is drawn before.
        """
        self._wanted = wanted
        self.follow(known)
        if self._tree.chosen() is None:
            self._is_following = True
            self._tree.choose(ROOT)
            self._is_following = False

    def navigate(self, node_id: str, ref: Ref | None = None) -> None:
        """Show a node, and select a record in its list."""
        self._has_been_led = True
        self._tree.choose(node_id)
        if ref is not None and self._result.list:
            self._result.list.choose([ref])

    def show(self, record: Record) -> bool:
        """Go to where a thing is: its own node, or its row; return whether it is anywhere."""
        nodes = list(self._scope.nodes())
        own = [node for node in nodes if node.ref == record.ref]
        lists = [node for node in nodes if _lists(node, record)]
        for node in (*own, *lists):
            self.navigate(node.id, record.ref)
            return True
        return False

    def target(self) -> ScopeNode | None:
        """Return the own node of the one record that is selected, if it has one."""
        refs = [record.ref for record in self._result.chosen()]
        return next((node for node in self._scope.nodes() if [node.ref] == refs), None)

    def open(self) -> bool:
        """Go to the own node of the one record that is selected; return whether it has one."""
        found = self.target()
        if found:
            self.navigate(found.id)
        return found is not None

    def back(self) -> None:
        """Go where one was before."""
        self._tree.choose(self.history.back())

    def forward(self) -> None:
        """Go where one was before Back."""
        self._tree.choose(self.history.forward())

    def up(self) -> None:
        """Go one level up."""
        if node := self.node:
            self.navigate(node.parent)

    def follow(self, changes: Sequence[Change]) -> None:
        """Follow the records."""
        self._is_following = True
        self._scope.apply(changes)
        self._lead()
        self._is_following = False
        node = self.node or self._tree.chosen() or self._scope.node(ROOT)
        if node and node.id != self.history.here:
            # The node one stood on is gone: the tree has already stepped beside it or above.
            self.history.replace(node.id)
        if node and node != self._shown:
            self._show(node)
        self._result.follow(changes)
        if bool(counting(self._scope)) != self._clock.isActive():
            (self._clock.stop if self._clock.isActive() else self._clock.start)()
        self.select()

    def select(self) -> None:
        """Offer what can be done with the selection as it is now."""
        self._actions.select(Selection(self.node, self._result.chosen()))

    def _count(self) -> None:
        count(self._scope)
        self._result.count()

    def _lead(self) -> None:
        """Go to the first place worth seeing, unless the user has gone somewhere himself."""
        if self._has_been_led:
            return
        if self._wanted is not None and self._scope.node(self._wanted):
            self._has_been_led = True
            self._tree.choose(self._wanted)
        elif self.history.here == ROOT:
            lists = (node for node in self._scope.nodes() if isinstance(node.view, ListView))
            if first := next((node for node in lists if node.id != ROOT), None):
                self._tree.choose(first.id)

    def _on_node(self, node: ScopeNode) -> None:
        if self._is_following:
            self.history.replace(node.id)
        else:
            # Whoever went himself is not led away from there when his old place appears late.
            self._has_been_led = True
            self.history.go(node.id)
        self._show(node)
        self.select()

    def _show(self, node: ScopeNode) -> None:
        self._shown = node
        self._result.show_node(node)
        self._on_moved()

    def _on_records(self, records: tuple[Record, ...]) -> None:
        if records:
            self._has_been_led = True
        self.select()


def _lists(node: ScopeNode, record: Record) -> bool:
    view = node.view
    return isinstance(view, ListView) and view.kind is record.ref.kind and view.belongs(record)
