"""Show as Script, wherever something can be done: the action itself, and the sheet it opens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend.model import Change
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.shell import script_sheet
from console.shell.action_set import ActionSet
from console.shell.registry import Entry

if TYPE_CHECKING:
    from backend.operations.script.request import Request
    from console.shell.script_sheet import ScriptSheet

SELECTION: Final = "script.selection"
NODE: Final = "script.node"
_SECTION = 9


def _tr(text: str) -> str:
    return QCoreApplication.translate("script", text)


class Scripts:
    """What the window has of scripts. `begin` comes before anything is shown."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._sheet: ScriptSheet | None = None
        self._context: Context | None = None
        self._actions: ActionSet | None = None
        self._selection = Selection(None)

    def begin(self, context: Context, actions: ActionSet) -> None:
        """Know what can be done, and what it is done with."""
        self._context, self._actions = context, actions
        context.subscribe(self._on_changes)

    def contents(self) -> SnapIn:
        """Return what stands in the panes: below what the selection can do, else the node."""
        words = {
            "text": _tr("Show as Script..."),
            "icon": "ph.code",
            "section": _SECTION,
            "no_script": _tr("This shows the scripts of the others."),
            "only_looks": True,
        }
        return SnapIn(
            id="script",
            title=_tr("Scripts"),
            actions=(Action(SELECTION, kind=None, run=self._offer, **words),),  # type: ignore[arg-type]
            node_actions=(
                NodeAction(
                    NODE,
                    node_types=(),
                    run=self._offer,
                    applies=lambda _context, selection: not selection.records,
                    **words,  # type: ignore[arg-type]
                ),
            ),
        )

    def show(self, title: str, requests: "Sequence[Request]") -> None:
        """Show what these verbs are."""
        if sheet := self._opened():
            sheet.show_requests(title, requests)

    def _offer(self, _context: Context, selection: Selection) -> None:
        self._selection = selection
        if sheet := self._opened():
            sheet.offer(self._entries(), self._do)

    def _entries(self) -> list[Entry]:
        """Return what can be done now with what was selected, but this itself."""
        entries = self._actions.entries(self._selection) if self._actions else ()
        return [e for e in entries if not e.refusal and e.id not in (SELECTION, NODE)]

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        news = {change.ref: change.after for change in changes}
        if self._sheet is None or not any(r.ref in news for r in self._selection.records):
            return
        records = [news.get(record.ref, record) for record in self._selection.records]
        left = tuple(record for record in records if record is not None)
        self._selection = Selection(self._selection.node, left)
        if self._sheet.isVisible() and left:
            self._sheet.renew(self._entries())

    def _do(self, entry: Entry) -> None:
        if self._actions:
            self._actions.trigger(entry.id, entry.selection)

    def _opened(self) -> "ScriptSheet | None":
        if self._sheet is None and self._context:
            self._sheet = script_sheet.ScriptSheet(self._context, self._window)
        return self._sheet
