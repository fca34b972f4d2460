"""Where Tab leads in a window: from part to part as one reads them."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override


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

    def _part_of(self, widget: QWidget) -> int:
        parts = enumerate(self.parts)
        inside = (number for number, part in parts if part is widget or part.isAncestorOf(widget))
        return next(inside, len(self.parts))


def _stops(window: QWidget) -> Iterator[QWidget]:
    """Yield what Tab may come to, in the order of Qt's own."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        is_stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if is_stop and widget.isEnabled() and widget.isVisibleTo(window):
            yield widget
        widget = widget.nextInFocusChain()
