"""The page Events: what happened to a thing, when, and by whom."""

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError
from backend.journal.entry import KEPT_ENTRIES, KEPT_S, Cursor, Entry, Page, What
from backend.model import Kind, Record, Ref, StorageVolume
from backend.operations import journal
from console.bridge.aside import Aside
from console.sdk import happenings as words
from console.sdk import wording
from console.sdk.context import WHEREVER, Context, Lookup, Unsubscribe
from console.sdk.file_question import ask_where
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.snapin import Lead
from console.sdk.whole_file import why_unwritten
from console.snapins.events import rows
from console.snapins.events.history import History
from console.widgets.filter_box import FilterBox
from console.widgets.table import Table, take_what_is_left
from console.widgets.whole_line import WholeLine

PAGE: Final = 200
_ENOUGH: Final = 40
_MINUTE_MS: Final = 60_000
_KEPT_LEAST: Final = 30 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("events", text)


class EventsPage(DetailView):
    """A table of events that follows the journal and fetches its past as one scrolls there."""

    def __init__(
        self,
        context: Context,
        leads: Sequence[Lead] = (),
        *,
        of_many: object = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Events"))
        self._of_many = of_many
        self._leads = leads
        self._history: History | None = None
        self._fetching: Unsubscribe | None = None
        self._end: Unsubscribe | None = None
        self._problem_words = ""
        self._aside = Aside("export events", self)
        self.filter_box = FilterBox(_tr("Filter the events"))
        self.export = QPushButton(_tr("Export..."))
        self.table = Table(_tr("Events"), rows.columns(of_many=of_many))
        self._problem = ToneLabel(tone=Tone.WARNING)
        self._kept = ToneLabel(_kept(), Tone.MUTED)
        self._kept.setWordWrap(True)
        self._kept.setMinimumWidth(_KEPT_LEAST)
        # Days change their names at midnight.
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._draw)
        self._lay_out()
        self._wire()

    @override
    def show_record(self, record: Record | None) -> None:
        ref = record.ref if record else None
        if ref == (self._history.subject if self._history else None):
            return
        self._stop_fetching()
        self._history = History(ref) if ref else None
        self._problem_words = ""
        self._draw()
        self._fetch(None)

    @override
    def on_wake(self) -> None:
        self._end = self.context.subscribe_entries(self._on_entries)
        self._clock.start()
        self._fetch(None)  # what came while nobody looked

    @override
    def on_sleep(self) -> None:
        self._clock.stop()
        self._stop_fetching()
        if self._end:
            self._end()

    def _wire(self) -> None:
        self.filter_box.words_changed.connect(lambda _words: self._draw())
        self.filter_box.left.connect(self.table.setFocus)
        self.export.clicked.connect(self._on_export)
        self.table.end_neared.connect(self._fetch_older)
        self.table.opened.connect(self._on_opened)
        self.table.lines_model.tip = self._tip
        copy = QAction(_tr("Copy"), self.table)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(self.table.copy)

    def _lay_out(self) -> None:
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.export.setIcon(icon("ph.export"))
        self.export.setAccessibleName(_tr("Export the events to a file"))
        bar = QHBoxLayout()
        bar.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        bar.setSpacing(3 * GRID)
        bar.addWidget(self.filter_box)
        bar.addWidget(self._kept, 1)
        bar.addWidget(self.export)
        self.filter_box.setMaximumWidth(70 * GRID)
        self._problem.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._problem)
        take_what_is_left(self.table)
        column.addWidget(self.table, 1)
        column.addWidget(WholeLine(self.table))

    # Fetching

    def _fetch(self, before: Cursor | None) -> None:
        if self._history is None or not self.is_awake or self._fetching:
            return
        self._fetching = self.context.run(self._read(self._history, before))

    async def _read(self, history: History, before: Cursor | None) -> None:
        page = Page()
        try:
            page = await self.context.query(journal.read, history.subject, before, PAGE)
        except BackendError as error:
            self._problem_words = wording.sentence(error.problem)
        else:
            history.add_page(page, before)
            self._problem_words = wording.sentence(page.problem) if page.problem else ""
        finally:
            self._fetching = None
        if history is self._history:
            self._draw()

    def _stop_fetching(self) -> None:
        fetching, self._fetching = self._fetching, None
        if fetching:
            fetching()

    def _fetch_older(self) -> None:
        history = self._history
        if history and history.edge and not history.is_complete and not self._problem_words:
            self._fetch(history.edge)

    def _on_entries(self, entries: tuple[Entry, ...]) -> None:
        if self._history and self._history.add_news(entries):
            self._draw()

    # Showing

    def _draw(self) -> None:
        entries = self._history.entries if self._history else []
        found = rows.chosen(entries, self.filter_box.text())
        self.table.set_lines(rows.lines(found, of_many=self._of_many), self._empty_words())
        self._problem.setText(self._problem_words)
        self._problem.setVisible(bool(self._problem_words))
        self.export.setEnabled(bool(found))
        if len(found) < _ENOUGH:
            self._fetch_older()

    def _empty_words(self) -> str:
        history = self._history
        if history is None or (history.edge is None and not history.is_complete):
            return "" if self._problem_words else _tr("Looking into the journal...")
        if self.filter_box.text().strip():
            return _tr("No event has “{words}” in it.").format(words=self.filter_box.text().strip())
        return _tr(
            "Nothing has happened since Celadon began to watch. What happens from now on stands "
            "here: starts and stops, changes, failures, and who did them."
        )

    def _tip(self, key: Hashable, column: int) -> str:
        if column != 0 or not self._history:
            return ""
        return next((words.moment(e.at) for e in self._history.entries if e.uid == key), "")

    def _on_opened(self, key: Hashable) -> None:
        entries = self._history.entries if self._history else []
        entry = next((one for one in entries if one.uid == key), None)
        if entry is None:
            return
        whats = {fact.what for fact in entry.facts}
        if any(lead.open(self.context, entry) for lead in self._leads if lead.what in whats):
            return
        if file := _file_of(entry, self.context.lookup):
            self.context.navigate(WHEREVER, file)
        elif self._of_many and entry.subject.kind is not Kind.HOST:
            self.context.navigate(WHEREVER, entry.subject)

    def _on_export(self) -> None:
        name = str(getattr(self.record, "name", "")).replace("/", "-")
        text = self.table.text()
        ask_where(
            self,
            _tr("Export Events"),
            lambda path, _kind: self._write(path, text),
            name=_tr("Events of {name}").format(name=name),
            kinds={"tsv": _tr("Tab-separated text (*.tsv)")},
        )

    def _write(self, path: Path, text: str) -> None:
        self._aside.run(lambda: why_unwritten(path, text.encode()), self._say)

    def _say(self, problem: str) -> None:
        self._problem_words = problem
        self._draw()


def of_a_host(context: Context, leads: Sequence[Lead] = ()) -> EventsPage:
    """Return the page of a host, on which all that it has is told of."""
    return EventsPage(context, leads, of_many=True)


def _file_of(entry: Entry, lookup: Lookup) -> Ref | None:
    """Return the virtual hard disk that was left, if it still lies there: it can be deleted."""
    left = {fact["path"] for fact in entry.facts if fact.what == What.FILE_LEFT}
    volumes = lookup.records(StorageVolume, entry.subject.host) if left else ()
    return next((volume.ref for volume in volumes if volume.path in left), None)


def _kept() -> str:
    text = _tr("Kept for a year, the last {count} of each server.")
    days = round(KEPT_S / 86_400)
    if days != 365:
        text = _tr("Kept for {days} days, the last {count} of each server.")
    return text.format(count=f"{KEPT_ENTRIES:,}".replace(",", "\u202f"), days=days)
