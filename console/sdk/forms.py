"""Qt base classes for what a snap-in draws itself: detail pages and dialogs.

The shell owns their life: it builds a page when its tab is first shown, tells it which record to
show, and lets it sleep while nobody sees it. A page never asks who shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Kind, Record, Ref
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.look import GRID, ROLES
from console.sdk.nodes import Tone
from console.sdk.reading_order import put_in_order
from console.sdk.script_button import ScriptButton


def _tr(text: str) -> str:
    return QCoreApplication.translate("forms", text)


class DetailView(QWidget):
    """A page for one record. Override `show_record`; the rest where it is needed.

    The shell calls `set_record`, `wake` and `sleep`. While awake, the page is shown each new
    standing of its record, the refs of `watched` are read, and `show_samples` follows.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: Record | None = None
        self._is_awake = False
        self._is_stale = True
        self._watched: tuple[Ref, ...] = ()
        self._releases: list[Unsubscribe] = []

    @property
    def is_awake(self) -> bool:
        """Whether somebody can see it."""
        return self._is_awake

    def set_record(self, record: Record | None) -> None:
        """Show this record, or nothing; asleep, remember it for later."""
        if record == self.record and not self._is_stale:
            return
        self.record = record
        self._is_stale = True
        if self._is_awake:
            self._bring_up_to_date()

    def wake(self) -> None:
        """Somebody sees the page from now on."""
        if self._is_awake:
            return
        self._is_awake = True
        self._bring_up_to_date()
        self.on_wake()

    def sleep(self) -> None:
        """Nobody sees the page: nothing is watched any more."""
        if not self._is_awake:
            return
        self._is_awake = False
        self._release()
        self.on_sleep()

    def refresh(self) -> None:
        """Draw the same record again: something beside it (its guest, its job) changed."""
        if self._is_awake and self.record is not None:
            self.show_record(self.record)

    def show_record(self, record: Record | None) -> None:
        """Draw this record (None: nothing to show). Called again whenever it changes."""

    def show_samples(self) -> None:
        """Draw the figures again: new ones came for a ref of `watched`."""

    def watched(self, record: Record) -> tuple[Ref, ...]:
        """Return what has to be read while the page is seen."""
        del record
        return ()

    def on_wake(self) -> None:
        """Start what only runs while the page is seen (a timer)."""

    def on_sleep(self) -> None:
        """Stop it again."""

    def _bring_up_to_date(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.show_record(self.record)
        wanted = self.watched(self.record) if self.record is not None else ()
        if wanted == self._watched:
            return
        # The new watches begin before the old ones end: a host read by both is not stopped between.
        before, self._releases = self._releases, []
        self._watched = wanted
        if wanted:
            self._releases = [self.context.watch(ref) for ref in wanted]
            self._releases.append(self.context.subscribe_samples(self._on_samples))
        for release in before:
            release()

    def _release(self) -> None:
        releases, self._releases, self._watched = self._releases, [], ()
        for release in releases:
            release()

    def _on_samples(self, refs: tuple[Ref, ...]) -> None:
        hosts = {ref.host for ref in self._watched if ref.kind is Kind.HOST}
        if any(ref in self._watched or ref.host in hosts for ref in refs):
            self.show_samples()


class ToneLabel(QLabel):
    """Words in the colour of a tone, in light and dark; they can be selected with the mouse."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # By mouse only: as a stop for Tab, a page of values would be a long way to the next field.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Write in this tone from now on."""
        self.setForegroundRole(ROLES[tone])


class Remark(ToneLabel):
    """A line below a field, for why its value will not do; it keeps its room while it is empty."""

    def __init__(self, name: str, tone: Tone = Tone.WARNING) -> None:
        super().__init__(tone=tone)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._keep_room()

    @override
    def setText(self, text: str) -> None:
        """Say this, with as many lines as it takes."""
        super().setText(text)
        self._keep_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the words need at this width."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        # A form gives a label that wraps the height it had at another width.
        self.setMinimumHeight(0)  # a label wants no less than the least it was given
        wanted = self.heightForWidth(self.width()) if self.text() else 0
        self.setFixedHeight(max(self.fontMetrics().lineSpacing(), wanted))


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its value. A row whose value is empty is not shown."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN
    tooltip: str = ""


class ValueRows(QWidget):
    """Names and values in two columns, as "State   Running since 10:21"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        column.addLayout(self._grid)
        column.addStretch(1)
        self._grid.setHorizontalSpacing(5 * GRID)
        self._grid.setVerticalSpacing(GRID + 2)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[ToneLabel, ToneLabel]] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; what has not changed keeps its place and its selected text."""
        shown = [row for row in rows if row.value]
        while len(self._labels) < len(shown):
            self._add_line()
        for index, (name, value) in enumerate(self._labels):
            is_used = index < len(shown)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                _write(name, value, shown[index])

    def _add_line(self) -> None:
        line = len(self._labels)
        name, value = ToneLabel(tone=Tone.MUTED), ToneLabel()
        name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        value.setWordWrap(True)
        value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)
        self._labels.append((name, value))


def _write(name: ToneLabel, value: ToneLabel, row: Row) -> None:
    if name.text() != row.label:
        name.setText(row.label)
        value.setAccessibleName(row.label)
    if value.text() != row.value:
        value.setText(row.value)
    value.setToolTip(row.tooltip)
    value.set_tone(row.tone)


def form_layout() -> QFormLayout:
    """Return an empty form with our spacing: names left, fields as wide as there is room."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(4 * GRID)
    form.setVerticalSpacing(2 * GRID)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


class Dialog(QDialog):
    """A modeless dialog: put what it asks into `content`, override `act`, or else `confirm`.

    While `set_refusal` holds a reason, OK is off and the reason stands below the field that it
    concerns, or above the buttons. Escape and Cancel close; so does OK, once `confirm` has returned
    without a reason to stay. It opens with the keyboard in its first field, all of it selected.
    One that overrides `act` can be read as a script.
    """

    _end_work: Unsubscribe | None = None

    def __init__(
        self, context: Context, title: str, ok_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content = QVBoxLayout()
        self.content.setSpacing(3 * GRID)
        self._reason = ToneLabel(tone=Tone.WARNING)
        self._reason.setWordWrap(True)
        self._reason.setAccessibleName(_tr("Why this cannot go on"))
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(GRID)
        self._progress.setAccessibleName(_tr("Working"))
        self._progress.hide()
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.ok_button = self._buttons.button(standard.Ok)
        self.ok_button.setText(ok_text)
        self.ok_button.setDefault(True)
        self._buttons.button(standard.Cancel).setText(_tr("Cancel"))
        self._buttons.accepted.connect(self._on_ok)
        self._buttons.rejected.connect(self.reject)
        self.script_button = ScriptButton(context, title, self.act, self._say)
        self._buttons.addButton(self.script_button, QDialogButtonBox.ButtonRole.ResetRole)
        self._is_busy = False
        self._refusal = ""
        self._remark: ToneLabel | None = None
        self._lay_out()

    @property
    def is_busy(self) -> bool:
        """Whether what the dialog is for is being done."""
        return self._is_busy

    @property
    def refusal(self) -> str:
        """Why OK is not possible now, "" if it is."""
        return self._refusal

    def set_refusal(self, reason: str, remark: ToneLabel | None = None) -> None:
        """Say why OK is not possible, in the `remark` of a field if given; "" makes it possible."""
        self._refusal = reason
        if self._remark is not None and self._remark is not remark:
            self._remark.setText("")
        self._remark = remark
        if remark is not None:
            remark.setText(reason)
        self._say("" if remark is not None else reason, Tone.WARNING)
        self._enable()
        self.ok_button.setToolTip(reason)

    def set_busy(self, stage: str) -> None:
        """Show that something is being done, in a word or two; "" ends that."""
        self._is_busy = bool(stage)
        self._progress.setVisible(self._is_busy)
        refusal = "" if self._remark is not None else self._refusal
        self._say(stage or refusal, Tone.MUTED if stage else Tone.WARNING)
        self._enable()

    def put_in_order(self) -> QWidget | None:
        """Have Tab go as one reads, the buttons last; return the first field."""
        last = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        return put_in_order(self.content, self.script_button, self.ok_button, last)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, so that one can type at once."""
        super().showEvent(event)
        first = self.put_in_order()
        if first and not event.spontaneous():
            first.setFocus(Qt.FocusReason.TabFocusReason)

    async def act(self, context: Context) -> None:
        """Hand in what was entered, to this context: the dialog's own, or one that only records.

        May raise BackendError: the dialog says it in words and stays open.
        """

    async def confirm(self) -> str:
        """Do what the dialog is for. Return "" to close it, or in words why it stays open.

        May raise BackendError, as `act`.
        """
        await self.act(self.context)
        return ""

    def _on_ok(self) -> None:
        if self._is_busy or self._refusal:
            return
        # At once, not when the coroutine begins: the second of two quick clicks is too late.
        self.set_busy(_tr("One moment..."))
        self._end_work = self.context.run(self._confirm())

    @override
    def done(self, result: int) -> None:
        """Close; who turns away while something is done does not wait for its end."""
        if self._end_work and result != QDialog.DialogCode.Accepted:
            self._end_work()
        super().done(result)

    async def _confirm(self) -> None:
        reason = ""
        try:
            reason = await self.confirm()
        except BackendError as error:
            reason = wording.sentence(error.problem)
        except Exception:
            self.set_busy("")
            raise
        self.set_busy("")
        if reason:
            self._say(reason, Tone.BAD)
        else:
            self.accept()

    def _enable(self) -> None:
        for button in (self.ok_button, self.script_button):
            button.setEnabled(not self._is_busy and not self._refusal)

    def _say(self, text: str, tone: Tone) -> None:
        self._reason.set_tone(tone)
        self._reason.setText(text)

    def _lay_out(self) -> None:
        self.script_button.setVisible(type(self).act is not Dialog.act)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        outer.setSpacing(3 * GRID)
        outer.addLayout(self.content)
        outer.addStretch(1)
        # The reason keeps its room when it is empty, so that nothing jumps while one types.
        self._reason.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._reason.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._reason)
        outer.addWidget(self._progress)
        outer.addWidget(self._buttons)
