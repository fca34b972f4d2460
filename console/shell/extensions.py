"""Pages that one snap-in adds to the views of another (MMC's extensions of a property sheet)."""

from collections.abc import Sequence
from dataclasses import replace

from backend.model import Kind
from console.sdk.nodes import ScopeNode
from console.sdk.snapin import SnapIn
from console.sdk.views import DetailPage, FormView, ListView


class Extensions:
    """What is added, by the kind of record."""

    def __init__(self, snapins: Sequence[SnapIn]) -> None:
        self._pages: dict[Kind, tuple[DetailPage, ...]] = {}
        for extension in (one for snapin in snapins for one in snapin.extensions):
            for kind in extension.kinds:
                self._pages[kind] = (*self._pages.get(kind, ()), extension.page)

    def extended(self, node: ScopeNode) -> ScopeNode:
        """Return a node whose view has them too: a list below it, a form that has tabs as such."""
        view = node.view
        if isinstance(view, ListView) and (added := self._pages.get(view.kind)):
            return replace(node, view=replace(view, details=(*view.details, *added)))
        if isinstance(view, FormView) and view.ref and view.pages:
            added = self._pages.get(view.ref.kind, ())
            return replace(node, view=replace(view, pages=(*view.pages, *added)))
        return node
