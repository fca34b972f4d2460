"""Questions to the user: modal to the window, never to the program; answered by a promise."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.bridge.promises import Promise
from console.sdk.by_keys import begin_by_keys
from console.sdk.context import Answer, Context, Question
from console.sdk.dialog import KeyedDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.script_button import ScriptButton

T = TypeVar("T")
_LINES_SHOWN = 6


def _tr(text: str) -> str:
    return QCoreApplication.translate("questions", text)


class QuestionDialog(KeyedDialog):
    """A question with named answers; Escape is the last of them."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.answer: Promise[Answer] = Promise()
        self._last = len(question.choices) - 1
        self.setWindowTitle(question.title)
        self.setAccessibleName(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._checks = [_check_box(text, state) for text, state in question.checkboxes]
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(_heading(question))
        if question.detail:
            column.addWidget(_detail(question.detail))
        for box in self._checks:
            column.addWidget(box)
        column.addSpacing(GRID)
        column.addLayout(self._buttons(question))
        self.finished.connect(lambda _code: self._choose(self._last))
        # With the dialog that it stands over it can go without a word: who asked is not left alone.
        unsaid = Answer(self._last, tuple(state for _text, state in question.checkboxes))
        self.destroyed.connect(partial(_settle, self.answer, unsaid))
        self.setMinimumWidth(420)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Have the keyboard at the default: Return presses what has it, else the first button."""
        super().showEvent(event)
        if not event.spontaneous():
            self._default.setFocus(Qt.FocusReason.TabFocusReason)
            begin_by_keys(self)

    def _buttons(self, question: Question) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        for number, text in enumerate(question.choices):
            button = QPushButton(text)
            button.setMinimumWidth(80)
            # Where something can be lost, Return does nothing that cannot be taken back.
            is_default = number == (self._last if question.is_danger else 0)
            button.setDefault(is_default)
            button.setAutoDefault(is_default)
            if is_default:
                self._default = button
            button.clicked.connect(self._chooser(number))
            row.addWidget(button)
        return row

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self._choose(number)

    def _choose(self, number: int) -> None:
        if not self.answer.is_settled:
            self.answer.settle(Answer(number, tuple(box.isChecked() for box in self._checks)))
            self.close()


class TextDialog(KeyedDialog):
    """One line of text, with the reason why it will not do beneath it."""

    def __init__(
        self, title: str, label: str, text: str, refusal: Callable[[str], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.answer: Promise[str | None] = Promise()
        self._refusal = refusal
        self._script: ScriptButton | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = QLineEdit(text)
        self._field.setAccessibleName(label)
        self._field.selectAll()
        name = QLabel(label)
        name.setBuddy(self._field)
        self._reason = ToneLabel(tone=Tone.WARNING)
        self._reason.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self._ok = buttons.button(standard.Ok)
        self._ok.setText(_tr("OK"))
        buttons.button(standard.Cancel).setText(_tr("Cancel"))
        buttons.accepted.connect(self._on_ok)
        buttons.rejected.connect(self.close)
        self._buttons = buttons
        self._lay_out(name)
        self._field.textChanged.connect(self._judge)
        for end in (self.finished, self.destroyed):
            end.connect(partial(_settle, self.answer, None))
        self._judge()

    def _lay_out(self, name: QLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (name, self._field, self._reason, self._buttons):
            column.addWidget(widget)
        self._reason.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.setMinimumWidth(420)

    def offer_script(self, context: Context, act: Callable[[Context, str], None]) -> None:
        """Have a button that shows what `act` would do with the text as it is typed now."""

        async def play(given: Context) -> None:
            act(given, self._field.text())

        self._script = ScriptButton(context, self.windowTitle(), play, self._say)
        self._buttons.addButton(self._script, QDialogButtonBox.ButtonRole.ResetRole)
        self._judge()

    def _say(self, text: str, tone: Tone) -> None:
        self._reason.set_tone(tone)
        self._reason.setText(text)

    def _judge(self) -> None:
        reason = self._refusal(self._field.text())
        self._say(reason, Tone.WARNING)
        self._ok.setEnabled(not reason)
        if self._script:
            self._script.setEnabled(not reason)

    def _on_ok(self) -> None:
        if self._ok.isEnabled():
            self.answer.settle(self._field.text())
            self.close()


def _settle(answer: Promise[T], unsaid: T, *_how: object) -> None:
    answer.settle(unsaid)


def _check_box(text: str, state: object) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(bool(state))
    return box


def _heading(question: Question) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4 * GRID)
    mark = QLabel()
    name, tone = ("ph.warning", Tone.WARNING) if question.is_danger else ("ph.question", Tone.GOOD)
    mark.setPixmap(icon(name, tone).pixmap(28, 28))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(GRID)
    row.addLayout(words, 1)
    title, text = ToneLabel(question.title), ToneLabel(question.text)
    font = title.font()
    font.setBold(True)
    title.setFont(font)
    for label in (title, text):
        label.setWordWrap(True)
        words.addWidget(label)
    words.addStretch(1)
    return row


def _detail(lines: tuple[str, ...]) -> QPlainTextEdit:
    field = QPlainTextEdit("\n".join(lines))
    field.setReadOnly(True)
    field.setAccessibleName(_tr("Details"))
    field.setTabChangesFocus(True)
    shown = min(len(lines) + 1, _LINES_SHOWN)  # one may take two
    field.setFixedHeight(shown * field.fontMetrics().lineSpacing() + 4 * GRID)
    return field
