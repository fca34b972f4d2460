"""Whether one came to a window by keys: what has the keyboard is ringed there, and only there.

Qt keeps it of each window and forgets it whenever the window becomes the active one: a question
that is asked has no ring then, nor a dialog to which one comes back.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_MARK: Final = Qt.WidgetAttribute.WA_KeyboardFocusChange
_REMEMBERED: Final = "by_keys"


def begin_by_keys(window: QWidget) -> None:
    """Have what has the keyboard in a window seen from the first moment on."""
    window.setAttribute(_MARK)
    window.setProperty(_REMEMBERED, True)  # noqa: FBT003  # Qt's own signature


def is_by_keys(widget: QWidget) -> bool:
    """Whether one came to where the keyboard is, in the window of a widget, by keys."""
    return widget.window().testAttribute(_MARK)


def remember(window: QWidget) -> None:
    """Keep how it stands in a window, for when one comes back to it."""
    window.setProperty(_REMEMBERED, window.testAttribute(_MARK))


def bring_back(window: QWidget) -> bool:
    """Have it again as it was when the window was left; return whether that is by keys."""
    if window.property(_REMEMBERED):
        window.setAttribute(_MARK)
    return window.testAttribute(_MARK)
