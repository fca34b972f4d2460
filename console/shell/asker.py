"""What records wait to be told by the user: one dialog at a time, over the window in front.

Several hosts may ask at once. A pile of dialogs would be answered by chance; so they stand in line,
and a question that is no longer asked leaves the line, or the screen, by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from backend.model import Change, Record, Ref
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.snapin import AskRule, SnapIn


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a record waits for: `what` differs from question to question."""

    rule: AskRule
    ref: Ref
    what: object


class Asker(QObject):
    """Puts to the user what the rules of the snap-ins find that records wait for."""

    def __init__(
        self,
        bridge: Bridge,
        snapins: Sequence[SnapIn],
        front: Callable[[], Context | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._front = front
        self._rules = [rule for snapin in snapins for rule in snapin.asks]
        self._line: dict[Ref, _Wish] = {}
        self._answered: dict[Ref, _Wish] = {}
        self._shown: _Wish | None = None
        self.dialog: Dialog | None = None
        """The one that is on the screen."""
        bridge.inventory_changed.connect(self._follow)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            self._note(change.ref, change.after)
        if self._shown and self._line.get(self._shown.ref) != self._shown and self.dialog:
            self.dialog.close()  # answered elsewhere, or nobody waits any more
        self.ask_next()

    def _note(self, ref: Ref, record: Record | None) -> None:
        for rule in self._rules:
            if rule.kind is not ref.kind:
                continue
            what = rule.waits_for(record) if record is not None else None
            wish = None if what is None else _Wish(rule, ref, what)
            if wish is None:
                self._line.pop(ref, None)
                self._answered.pop(ref, None)
            elif wish != self._answered.get(ref):
                # A new question of the same host keeps its place: the line is one of hosts.
                self._line[ref] = wish

    def ask_next(self) -> None:
        """Put the next question, if none is on the screen and there is a window to stand over."""
        context = self._front()
        if self.dialog is not None or not self._line or context is None:
            return
        wish = next(iter(self._line.values()))
        record = self._bridge.mirror.any_record(wish.ref)
        if record is None:
            return
        dialog = wish.rule.build(context, record)
        if not isinstance(dialog, Dialog):
            raise TypeError("an AskRule builds a console.sdk.dialog.Dialog")
        self._shown, self.dialog = wish, dialog
        dialog.finished.connect(lambda _result: self._on_finished(wish))
        context.show_dialog(dialog)
        QApplication.alert(dialog)

    def _on_finished(self, wish: _Wish) -> None:
        self._shown = self.dialog = None
        # The record goes on asking until the answer is there.
        self._answered[wish.ref] = wish
        if self._line.get(wish.ref) == wish:
            del self._line[wish.ref]
        self.ask_next()
