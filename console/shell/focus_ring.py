"""A frame around what has the keyboard and draws nothing for that itself: pages that scroll.

Buttons, fields, tabs and the rows of lists draw their own (see `style`); a page that one scrolls by
keys would otherwise swallow a Tab without a trace. What has the keyboard is scrolled to, also where
it came from outside of what scrolls, which Qt leaves out of sight.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFocusFrame,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from console.sdk import by_keys


class FocusRing(QObject):
    """Follows the keyboard through the windows of the program."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: QFocusFrame | None = None
        self._last: QWidget | None = None
        # Whether the keyboard came by a key is known when Qt has done with that key.
        application.focusChanged.connect(lambda: QTimer.singleShot(0, self, self._settle))

    @property
    def around(self) -> QWidget | None:
        """What the frame is around now."""
        return self._frame.widget() if self._frame and isValid(self._frame) else None

    def _settle(self) -> None:
        now = QApplication.focusWidget()
        self._bring_back(now)
        if now is not None and by_keys.is_by_keys(now):
            _scroll_to(now)
        # The frame goes with the window that it was last in.
        is_there = self._frame is not None and isValid(self._frame)
        if now is None or not needs_ring(now):
            if self._frame is not None and is_there:
                self._frame.setWidget(None)  # type: ignore[arg-type]  # Qt takes none for none
            return
        if self._frame is None or not is_there:
            self._frame = QFocusFrame(now.window())
        self._frame.setWidget(now)

    def _bring_back(self, now: QWidget | None) -> None:
        window = now.window() if now else None
        if now is not None and window is not None:
            if window is self._last:
                by_keys.remember(window)
            elif by_keys.bring_back(window):
                now.update()
        self._last = window


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        inside = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inside and inside.isAncestorOf(widget):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def needs_ring(widget: QWidget) -> bool:
    """Whether a widget that was gone to by keys would not show it."""
    if not by_keys.is_by_keys(widget) or not isinstance(widget, QAbstractScrollArea):
        return False
    return not isinstance(widget, QAbstractItemView) or not widget.currentIndex().isValid()
