"""Where Tab leads in a window, from part to part as one reads them; and what Return presses."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton, QWidget
from typing_extensions import override

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OrderedWindow(QMainWindow):
    """A window of several parts. Pages are made late, and Qt has Tab come to them last of all."""

    parts: Sequence[QWidget] = ()
    """The parts as one reads them; what is in none of them comes last."""

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Give the keyboard to the next field or the one before; return whether there is one."""
        stops = sorted(_stops(self), key=self._part_of)
        here = self.focusWidget()
        if here not in stops:
            return super().focusNextPrevChild(is_next)
        step, why = 1, Qt.FocusReason.TabFocusReason
        if not is_next:
            step, why = -1, Qt.FocusReason.BacktabFocusReason
        # As Qt does it: whoever goes by keys wants to see where that led.
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        stops[(stops.index(here) + step) % len(stops)].setFocus(why)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard, as it does in a dialog."""
        button = self.focusWidget()
        is_return = event.key() in _RETURN and not event.isAutoRepeat()
        if is_return and isinstance(button, QPushButton | QToolButton) and button.isEnabled():
            press(button)
        else:
            super().keyPressEvent(event)

    def _part_of(self, widget: QWidget) -> int:
        parts = enumerate(self.parts)
        inside = (number for number, part in parts if part is widget or part.isAncestorOf(widget))
        return next(inside, len(self.parts))


def press(button: QPushButton | QToolButton) -> None:
    """Do what a click does there: that is its menu, if it has one and does nothing else."""
    mode = QToolButton.ToolButtonPopupMode.InstantPopup
    if isinstance(button, QToolButton) and button.menu() and button.popupMode() == mode:
        button.showMenu()
    else:
        button.click()


def _stops(window: QWidget) -> Iterator[QWidget]:
    """Yield what Tab may come to, each part's in the order in which it was put there.

    Not by `nextInFocusChain`: PySide takes what that returns for a child of what it is asked of,
    and for deleted with it; menus of the bar ended so (seen).
    """
    for widget in window.findChildren(QWidget):
        is_stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        is_ours = widget.window() is window  # its dialogs are among its children, too
        if is_stop and is_ours and widget.isEnabled() and widget.isVisibleTo(window):
            yield widget
