"""How a dialog about one list stands: what can be done beside it, and Close below."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.sdk.look import GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)


def stand_beside(
    dialog: QDialog,
    shown: QWidget,
    buttons: Sequence[QPushButton],
    *,
    above: QWidget | None = None,
    below: QWidget | None = None,
) -> None:
    """Lay out a dialog whose changes act at once: there is nothing to confirm, only Close.

    `above` and `below` the list go over the whole width: a field to search in, a hint.
    """
    side = QVBoxLayout()
    side.setSpacing(2 * GRID)
    for button in buttons:
        side.addWidget(button)
    side.addStretch(1)
    middle = QHBoxLayout()
    middle.setSpacing(3 * GRID)
    middle.addWidget(shown, 1)
    middle.addLayout(side)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.button(QDialogButtonBox.StandardButton.Close).setText(_tr("Close"))
    close.rejected.connect(dialog.close)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
    outer.setSpacing(3 * GRID)
    if above:
        outer.addWidget(above)
    outer.addLayout(middle)
    if below:
        outer.addWidget(below)
    outer.addWidget(close)
