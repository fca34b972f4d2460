"""Show as Script, wherever something can be done: the action itself, and the sheet it opens."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend.operations.script.request import Request
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.shell.action_set import ActionSet
from console.shell.registry import Entry
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

    def begin(self, context: Context, actions: ActionSet) -> None:
        """Know what can be done, and what it is done with."""
        self._context, self._actions = context, actions

    def contents(self) -> SnapIn:
        """Return what stands in the panes: below what the selection can do, else the node."""
        words = {
            "text": _tr("Show as Script..."),
            "icon": "ph.code",
            "section": _SECTION,
            "no_script": _tr("This shows the scripts of the others."),
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

    def show(self, title: str, requests: Sequence[Request]) -> None:
        """Show what these verbs are."""
        if sheet := self._opened():
            sheet.show_requests(title, requests)

    def _offer(self, _context: Context, selection: Selection) -> None:
        sheet, actions = self._opened(), self._actions
        if sheet and actions:
            entries = [e for e in actions.entries(selection) if e.id not in (SELECTION, NODE)]
            sheet.offer([e for e in entries if not e.refusal], self._do)

    def _do(self, entry: Entry) -> None:
        if self._actions:
            self._actions.trigger(entry.id, entry.selection)

    def _opened(self) -> ScriptSheet | None:
        if self._sheet is None and self._context:
            self._sheet = ScriptSheet(self._context, self._window)
        return self._sheet
