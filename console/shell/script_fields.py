"""The texts that an action asks for, to be typed where its script is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.sdk.forms import Remark, form_layout
from console.sdk.recording import AskedText


def _tr(text: str) -> str:
    return QCoreApplication.translate("script", text)


class ScriptFields(QWidget):
    """A line for each text; hidden while nothing is asked."""

    edited = Signal()
    """One of the texts is another now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[QLineEdit] = []
        self._form = form_layout()
        self._remark = Remark(_tr("Why this text will not do"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        column.addWidget(self._remark)
        self.hide()

    def ask(self, asked: Sequence[AskedText]) -> None:
        """Have a line for each of these, filled with what is proposed."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.lines = []
        for text in asked:
            line = QLineEdit(text.text)
            line.setAccessibleName(text.label)
            line.textEdited.connect(lambda _text: self.edited.emit())
            self._form.addRow(text.label, line)
            self.lines.append(line)
        self._remark.setText("")
        self.setVisible(bool(asked))

    def texts(self) -> tuple[str, ...]:
        """Return what the lines hold."""
        return tuple(line.text() for line in self.lines)

    def judge(self, reason: str) -> None:
        """Say why a text will not do; "" if all will."""
        self._remark.setText(reason)
