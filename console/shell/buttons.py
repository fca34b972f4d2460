"""Small buttons that look the same everywhere."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton


def quiet_button(name: str, tooltip: str = "") -> QToolButton:
    """Return a flat button with a small icon; `name` is for those who hear it."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIconSize(QSize(14, 14))
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    return button
