"""The lines of a list as they are drawn, chosen by the filter, or words where there are none."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from backend.model import Record, Ref
from console.sdk.context import Lookup
from console.sdk.views import ListView, Message
from console.shell.action_set import ActionSet
from console.shell.arranger import Arranger
from console.shell.lines import Row
from console.shell.list_model import ListModel
from console.shell.list_pane import ListPane
from console.shell.message_view import MessageView
from console.shell.query.advice import Proposal, proposals, sentence
from console.shell.query.fields import Fields
from console.shell.query.grammar import Query, parse
from console.shell.query.help import FilterHelp
from console.shell.selected import Selected
from console.shell.settings import Settings

LOOK_AGAIN_MS = 3000


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_area", text)


class ListArea(QStackedWidget):
    """One list without its details. Its parts: `arranger`, `model`, `selected`, `pane`."""

    def __init__(
        self,
        view: ListView[Any],
        lookup: Lookup,
        actions: ActionSet,
        settings: Settings,
        key: str,
    ) -> None:
        super().__init__()
        self._view = view
        self._lookup = lookup
        self._words = ""
        self.fields = Fields.of(view.columns)
        self.query = Query()
        self.arranger = Arranger(view.columns, settings, key, self)
        self.model = ListModel(view, lookup, self)
        self.model.arrange(self.arranger.arrangement)
        self.selected = Selected(self.model, self)
        self.pane = ListPane(self.model, self.selected, self.arranger)
        self.pane.is_faint = self._is_outdated
        self._message = MessageView(actions)
        self.addWidget(self.pane)
        self.addWidget(self._message)
        self.arranger.changed.connect(self._on_arranged)
        # What follows the figures does so slowly: rows that jump each second cannot be read.
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AGAIN_MS)
        self._clock.timeout.connect(self._look_again)
        self._clock.start()

    def renew(self, view: ListView[Any]) -> None:
        """Take the words of the same view as it is now: its heading, its empty message."""
        self._view = view
        self.settle()

    def set_filter(self, text: str) -> None:
        """Choose among the rows."""
        self._words = text
        self.query = parse(text, self.fields)
        self.model.ask(self.query)
        self.settle()

    def hint(self) -> str:
        """Return what of the filter was not understood, and what would be; "" if all was."""
        return sentence(self.query.flaws[0], self.fields) if self.query.flaws else ""

    def propose(self, text: str, cursor: int) -> tuple[Proposal, ...]:
        """Return how a filter that is being typed could go on."""
        return proposals(text, cursor, self.fields, self.model.roster.texts)

    def show_help(self) -> None:
        """Say what the filter understands."""
        FilterHelp(self.fields, self).show()

    def summary(self) -> str:
        """Return what sums the list up, or what the filter has left of it."""
        everything = self.model.records
        if not self.query.terms:
            return self._view.heading(everything, self._lookup)
        found = [row.record for row in self.model.roster.chosen()]
        heading = self._view.heading(found, self._lookup)
        shown = _tr("{shown} of {all} shown").format(shown=len(found), all=len(everything))
        return f"{shown} · {heading}" if heading else shown

    def headings(self) -> tuple[str, ...]:
        """Return what the headings of the groups say."""
        return self.model.roster.groups.texts()

    def choose(self, refs: Iterable[Ref]) -> None:
        """Select these where they are shown, and bring the first of them into sight."""
        self.pane.choose(refs)

    def settle(self) -> None:
        """Draw the lines there are, or say why there are none."""
        if self.model.lines:
            self.pane.viewport().update()
            self.setCurrentWidget(self.pane)
            return
        is_known = bool(self.model.records)
        nothing = _nothing_found(self._words) if is_known else self._view.empty
        self._message.show_message(nothing)
        self.setCurrentWidget(self._message)

    def take_focus(self) -> Callable[[], None]:
        """Return how it is given the keyboard as it stands now."""
        first: QWidget = self.pane
        if not self.model.lines:
            first = next(self._message.buttons(), self.pane)
        return first.setFocus

    def count_down(self) -> None:
        """Say anew how long it is until the moments that are named."""
        self._message.count()

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        self._message.tint()
        self.pane.viewport().update()

    def _is_outdated(self, row: Row) -> bool:
        record: Record = row.record
        is_all = self._view.outdated is not None
        return is_all or self._view.is_outdated(record, self._lookup)

    def _look_again(self) -> None:
        if self.isVisible() and self.model.roster.follows_figures:
            self.model.look_again()
            self.settle()

    def _on_arranged(self) -> None:
        self.model.arrange(self.arranger.arrangement)
        self.settle()


def _nothing_found(words: str) -> Message:
    text = _tr("Nothing in this list is found by “{words}”.")
    body = text.format(words=words) + "\n" + _tr("Press Escape in the field above.")
    return Message(_tr("Nothing found"), body, icon="ph.magnifying-glass")
