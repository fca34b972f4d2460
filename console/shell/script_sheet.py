"""Show as Script: what can be done here, and what each of it is in virsh and in Python.

An action is run against a context that records: what it would hand in is shown, and nothing is
done. So an action and its script cannot disagree.
"""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backend.errors import BackendError
from backend.operations.script.request import Request
from console.sdk import wording
from console.sdk.actions import NodeAction
from console.sdk.context import Context, Unsubscribe
from console.sdk.dialog import KeyedDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon, tone_colour
from console.sdk.nodes import Tone
from console.shell.registry import Entry, name_of
from console.shell.script_fields import ScriptFields
from console.shell.script_pane import ScriptPane
from console.shell.script_play import Played, play
from console.shell.script_text import ScriptText, write

_SIZE = QSize(920, 560)
_LIST_WIDTH = 55 * GRID
_NAMES_SHOWN = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("script", text)


class ScriptSheet(KeyedDialog):
    """One sheet for a window; it shows what it was last asked for."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._entries: tuple[Entry, ...] = ()
        self._cancel: Unsubscribe | None = None
        self._open: Callable[[Entry], None] = lambda _entry: None
        self.setWindowTitle(_tr("Show as Script"))
        self.setAccessibleName(_tr("Show as Script"))
        self.list = QListWidget()
        self.list.setAccessibleName(_tr("Actions"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_row)
        self.heading = ToneLabel()
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.setWordWrap(True)  # a long name must not make the sheet wider than the screen
        self.open_button = QPushButton()
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._on_open)
        self.fields = ScriptFields()
        self.fields.edited.connect(self._on_edited)
        self.pane = ScriptPane()
        self._lay_out()

    def offer(self, entries: Sequence[Entry], do: Callable[[Entry], None]) -> None:
        """Show what can be done, and the script of the first; `do` does one after all."""
        self._open = do
        self._fill(entries, 0)
        self.list.show()
        self._appear()
        self.list.setFocus()

    def renew(self, entries: Sequence[Entry]) -> None:
        """Show what can be done now. What is still there keeps its place, and what was typed."""
        if not self._entries:
            return  # the script of a dialog stays what it was
        chosen = self._entries[max(0, self.list.currentRow())].id
        ids = [entry.id for entry in _in_order(entries)]
        if ids == [entry.id for entry in self._entries]:
            self._entries = _in_order(entries)
        else:
            self._fill(entries, ids.index(chosen) if chosen in ids else 0)

    def _fill(self, entries: Sequence[Entry], row: int) -> None:
        self._entries = _in_order(entries)
        self.list.clear()
        for entry in self._entries:
            self.list.addItem(_item(entry))
        self.list.setCurrentRow(row)

    def show_requests(self, title: str, requests: Sequence[Request]) -> None:
        """Show the script of what a dialog would hand in."""
        self._entries = ()
        self.list.hide()
        self.list.clear()
        self._begin(title)
        self._run(self._show(title, tuple(requests)))
        self._appear()
        self.pane.virsh.setFocus()

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._entries):
            entry = self._entries[row]
            self._begin(_title(entry))
            self._run(self._play(entry, ()))

    def _on_edited(self) -> None:
        if 0 <= (row := self.list.currentRow()) < len(self._entries):
            self._run(self._play(self._entries[row], self.fields.texts()))

    def _on_open(self) -> None:
        if 0 <= (row := self.list.currentRow()) < len(self._entries):
            self._open(self._entries[row])

    def _begin(self, title: str) -> None:
        self.heading.setText(title)
        self.fields.ask(())
        self.open_button.hide()

    def _run(self, work: Awaitable[None]) -> None:
        if self._cancel:
            self._cancel()
        self._cancel = self._context.run(work)

    async def _play(self, entry: Entry, texts: Sequence[str]) -> None:
        title = _title(entry)
        if entry.action.no_script:
            self.pane.show_text(title, ScriptText(reason=entry.action.no_script))
            return
        try:
            played = await play(self._context, entry, texts)
        except BackendError as error:
            self._say(title, error)
            return
        if not texts:
            self.fields.ask(played.asked)
        self.fields.judge(played.refusal)
        self.open_button.setText(_tr("Open {action}").format(action=entry.action.text))
        self.open_button.setVisible(played.asks)
        if played.requests:
            await self._show(title, played.requests)
        else:
            self.pane.show_text(title, ScriptText(reason=_why_not(played)))

    async def _show(self, title: str, requests: tuple[Request, ...]) -> None:
        try:
            self.pane.show_text(title, await write(self._context, title, requests))
        except BackendError as error:
            self._say(title, error)

    def _say(self, title: str, error: BackendError) -> None:
        lines = (wording.sentence(error.problem), *error.detail)
        self.pane.show_text(title, ScriptText(reason="\n".join(lines)))

    def _appear(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.open_button)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addLayout(head)
        right.addWidget(self.fields)
        right.addWidget(self.pane, 1)
        sides = QHBoxLayout()
        sides.setSpacing(4 * GRID)
        sides.addWidget(self.list)
        sides.addLayout(right, 1)
        sides.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        self.setLayout(sides)
        close = QPushButton(_tr("Close"))
        close.clicked.connect(self.reject)
        self.pane.add_button(close)
        self.resize(_SIZE)


def _in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return them with what has no script last."""
    return tuple(sorted(entries, key=lambda entry: bool(entry.action.no_script)))


def _why_not(played: Played) -> str:
    if played.refusal:
        return played.refusal
    if played.asked:
        return _tr("Type another text above: as it stands, nothing would be changed.")
    if played.asks:
        return _tr("This asks first. Open it, fill it in, and choose Show as Script there.")
    return _tr("Nothing would be done now, so there is no script.")


def _title(entry: Entry) -> str:
    words = entry.action.text.removesuffix("...")
    names = [name for record in entry.selection.records if (name := name_of(record))]
    if isinstance(entry.action, NodeAction):
        names = [entry.selection.node.text] if entry.selection.node else []
    if len(names) > _NAMES_SHOWN:
        names = [*names[:_NAMES_SHOWN], "..."]
    return f"{words}: {', '.join(names)}" if names else words


def _item(entry: Entry) -> QListWidgetItem:
    is_mute = bool(entry.action.no_script)
    text = entry.action.text
    item = QListWidgetItem(icon(entry.action.icon, Tone.MUTED if is_mute else Tone.PLAIN), text)
    item.setToolTip(entry.action.no_script or text)
    item.setSizeHint(QSize(0, 7 * GRID))
    if is_mute:
        item.setForeground(tone_colour(QApplication.palette(), Tone.MUTED))
    return item
