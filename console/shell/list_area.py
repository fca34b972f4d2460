"""The lines of a list as they are drawn, chosen by the filter, or words where there are none."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedWidget, QWidget

from backend.model import Record, Ref
from console.sdk.context import Context
from console.sdk.pictures import PictureSource
from console.sdk.views import ListView, Message, Tile
from console.shell.action_set import ActionSet
from console.shell.arrangement import Mode
from console.shell.arranger import Arranger
from console.shell.export import Table, copied
from console.shell.filtering import Filtering
from console.shell.heading_input import HeadingInput
from console.shell.lines import Row
from console.shell.list_model import ListModel
from console.shell.list_pane import ListPane
from console.shell.message_view import MessageView
from console.shell.registry import name_of
from console.shell.selected import Selected
from console.shell.settings import Settings
from console.shell.tile_pane import TilePane

LOOK_AGAIN_MS = 3000


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_area", text)


class ListArea(QStackedWidget):
    """One list without its details. Its parts: `arranger`, `model`, `selected`, `pane`, `tiles`."""

    activated = Signal()
    """The user wants to do with what is selected what a double click does."""
    menu_asked = Signal(QWidget, QPoint)
    """The user asks at a place of a widget what can be done."""

    def __init__(
        self,
        view: ListView[Any],
        context: Context,
        actions: ActionSet,
        settings: Settings,
        key: str,
    ) -> None:
        super().__init__()
        self._view = view
        self._context = context
        self._lookup = lookup = context.lookup
        self.arranger = Arranger(view.columns, settings, key, self)
        self.model = ListModel(view, lookup, self)
        self.model.arrange(self.arranger.arrangement)
        self.filter = Filtering(self.model)
        self.selected = Selected(self.model, self)
        headings = HeadingInput(self.model, self.selected, self.arranger)
        self.pane = ListPane(self.model, self.selected, self.arranger, headings)
        self.tiles = TilePane(self.model, self._tile, headings, self.selected)
        self._message = MessageView(actions)
        self.addWidget(self._message)
        for pane in (self.pane, self.tiles):
            pane.is_faint = self._is_outdated
            pane.activated.connect(self.activated)
            pane.copy_asked.connect(self.copy)
            pane.customContextMenuRequested.connect(self._on_menu)
            self.addWidget(pane)
        self._draw_as_arranged()
        self.arranger.changed.connect(self._on_arranged)
        # What follows the figures does so slowly: rows that jump each second cannot be read.
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AGAIN_MS)
        self._clock.timeout.connect(self._look_again)
        self._clock.start()

    def renew(self, view: ListView[Any]) -> None:
        """Take the words of the same view as it is now: its heading, its empty message."""
        self._view = view
        self.drawn.viewport().update()
        self.settle()

    def set_filter(self, text: str) -> None:
        """Choose among the rows."""
        self.filter.ask(text)
        self.settle()

    def summary(self) -> str:
        """Return what sums the list up, or what the filter has left of it."""
        tally = self.model.roster.tally
        heading = self._view.heading.words(tally.sums(), self._lookup)
        if not self.filter.query.terms:
            return heading
        shown = _tr("{shown} of {all} shown").format(
            shown=tally.count(), all=len(self.model.roster.members)
        )
        return f"{shown} · {heading}" if heading else shown

    def headings(self) -> tuple[str, ...]:
        """Return what the headings of the groups say."""
        return self.model.roster.groups.texts()

    def choose(self, refs: Iterable[Ref]) -> None:
        """Select these where they are shown, and bring the first of them into sight."""
        self.selected.choose(refs)
        if self.selected.currentIndex().isValid():
            self.drawn.scrollTo(self.selected.currentIndex())

    def copy(self) -> None:
        """Have what is selected in the clipboard, as a spreadsheet takes it."""
        QGuiApplication.clipboard().setText(copied(self.selected_table()))

    @property
    def drawn(self) -> QAbstractItemView:
        """What the lines are drawn by as the list is arranged now."""
        is_details = self.arranger.arrangement.mode is Mode.DETAILS or self._view.tile is None
        return self.pane if is_details else self.tiles

    def table(self) -> Table:
        """Return what is listed, folded away or not, in the columns that were chosen."""
        return table_of(self.model, self.pane.columns.wanted(), self.model.roster.ordered())

    def selected_table(self) -> Table:
        """Return what is selected, in the columns that were chosen."""
        lines = sorted(index.row() for index in self.selected.selectedRows())
        rows = [row for line in lines if (row := self.model.lines.row(line))]
        return table_of(self.model, self.pane.columns.wanted(), rows)

    def settle(self) -> None:
        """Show the lines there are, or say why there are none."""
        if self.model.lines:
            self.setCurrentWidget(self.drawn)
            return
        is_known = len(self.model.roster.members) > 0
        nothing = _nothing_found(self.filter.words) if is_known else self._view.empty
        self._message.show_message(nothing)
        self.setCurrentWidget(self._message)

    def take_focus(self) -> Callable[[], None]:
        """Return how it is given the keyboard as it stands now."""
        first: QWidget = self.drawn
        if not self.model.lines:
            first = next(self._message.buttons(), first)
        return first.setFocus

    def count_down(self) -> None:
        """Say anew how long it is until the moments that are named."""
        self._message.count()

    def tint(self) -> None:
        """Take icons in the colours of the palette."""
        self._message.tint()
        self.drawn.viewport().update()

    def _is_outdated(self, row: Row) -> bool:
        record: Record = row.record
        is_all = self._view.outdated is not None
        return is_all or self._view.is_outdated(record, self._lookup)

    def _look_again(self) -> None:
        if self.isVisible() and self.model.roster.follows_figures:
            self.model.look_again()
            self.settle()

    def _on_arranged(self) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.model.arrange(self.arranger.arrangement)
        self._draw_as_arranged()
        self.settle()
        if had_focus:
            self.take_focus()()

    def _draw_as_arranged(self) -> None:
        """Have pictures taken only where they are drawn."""
        if self.drawn is self.tiles and not self.tiles.has_pictures and self._view.pictures:
            self.tiles.take_pictures(cast("PictureSource", self._view.pictures(self._context)))

    def _tile(self, record: Record) -> Tile:
        if self._view.tile is None:
            return Tile(name_of(record), "")
        return self._view.tile(record, self._lookup)

    def _on_menu(self, place: QPoint) -> None:
        self.menu_asked.emit(self.drawn.viewport(), place)


def table_of(model: ListModel, numbers: Sequence[int], rows: Iterable[Row]) -> Table:
    """Return these rows in the columns of these numbers."""
    roster = model.roster
    return Table(
        tuple(model.view.columns[number] for number in numbers),
        tuple(
            tuple((roster.value(row, n), roster.cell(row, n).text) for n in numbers) for row in rows
        ),
    )


def _nothing_found(words: str) -> Message:
    text = _tr("Nothing in this list is found by “{words}”.")
    body = text.format(words=words) + "\n" + _tr("Press Escape in the field above.")
    return Message(_tr("Nothing found"), body, icon="ph.magnifying-glass")
