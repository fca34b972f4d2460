"""The dialog that edits a machine's notes."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

from backend.model import Domain
from backend.operations import domain as verbs
from console.sdk.context import Context
from console.sdk.dialog import Dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NotesDialog(Dialog):
    """A field of text for what one wants to remember of a machine."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        title = _tr("Notes of {name}").format(name=domain.name)
        super().__init__(context, title, _tr("Save Notes"), parent)
        self._domain = domain
        label = QLabel(_tr("Notes"))
        self.text = QPlainTextEdit(domain.notes)
        self.text.setAccessibleName(_tr("Notes"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumSize(420, 160)
        label.setBuddy(self.text)
        self.content.addWidget(label)
        self.content.addWidget(self.text)

    @property
    @override
    def is_typed_in(self) -> bool:
        return self.text.toPlainText().strip() != self._domain.notes.strip()

    @override
    async def act(self, context: Context) -> None:
        text = self.text.toPlainText().strip()
        if text != self._domain.notes:
            context.submit(verbs.set_notes, self._domain.ref, text)
