"""The window History: a machine's changes, what each did, and the ways back."""

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from backend.errors import BackendError
from backend.journal.entry import Cursor, Entry
from backend.model import Change, Domain
from backend.operations import alterations as verbs
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.dialog import KeyedDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.machines.history.comparison_pane import ComparisonPane
from console.snapins.machines.history.lines import Lines, columns
from console.snapins.machines.history.past import Past
from console.snapins.machines.history.undo_dialog import UndoDialog
from console.snapins.machines.settings import surroundings
from console.widgets.table import Table

_SIZE = (960, 720)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class HistoryWindow(KeyedDialog):
    """Modeless, one a machine. It follows the journal, and fetches its past as one scrolls there.

    One line chosen shows what that change did, or what was changed since; several, what lies
    between the newest and the oldest of them.
    """

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.domain = domain
        self.past = Past()
        self._lines = Lines()
        self._wanted: Hashable | None = None
        self._problem = ""
        self._fetching: Unsubscribe | None = None
        self._is_behind = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = Table(_tr("Changes"), columns())
        self.pane = ComparisonPane(context, domain.ref)
        self.remark = ToneLabel(tone=Tone.MUTED)
        self.undo_button = QPushButton(_tr("Undo This Change..."))
        self.restore_button = QPushButton(_tr("Restore to Here..."))
        self.copy_button = QPushButton(_tr("Copy XML Difference"))
        self.copy_button.setEnabled(False)
        self.close_button = QPushButton(_tr("Close"))
        self._lay_out()
        self._wire()
        self._entitle()
        self._draw()
        self._fetch(None)

    def choose(self, uid: int) -> None:
        """Make this change the current one, as soon as it was read."""
        self._wanted = uid
        self._draw()

    # What it is made of

    def _lay_out(self) -> None:
        self.remark.setWordWrap(True)
        self.undo_button.setIcon(icon("ph.arrow-u-up-left"))
        self.restore_button.setIcon(icon("ph.clock-counter-clockwise"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.pane)
        split.setSizes([_SIZE[1] * 2 // 5, _SIZE[1] * 3 // 5])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(split, 1)
        # Above the buttons: between them a reason would stand word by word where it is narrow.
        self.remark.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 0)
        whole.addWidget(self.remark)
        whole.addLayout(self._buttons())
        self.resize(*_SIZE)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        row.setSpacing(2 * GRID)
        for button in (self.undo_button, self.restore_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.copy_button, self.close_button):
            row.addWidget(button)
        for button in (self.undo_button, self.restore_button, self.copy_button, self.close_button):
            button.setAutoDefault(False)
        return row

    def _wire(self) -> None:
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.table.end_neared.connect(self._fetch_older)
        self.undo_button.clicked.connect(self._on_undo)
        self.restore_button.clicked.connect(self._on_restore)
        self.copy_button.clicked.connect(self.pane.copy)
        self.pane.difference_changed.connect(self.copy_button.setEnabled)
        self.close_button.clicked.connect(self.close)
        ends = (
            self._context.subscribe_entries(self._on_entries),
            self._context.subscribe(self._on_changes),
        )
        self.finished.connect(lambda _result: [end() for end in (*ends, self._stop)])

    def _stop(self) -> None:
        self.pane.stop()
        if self._fetching:
            self._fetching()

    def _entitle(self) -> None:
        title = _tr("History of {name}").format(name=self.domain.name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    # Reading

    def _fetch(self, before: Cursor | None) -> None:
        if not self._fetching:
            self._fetching = self._context.run(self._read(before))

    async def _read(self, before: Cursor | None) -> None:
        try:
            self._is_behind = self._is_behind and before is not None
            page = await self._context.query(verbs.read, self.domain.ref, before)
        except BackendError as error:
            self._problem = wording.sentence(error.problem)
        else:
            self.past.add(page, before)
            self._problem = wording.sentence(page.problem) if page.problem else ""
        finally:
            self._fetching = None
        self._draw()
        if self._is_behind:
            self._fetch(None)

    def _fetch_older(self) -> None:
        if self.past.is_read and not self.past.is_complete and not self._problem:
            self._fetch(self.past.edge)

    def _on_entries(self, entries: tuple[Entry, ...]) -> None:
        if any(one.subject == self.domain.ref and one.marks is not None for one in entries):
            self._is_behind = True  # also where a page is under way that may not have it
            self._fetch(None)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            if change.ref == self.domain.ref and isinstance(change.after, Domain):
                self.domain = change.after
                self._entitle()
        if any(change.ref.host == self.domain.ref.host for change in changes):
            self._judge()

    # Showing

    def _draw(self) -> None:
        chosen = self._chosen()
        self.table.set_lines(self._lines.of(self.past), self._empty_words())
        wanted = self._wanted
        if wanted is not None and self.table.lines_model.find(wanted).isValid():
            self._wanted = None
            self.table.choose(wanted)
        elif not chosen and self.past.changes:
            self.table.choose(self.past.changes[0].entry.uid)
        self._show()

    def _empty_words(self) -> str:
        if self._problem or not self.past.is_read:
            return self._problem or _tr("Looking into the journal...")
        return _tr(
            "Nothing was changed since Celadon began to watch. What is changed from now on stands "
            "here, also what others change, and can be undone."
        )

    def _chosen(self) -> list[Hashable]:
        return [line.key for line in self.table.selected() if not line.is_heading]

    def _show(self) -> None:
        self.pane.show_chosen(self.past, self._chosen())
        self._judge()

    def _judge(self) -> None:
        """Say what can be done with what is chosen, and why not."""
        chosen = self._chosen()
        lock = surroundings.lock(self._context.lookup, self.domain.ref)
        one = chosen[0] if len(chosen) == 1 else None
        for button, why_not in (
            (self.undo_button, _why_not_undo(self.past, one)),
            (self.restore_button, _why_not_restore(self.past, one)),
        ):
            reason = lock or why_not
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        self.remark.setText(lock or self._problem or _quiet_words())

    # Doing

    def _on_undo(self) -> None:
        (key,) = self._chosen()
        if change := self.past.find(key):
            title = _tr("Undo a Change of {name}").format(name=self.domain.name)
            self._open(UndoDialog(self._context, self.domain, title, change.before, change.after))

    def _on_restore(self) -> None:
        (key,) = self._chosen()
        title = _tr("Restore {name}").format(name=self.domain.name)
        mark = self.past.mark(key)
        self._open(UndoDialog(self._context, self.domain, title, mark, self.past.now))

    def _open(self, dialog: UndoDialog) -> None:
        dialog.setParent(self, dialog.windowFlags())
        dialog.open()


def _why_not_undo(past: Past, key: Hashable | None) -> str:
    change = past.find(key)
    if change is None:
        return _tr("Choose one change.")
    if not change.before:
        return _tr("This made the machine: delete it instead.")
    is_kept = change.comparison is not None or not change.after
    return "" if is_kept else _tr("What it was before is not kept.")


def _why_not_restore(past: Past, key: Hashable | None) -> str:
    mark = past.mark(key)
    if not mark:
        return _tr("Choose one line.")
    return _tr("It is so already.") if mark == past.now else ""


def _quiet_words() -> str:
    return _tr("A tick marks how it is now. Passwords are neither kept nor shown.")
