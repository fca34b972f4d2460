"""The key that a server shows: one that nobody here knows, or another one than before."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QShowEvent
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

from backend.model import Host, Prompt, PromptKind
from console.sdk import reach
from console.sdk.context import Context
from console.sdk.forms import Remark, ToneLabel, form_layout
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.sentences import NOOP
from console.snapins.hosts import fingerprints
from console.snapins.hosts.dialogs.prompt import PromptDialog

_WIDTH: Final = 520
_LINE_MOST: Final = 72
_ANSWER: Final = "yes"


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    ok: str
    what: str
    meaning: str


_WORDS: Final = {
    PromptKind.HOST_KEY: _Words(
        NOOP("hosts", "Unknown server: {host}"),
        NOOP("hosts", "Trust and Connect"),
        NOOP("hosts", "You connect to {subject} for the first time."),
        NOOP(
            "hosts",
            "Nothing here proves yet that it is the right server. Compare the fingerprint of its "
            "key with the one that the server itself tells; after that, it is known.",
        ),
    ),
    PromptKind.HOST_KEY_CHANGED: _Words(
        NOOP("hosts", "{host} shows another key"),
        NOOP("hosts", "Trust the New Key"),
        NOOP("hosts", "{subject} proves itself by another key than before."),
        NOOP(
            "hosts",
            "Either it was set up anew, and who did that can tell you so; or somebody stands "
            "between you and it, and would read all that you type, passwords too. If in doubt, "
            "cancel.",
        ),
    ),
    PromptKind.CERTIFICATE: _Words(
        NOOP("hosts", "Unknown certificate: {host}"),
        NOOP("hosts", "Trust and Connect"),
        NOOP("hosts", "No authority vouches for the displays on {subject}."),
        NOOP(
            "hosts",
            "Nothing here proves yet that it is the right server. Compare the fingerprint of its "
            "certificate with the one that the server itself tells; after that, it is known.",
        ),
    ),
    PromptKind.CERTIFICATE_CHANGED: _Words(
        NOOP("hosts", "{host} shows another certificate"),
        NOOP("hosts", "Trust the New Certificate"),
        NOOP("hosts", "The displays on {subject} show another certificate than before."),
        NOOP(
            "hosts",
            "Either it was renewed, and who did that can tell you so; or somebody stands between "
            "you and the server, and would see the screen and read all that you type. If in doubt, "
            "cancel.",
        ),
    ),
}
_CHANGED: Final = (PromptKind.HOST_KEY_CHANGED, PromptKind.CERTIFICATE_CHANGED)
_CERTIFICATES: Final = (PromptKind.CERTIFICATE, PromptKind.CERTIFICATE_CHANGED)


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class HostKeyDialog(PromptDialog):
    """Shows the fingerprint and what to compare it with. The way out is Cancel, also for Return.

    A key (or the certificate of a server's displays) that changed is trusted only by who says that
    it was compared.
    """

    def __init__(
        self, context: Context, host: Host, prompt: Prompt, parent: QWidget | None = None
    ) -> None:
        self._words = _WORDS[prompt.kind]
        self._is_changed = prompt.kind in _CHANGED
        title = _tr(self._words.title).format(host=reach.short_name(host))
        super().__init__(context, title, _tr(self._words.ok), host, prompt, parent)
        self._cancel_button = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        # A stray Return must not trust anybody.
        self.ok_button.setAutoDefault(False)
        self._cancel_button.setDefault(True)
        self.pasted = QLineEdit()
        self._verdict = Remark(_tr("What the comparison says"))
        compared = _tr("I have compared the new one with what the server itself tells")
        self.is_compared = QCheckBox(compared)
        self.is_compared.setVisible(self._is_changed)
        self._form = form_layout()
        self._place()
        self.pasted.textChanged.connect(self._compare)
        self.is_compared.toggled.connect(self._judge)
        self._judge()

    @override
    async def confirm(self) -> str:
        await self.answer(_ANSWER)
        return ""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin on Cancel: the way out is never wrong."""
        super().showEvent(event)
        self._cancel_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _judge(self) -> None:
        is_missing = self._is_changed and not self.is_compared.isChecked()
        self.set_refusal(_tr("Tick that you have compared it.") if is_missing else "")

    def _compare(self) -> None:
        told = fingerprints.told_in(self.pasted.text())
        if not self.pasted.text().strip():
            self._verdict.setText("")
        elif not told:
            self._verdict.set_tone(Tone.WARNING)
            self._verdict.setText(_tr("There is no fingerprint in this."))
        elif fingerprints.is_same(told, self.prompt.fingerprint):
            self._verdict.set_tone(Tone.GOOD)
            self._verdict.setText(_tr("It is the same: this is the server's own."))
        else:
            self._verdict.set_tone(Tone.BAD)
            self._verdict.setText(
                _tr("It is another one. Cancel, unless you compared the wrong two.")
            )

    def _place(self) -> None:
        self.content.addLayout(self._heading())
        if self._is_changed:
            old, *where = (*self.prompt.detail, "")
            self._add_print(_tr("Known until now"), old or _tr("not known any more"))
            self._add_print(_tr("Shown now"), self.prompt.fingerprint)
            stands_in = where[0] if where else ""
            self._form.addRow(_tr("The old one is in"), _quiet(stands_in))
        else:
            self._add_print(_tr("Fingerprint"), self.prompt.fingerprint)
        command = fingerprints.command(self.prompt.detail)
        if self.prompt.kind in _CERTIFICATES:
            self._form.addRow(_tr("What is wrong"), _quiet("".join(self.prompt.detail[-1:])))
            command = fingerprints.certificate_command()
        self._add_line(_tr("On the server, run"), _tr("Copy the command"), command, command)
        self._form.addRow(_tr("&What it says there"), self.pasted)
        self.pasted.setAccessibleName(_tr("What it says there"))
        self.pasted.setPlaceholderText(_tr("Paste it here to have it compared"))
        self._form.addRow("", self._verdict)
        self.content.addLayout(self._form)
        self.content.addWidget(self.is_compared)

    def _heading(self) -> QHBoxLayout:
        mark, words = QLabel(), QVBoxLayout()
        name = "ph.shield-warning" if self._is_changed else "ph.fingerprint"
        tone = Tone.BAD if self._is_changed else Tone.WARNING
        mark.setPixmap(icon(name, tone).pixmap(QSize(32, 32)))
        title, text = ToneLabel(tone=Tone.BAD if self._is_changed else Tone.PLAIN), ToneLabel()
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setText(_tr(self._words.what).format(subject=self.prompt.subject))
        text.setText(_tr(self._words.meaning))
        text.setMinimumWidth(_WIDTH)
        words.setSpacing(GRID)
        for label in (title, text):
            label.setWordWrap(True)
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _add_print(self, label: str, fingerprint: str) -> None:
        name = _tr("Copy: {label}").format(label=label)
        self._add_line(label, name, fingerprints.grouped(fingerprint), fingerprint)

    def _add_line(self, label: str, copy_name: str, shown: str, copied: str) -> None:
        line = _several(shown) if len(shown) > _LINE_MOST else _one(shown)
        line.setAccessibleName(label)
        copy = QPushButton(icon("ph.copy"), "")
        copy.setAccessibleName(copy_name)
        copy.setToolTip(copy_name)
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(copied))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(line, 1)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        self._form.addRow(label, row)


def _one(text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setReadOnly(True)
    line.setFont(_fixed())
    line.setCursorPosition(0)
    line.setMinimumWidth(line.fontMetrics().horizontalAdvance(text) + 6 * GRID)
    return line


def _several(text: str) -> QPlainTextEdit:
    """Return a field of as many lines as a text needs; its ends of line are not of the text."""
    half = fingerprints.halved(text)
    field = QPlainTextEdit(half)
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setFont(_fixed())
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    for policy in (field.setHorizontalScrollBarPolicy, field.setVerticalScrollBarPolicy):
        policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    lines, metrics = half.split("\n"), field.fontMetrics()
    margin = 2 * field.frameWidth() + 2 * round(field.document().documentMargin())
    field.setFixedHeight(len(lines) * metrics.lineSpacing() + margin)
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    field.setMinimumWidth(widest + margin + 2 * GRID)
    return field


def _fixed() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def _quiet(text: str) -> ToneLabel:
    label = ToneLabel(text, Tone.MUTED)
    label.setWordWrap(True)
    return label
