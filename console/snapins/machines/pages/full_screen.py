"""A widget on the whole display for a while, and then back where it was."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.look import GRID

_HINT_MS: Final = 4000


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class FullScreen(QWidget):
    """A window without a frame; `give_back` is called when it has let go of what it showed."""

    def __init__(self, give_back: Callable[[], None]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._give_back = give_back
        self._guest: QWidget | None = None
        self._hint = QLabel(_tr("Ctrl+Alt+Return leaves the full screen"), self)
        self._hint.setAutoFillBackground(True)
        self._hint.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self._hint.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._hint.setMargin(2 * GRID)
        self._enough = QTimer(self)
        self._enough.setSingleShot(True)
        self._enough.setInterval(_HINT_MS)
        self._enough.timeout.connect(self._hint.hide)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def is_shown(self) -> bool:
        """Whether it shows something now."""
        return self._guest is not None

    def begin(self, guest: QWidget, beside: QWidget) -> None:
        """Show `guest` on the whole of the display that `beside` stands on."""
        self._guest = guest
        self.setScreen(beside.screen())
        self._column.addWidget(guest, 1)
        self._hint.show()
        self._hint.raise_()
        self._enough.start()
        self.showFullScreen()
        self.activateWindow()

    def end(self) -> None:
        """Give it back."""
        if self._guest is not None:
            self._guest = None
            self._enough.stop()
            self._give_back()
            self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the top, in the middle."""
        super().resizeEvent(event)
        self._hint.adjustSize()
        self._hint.move((self.width() - self._hint.width()) // 2, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it, while the guest does not have the keyboard."""
        is_chord = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape or (is_chord and event.key() == Qt.Key.Key_Return):
            self.end()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Give it back instead of being closed."""
        event.ignore()
        self.end()
