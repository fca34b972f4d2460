"""The base of the dialogs of snap-ins: OK and Cancel, why OK will not do, and what is under way."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from backend.errors import BackendError
from backend.jobs import Job, JobState
from console.sdk import wording
from console.sdk.by_keys import begin_by_keys
from console.sdk.context import Context, JobHandle, Question, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.menu_key import hear_menu_key
from console.sdk.nodes import Tone
from console.sdk.reading_order import put_in_order
from console.sdk.script_button import ScriptButton
from console.sdk.tall_sheet import WINDOW_FRAME, GrowingSheet, show_beside
from console.sdk.typed_text import Hand, has_typed

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialog", text)


class KeyedDialog(QDialog):
    """A dialog in which Return presses the button that has the keyboard, and else the default."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hear_menu_key(self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Be no larger than the screen, which would hide the buttons at the foot first of all.

        What has the keyboard is seen at once.
        """
        if not event.spontaneous():
            self.resize_within_screen(self.width(), self.height())
            begin_by_keys(self)
        super().showEvent(event)

    def resize_within_screen(self, width: int, height: int) -> None:
        """Be of this size, or as large as the screen lets it be."""
        room = self.screen().availableSize() - WINDOW_FRAME
        self.resize(QSize(width, height).boundedTo(room))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press what is focused: Qt would take another button that is the default."""
        button = self.focusWidget()
        if event.key() in _RETURN and isinstance(button, QPushButton) and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)


class EntryDialog(KeyedDialog):
    """A dialog in which something is entered: Escape, Cancel and its frame drop nothing unasked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._is_asking = False

    @property
    def is_typed_in(self) -> bool:
        """Whether it holds what somebody entered, which would be lost if it were closed now."""
        return False

    @override
    def reject(self) -> None:
        """Close; who has entered something is asked before: Escape is pressed quickly."""
        if not self.is_typed_in:
            self.drop()
        elif not self._is_asking:
            self._is_asking = True
            self.context.run(self._ask_to_drop())

    def drop(self) -> None:
        """Close, whatever was entered."""
        super().reject()

    async def _ask_to_drop(self) -> None:
        title, text = _tr("Drop what you entered?"), _tr("Nothing of it was kept until now.")
        choices = (_tr("Drop It"), _tr("Go On Editing"))
        answer = await self.context.ask(Question(title, text, choices, is_danger=True))
        # What was handed in may be done by now, and the dialog with it.
        if isValid(self):
            self._is_asking = False
            if answer.choice == 0:
                self.drop()


class Dialog(EntryDialog):
    """A modeless dialog: put what it asks into `content`, override `act`, or else `confirm`.

    While `set_refusal` holds a reason, OK is off and the reason stands below the field that it
    concerns, or above the buttons. Escape and Cancel close; so does OK, once `confirm` has returned
    without a reason to stay. It opens with the keyboard in its first field, all of it selected.
    What is asked for scrolls, in `room`, where the screen is too low for it. One that overrides
    `act` can be read as a script. Who has entered something is asked before that is
    dropped; one that knows better what would be lost overrides `is_typed_in`.
    """

    _end_work: Unsubscribe | None = None
    _is_by_return = False

    def __init__(
        self, context: Context, title: str, ok_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content = QVBoxLayout()
        self.content.setSpacing(3 * GRID)
        self._reason = ToneLabel(tone=Tone.WARNING)
        self._reason.setWordWrap(True)
        self._reason.setAccessibleName(_tr("Why this cannot go on"))
        self._progress = _progress_bar()
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.ok_button = self._buttons.button(standard.Ok)
        self.ok_button.setText(ok_text)
        self.ok_button.setDefault(True)
        self.cancel_button = self._buttons.button(standard.Cancel)
        self.cancel_button.setText(_tr("Cancel"))
        self._buttons.accepted.connect(self._on_ok)
        self._buttons.rejected.connect(self.reject)
        self.script_button = ScriptButton(context, title, self.act, self._say)
        self._buttons.addButton(self.script_button, QDialogButtonBox.ButtonRole.ResetRole)
        self.is_handed_in = False
        """Whether what was entered is a job by now, which goes on without the dialog."""
        self._is_busy = False
        self._refusal = ""
        self._remark: ToneLabel | None = None
        self._lay_out()
        self._hand = Hand(self)

    @property
    def is_busy(self) -> bool:
        """Whether what the dialog is for is being done."""
        return self._is_busy

    @property
    @override
    def is_typed_in(self) -> bool:
        """Whether somebody's work is in its fields; what was handed in is not lost any more."""
        return not self.is_handed_in and has_typed(self)

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
            is_new = remark.text() != reason
            remark.setText(reason)
            if is_new and reason:
                show_beside(remark, self.focusWidget())
        self._say("" if remark is not None else reason, Tone.WARNING)
        self.ok_button.setToolTip(reason)
        self._enable()

    def set_busy(self, stage: str) -> None:
        """Show that something is being done, in a word or two; "" ends that."""
        self._is_busy = bool(stage)
        self._progress.setVisible(self._is_busy)
        refusal = "" if self._remark is not None else self._refusal
        self._say(stage or refusal, Tone.MUTED if stage else Tone.WARNING)
        self._enable()

    def put_in_order(self) -> QWidget | None:
        """Have Tab go as one reads, the buttons last; return the first field."""
        buttons = (self.script_button, self.ok_button, self.cancel_button)
        return put_in_order(self.content, *buttons)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, so that one can type at once."""
        super().showEvent(event)
        first = self.put_in_order()
        if first and not event.spontaneous():
            first.setFocus(Qt.FocusReason.TabFocusReason)
            begin_by_keys(self)

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

    async def see_through(self, handle: JobHandle, show: Callable[[object], None]) -> str:
        """Tell how far a job is until it is over, as a `confirm` that hands one in does.

        If it is done, `show` is given its result; else return in words why the dialog stays open.
        """
        job = await self.end_of(handle)
        if job.state is JobState.DONE:
            show(job.result)
            return ""
        if job.problem:
            return "\n".join((wording.sentence(job.problem), *job.problem.detail))
        return _tr("It was cancelled: nothing is left of it.")

    async def end_of(self, handle: JobHandle) -> Job:
        """Tell how far a job is until it is over, and return how it ended.

        Who closes the dialog meanwhile loses nothing, and is not asked.
        """
        end = handle.follow(self._on_job)
        self.is_handed_in = True
        try:
            return await handle
        finally:
            self.is_handed_in = False
            end()

    def _on_job(self, job: Job) -> None:
        if not job.is_over and self._is_busy:
            self.set_busy(wording.job_activity(job))

    def _on_ok(self) -> None:
        if self._is_busy or self._refusal:
            return
        self._is_by_return = self.focusWidget() is self.ok_button
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
            if self._is_by_return and self.focusWidget() is self.cancel_button:
                # Qt gave the keyboard on while OK was off: Return would drop what was entered.
                self.ok_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.conclude()

    def conclude(self) -> None:
        """What the dialog is for is done: close."""
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
        sheet = QWidget()
        sheet.setLayout(self.content)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.room = GrowingSheet(sheet)
        outer.addWidget(self.room)
        outer.addStretch(1)
        # The reason keeps its room when it is empty, so that nothing jumps while one types.
        self._reason.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._reason.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._reason)
        outer.addWidget(self._progress)
        outer.addWidget(self._buttons)


def _progress_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(GRID)
    bar.setAccessibleName(_tr("Working"))
    bar.hide()
    return bar
