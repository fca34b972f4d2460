"""Code to be read or written: one width for all letters, light colours, no line broken."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from console.widgets.highlight import Highlighter, Language


class CodeView(QPlainTextEdit):
    """Read-only, selectable and walked through by keys; Tab goes on to the next widget."""

    def __init__(self, name: str, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(max(font.pointSizeF(), self.font().pointSizeF()))
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setReadOnly(True)
        # A cursor in a text that cannot be changed: keys select as they do everywhere.
        self.setTextInteractionFlags(
            self.textInteractionFlags().TextSelectableByKeyboard
            | self.textInteractionFlags().TextSelectableByMouse
        )
        self._highlighter = Highlighter(self.document(), language, self.palette())

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the colours anew in light or dark."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_highlighter"):
            self._highlighter.tint(self.palette())
