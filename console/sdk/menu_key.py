"""Shift+F10: the menu of what has the keyboard, where there is no key of its own for that."""

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

KEYS = "Shift+F10"


def hear_menu_key(window: QWidget) -> None:
    """Have the keys open the menu, as the Menu key does: Qt knows them on Windows alone."""

    def on_keys() -> None:
        if (handle := window.windowHandle()) is not None:
            reason = QContextMenuEvent.Reason.Keyboard
            # Qt puts it where the cursor of what is focused stands.
            QCoreApplication.sendEvent(handle, QContextMenuEvent(reason, QPoint(), QPoint()))

    QShortcut(QKeySequence(KEYS), window).activated.connect(on_keys)
