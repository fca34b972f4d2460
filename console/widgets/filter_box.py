"""A field that filters while one types; Escape empties it, then gives the focus back."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from console.sdk.look import icon
from console.sdk.nodes import Tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("filter_box", text)


class FilterBox(QLineEdit):
    """A line for words to look for."""

    words_changed = Signal(str)
    """str: what is looked for now, without blanks around it."""
    left = Signal()
    """The user pressed Down, Return or Escape: the list wants the focus."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.setMinimumHeight(30)
        self._lens = QAction(self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._tint()
        self.textChanged.connect(lambda text: self.words_changed.emit(text.strip()))

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for a sentence."""
        return QSize(340, 30)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the list where the keys say so."""
        leaving = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in leaving:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the lens again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lens"):
            self._tint()

    def _tint(self) -> None:
        self._lens.setIcon(icon("ph.magnifying-glass", Tone.MUTED))
