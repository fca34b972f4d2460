"""The presenter's keys, wherever the keyboard is: Space or Page Down goes on, Escape leaves.

A presenter's remote control is a keyboard with Page Down, Page Up and a few more.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from typing_extensions import override

_GO_ON: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_PageDown})
_LEAVE: Final = frozenset({Qt.Key.Key_Escape})
_NOTHING: Final = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_F5, Qt.Key.Key_Period})
"""What remote controls send beside: back, begin, black. They must not do anything in the window."""
_EVENTS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class Remote(QObject):
    """Takes the presenter's keys from whichever window of the program has the keyboard."""

    go_on_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows: list[QWindow] = []
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_window)
        self._on_window(QGuiApplication.focusWindow())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the presenter's keys from the window, and tell of them once each."""
        if event.type() not in _EVENTS or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key not in _GO_ON | _LEAVE | _NOTHING:
            return False
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            if key in _GO_ON:
                self.go_on_asked.emit()
            elif key in _LEAVE:
                self.leave_asked.emit()
        return True

    def _on_window(self, window: QWindow | None) -> None:
        # Not a filter of the application: that would be Python for every event of every object.
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._windows.remove(window))
