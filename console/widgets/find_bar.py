"""A line to find text with: what is sought, where to go on, and whether it is there."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from console.sdk.look import GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("find", text)


class FindBar(QWidget):
    """Hidden until it is asked for; Escape puts it away."""

    sought = Signal(str, bool)
    """A text, and whether to go back."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_tr("Find"))
        self.field.setAccessibleName(_tr("Find"))
        self.field.setMaximumWidth(80 * GRID)
        self.before = QPushButton(_tr("Previous"))
        self.after = QPushButton(_tr("Next"))
        self.told = QLabel()
        self.told.setAccessibleName(_tr("What was found"))
        self.field.textEdited.connect(lambda _text: self._seek(is_back=True))
        self.before.clicked.connect(lambda _on=False: self._seek(is_back=True))
        self.after.clicked.connect(lambda _on=False: self._seek(is_back=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        row.setSpacing(2 * GRID)
        for widget in (self.field, self.before, self.after, self.told):
            row.addWidget(widget)
        row.addStretch(1)
        self.hide()

    def begin(self, text: str) -> None:
        """Have a text typed, or this one sought."""
        self.show()
        if text:
            self.field.setText(text)
        self.field.setFocus()
        self.field.selectAll()

    def tell(self, *, is_found: bool) -> None:
        """Say whether the text is there."""
        is_missing = bool(self.field.text()) and not is_found
        self.told.setText(_tr("Not found") if is_missing else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Return, on with Shift+Return; away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._seek(is_back=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def _seek(self, *, is_back: bool) -> None:
        self.sought.emit(self.field.text(), is_back)
