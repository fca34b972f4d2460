"""The strip above what a host has: what the way to the host means for it."""

from PySide6.QtWidgets import QWidget

from backend.model import Host, Kind, Ref
from console.sdk import reach
from console.sdk.context import Lookup
from console.sdk.forms import DetailView
from console.sdk.nodes import ScopeNode, Tone
from console.shell.action_set import ActionSet
from console.shell.list_view import ListPage
from console.shell.outdated_strip import OutdatedStrip


class HostStrip(OutdatedStrip):
    """Says that a host is away, or that one may only look at it; hidden if there is all right."""

    def __init__(self, actions: ActionSet, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        self._lookup = lookup

    def follow(self, node: ScopeNode, form: DetailView | None, page: ListPage | None) -> None:
        """Say it of the view of a node: a form, or a list (which says itself that it is old)."""
        ref = Ref(node.host, Kind.HOST, node.host)
        host = self._lookup.record(ref, Host)
        if host is None or node.ref == ref:
            self.show_message(None)  # nobody's, or the page of the host, which says it all
        elif form and (outdated := reach.outdated(host)):
            self.show_message(outdated, Tone.BAD)
        else:
            is_listed = page is not None and len(page.area.model.roster.members) > 0
            is_shown = form is not None or is_listed
            self.show_message(reach.look_only(host) if is_shown else None, Tone.WARNING)
