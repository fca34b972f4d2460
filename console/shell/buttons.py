"""Small buttons that look the same everywhere."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from console.sdk.look import GRID
from console.shell.action_set import ActionSet


def quiet_button(name: str, tooltip: str = "") -> QToolButton:
    """Return a flat button with a small icon; `name` is for those who hear it."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIconSize(QSize(14, 14))
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    return button


def fill_with_actions(row: QHBoxLayout, actions: ActionSet, action_ids: Sequence[str]) -> None:
    """Have a row hold a button for each of these actions, and nothing else."""
    while item := row.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    for action_id in action_ids:
        if action := actions.action(action_id):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(18, 18))
            button.setMinimumHeight(8 * GRID)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(action.text())
            row.addWidget(button)
