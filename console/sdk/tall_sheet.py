"""A sheet of fields that is shown whole where the screen is high enough, and else scrolls."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from console.sdk.look import GRID

_LEAST = 30 * GRID


class TallSheet(QScrollArea):
    """Wants the room of what it holds; the buttons below stay on the screen where that is less."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is asked for has the keyboard
        self.setWidget(sheet)
        self._sheet = sheet
        for part in (self.viewport(), sheet):
            part.setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        """Return what the sheet takes, as wide as it is now."""
        sheet = self._sheet
        hint = sheet.sizeHint()
        if sheet.hasHeightForWidth() and self.width() >= hint.width():
            hint.setHeight(sheet.heightForWidth(self.width()))
        return hint

    @override
    def minimumSizeHint(self) -> QSize:
        """Never scroll sideways; be as low as needs be."""
        least = self._sheet.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(least.width() + bar, min(least.height(), _LEAST))
