"""What edits change in a machine's description, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.sdk.dialog import KeyedDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DifferenceDialog(KeyedDialog):
    """Modeless: lines with + come, those with - go. It shows what was so when it was opened."""

    def __init__(self, name: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = _tr("Difference in the XML of {name}").format(name=name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.view = CodeView(title, Language.DIFFERENCE)
        self.view.setPlainText("\n".join(lines))
        self.remark = ToneLabel(
            _tr("What OK will change in the definition. Passwords are not shown."), Tone.MUTED
        )
        self.remark.setWordWrap(True)
        copy, close = QPushButton(_tr("Copy")), QPushButton(_tr("Close"))
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.remark, 1)
        for button in (copy, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.resize(720, 480)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self.remark.setText(_tr("Copied."))
