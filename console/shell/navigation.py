"""Where one was, and where one can go: Back, Forward, Up."""

from collections.abc import Callable, Iterable

from backend.model import Record
from console.sdk.nodes import ScopeNode
from console.sdk.views import ListView


def home_of(nodes: Iterable[ScopeNode], record: Record) -> str:
    """Return the id of the node at which a record stands: its own, else the last list with it.

    One that stands nowhere is looked for at the root.
    """
    home = ""
    for node in nodes:
        if node.ref == record.ref:
            return node.id
        if isinstance(node.view, ListView) and node.view.kind is record.ref.kind:
            home = node.id if node.view.belongs(record) else home
    return home


class History:
    """Node ids one stood on. What is no longer there is passed over."""

    def __init__(self, is_there: Callable[[str], bool]) -> None:
        self._is_there = is_there
        self._past: list[str] = []
        self._future: list[str] = []
        self._here = ""

    @property
    def here(self) -> str:
        """The node one stands on."""
        return self._here

    def go(self, node_id: str) -> None:
        """Stand on a node; where one was is Back, and Forward is forgotten."""
        if node_id == self._here:
            return
        self._past.append(self._here)
        self._future.clear()
        self._here = node_id

    def replace(self, node_id: str) -> None:
        """Stand on a node in place of one that is gone."""
        self._here = node_id

    def can_go_back(self) -> bool:
        """Whether Back leads anywhere."""
        return any(self._is_there(node_id) for node_id in self._past)

    def can_go_forward(self) -> bool:
        """Whether Forward leads anywhere."""
        return any(self._is_there(node_id) for node_id in self._future)

    def back(self) -> str:
        """Stand where one was before; return it."""
        return self._turn(self._past, self._future)

    def forward(self) -> str:
        """Stand where one was before Back; return it."""
        return self._turn(self._future, self._past)

    def _turn(self, ahead: list[str], behind: list[str]) -> str:
        while ahead:
            node_id = ahead.pop()
            if self._is_there(node_id):
                behind.append(self._here)
                self._here = node_id
                break
        return self._here
