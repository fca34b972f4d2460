"""Types the clipboard's text at a screen, and says how far it has come."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from backend.display.typing import prepared
from console.widgets.screen_typist import ScreenTypist


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayTyping(QObject):
    """One text at a time, from the clipboard."""

    told = Signal(str)
    """What to know, in a sentence; "" when there is nothing any more."""

    def __init__(self, typist: ScreenTypist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typist = typist
        typist.told.connect(self._on_typed)

    def start_or_stop(self) -> None:
        """Type the clipboard's text; or, while something is typed, type no more of it."""
        if self._typist.is_typing:
            self._typist.stop()
            return
        text, left_out = prepared(QGuiApplication.clipboard().text())
        if left_out:
            told = _tr("{count} characters that a US keyboard does not have are left out.")
            self.told.emit(told.format(count=left_out))
        if text:
            self._typist.start(text)
        elif not left_out:
            self.told.emit(_tr("There is no text in the clipboard."))

    def _on_typed(self, done: int, total: int) -> None:
        told = _tr("Typing as on a US keyboard: {done} of {total}")
        self.told.emit(told.format(done=done, total=total) if done < total else "")
