"""Panes that scroll, side by side in a splitter."""

from PySide6.QtCore import QSize

from console.sdk.look import GRID


class SplitPane:
    """Put before Qt's class where a splitter decides how large the pane is.

    Qt's own answer asks the style for the sizes of both scroll bars, ten calls of Python each time,
    and layouts ask hundreds of times before a window stands.
    """

    def sizeHint(self) -> QSize:
        """Return what any such pane has."""
        return QSize(64 * GRID, 48 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Return room for a bar that scrolls."""
        return QSize(18 * GRID, 18 * GRID)
