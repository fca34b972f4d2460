"""What a server wants to hear before it lets one in: a name, a password, a passphrase, a code."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from backend.model import Host, Keep, Prompt, PromptKind
from console.sdk import reach
from console.sdk.context import Context
from console.sdk.forms import Remark, ToneLabel, form_layout
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.sentences import NOOP
from console.snapins.hosts.dialogs.prompt import PromptDialog, own_words

_FIELD_WIDTH = 320
_NAMES: Final = (PromptKind.USERNAME, PromptKind.DISPLAY_USER)


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    question: str
    label: str
    ok: str
    icon: str


_WORDS: Final = {
    PromptKind.USERNAME: _Words(
        NOOP("hosts", "User for {host}"),
        NOOP("hosts", "{subject} wants to know as whom you log in."),
        NOOP("hosts", "&User"),
        NOOP("hosts", "Go On"),
        "ph.user",
    ),
    PromptKind.PASSWORD: _Words(
        NOOP("hosts", "Password for {host}"),
        NOOP("hosts", "Type the password of {subject}."),
        NOOP("hosts", "&Password"),
        NOOP("hosts", "Log In"),
        "ph.key",
    ),
    PromptKind.DISPLAY_USER: _Words(
        NOOP("hosts", "User for {subject}"),
        NOOP("hosts", "The display of {subject} wants to know as whom you log in."),
        NOOP("hosts", "&User"),
        NOOP("hosts", "Go On"),
        "ph.user",
    ),
    PromptKind.DISPLAY_PASSWORD: _Words(
        NOOP("hosts", "Password for {subject}"),
        NOOP("hosts", "Type the password of the display of {subject}."),
        NOOP("hosts", "&Password"),
        NOOP("hosts", "Log In"),
        "ph.monitor",
    ),
    PromptKind.PASSPHRASE: _Words(
        NOOP("hosts", "Passphrase for {host}"),
        NOOP("hosts", "Type the passphrase that unlocks the key {subject}."),
        NOOP("hosts", "&Passphrase"),
        NOOP("hosts", "Unlock"),
        "ph.lock-key",
    ),
    PromptKind.CODE: _Words(
        NOOP("hosts", "Question of {host}"),
        NOOP("hosts", "{subject} asks:"),
        NOOP("hosts", "&Answer"),
        NOOP("hosts", "Answer"),
        "ph.chat-centered-text",
    ),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class SecretField(QLineEdit):
    """A line that hides what is typed. It notices from the letters that Caps Lock is on."""

    caps_noticed = Signal(bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; a capital without Shift comes from Caps Lock."""
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_noticed.emit(letter.isupper() is not has_shift)
        super().keyPressEvent(event)


class SecretDialog(PromptDialog):
    """Asks one thing of the user, once. What was typed is kept nowhere here."""

    def __init__(
        self, context: Context, host: Host, prompt: Prompt, parent: QWidget | None = None
    ) -> None:
        words = _WORDS[prompt.kind]
        names = {"host": reach.short_name(host), "subject": prompt.subject}
        title = _tr(words.title).format(**names)
        super().__init__(context, title, _tr(words.ok), host, prompt, parent)
        self.field = SecretField()
        self.is_shown = QCheckBox(_tr("&Show what is typed"))
        self.is_kept = QCheckBox(_tr("&Keep it in the desktop's keyring"))
        self._caps = Remark(_tr("About the keyboard"))
        self._place(words)
        is_secret = prompt.kind not in _NAMES
        self.is_shown.setVisible(is_secret)
        self._caps.setVisible(is_secret)
        self.is_kept.setVisible(prompt.can_be_kept)
        self.is_shown.toggled.connect(self._on_shown)
        self.field.caps_noticed.connect(self._on_caps)
        self.field.textChanged.connect(self._judge)
        self._on_shown()
        self._judge()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the answer is typed, also below a text of the server's own."""
        super().showEvent(event)
        if not event.spontaneous():
            self.field.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    async def confirm(self) -> str:
        keep = Keep.YES if self.is_kept.isVisibleTo(self) and self.is_kept.isChecked() else Keep.NO
        await self.answer(self.field.text(), keep)
        return ""

    def _on_shown(self) -> None:
        is_plain = self.prompt.kind in _NAMES or self.is_shown.isChecked()
        mode = QLineEdit.EchoMode.Normal if is_plain else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def _on_caps(self, is_on: object) -> None:
        self._caps.setText(_tr("Caps Lock seems to be on.") if is_on else "")

    def _judge(self) -> None:
        # An empty password is one; a user without a name is none.
        is_missing = self.prompt.kind in _NAMES and not self.field.text().strip()
        self.set_refusal(_tr("Type a name.") if is_missing else "")

    def _place(self, words: _Words) -> None:
        mark = QLabel()
        mark.setPixmap(icon(words.icon, Tone.GOOD).pixmap(QSize(28, 28)))
        question = ToneLabel(_tr(words.question).format(subject=self.prompt.subject))
        question.setWordWrap(True)
        question.setMinimumWidth(_FIELD_WIDTH)
        top = QHBoxLayout()
        top.setSpacing(4 * GRID)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(question, 1)
        self.content.addLayout(top)
        if self.prompt.detail:
            self.content.addWidget(own_words(self.prompt.detail))
        if self.prompt.is_again:
            again = ToneLabel(_tr("That was not right. Try again."), Tone.BAD)
            self.content.addWidget(again)
        form = form_layout()
        form.addRow(_tr(words.label), self.field)
        self.field.setAccessibleName(_tr(words.label).replace("&", ""))
        form.addRow("", self._caps)
        form.addRow("", self.is_shown)
        form.addRow("", self.is_kept)
        self.content.addLayout(form)
