"""One line of words that gives way: what has no room is elided, and told whole."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from console.sdk.look import ROLES
from console.sdk.nodes import Tone


class ElidedLabel(QLabel):
    """A label that needs `least` points at most, and elides at `mode` what is more.

    Names differ at their ends, so they are elided in the middle. The tooltip has all of it; a
    screen reader is told it behind the name of a label that has one.
    """

    def __init__(
        self, *, least: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle
    ) -> None:
        super().__init__()
        self._least = least
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)

    @override
    def setText(self, text: str) -> None:
        """Say this."""
        super().setText(text)
        self.setToolTip(text)
        if self.accessibleName():
            self.setAccessibleDescription(text)

    def set_tone(self, tone: Tone) -> None:
        """Write in this tone from now on."""
        self.setForegroundRole(ROLES[tone])

    @override
    def minimumSizeHint(self) -> QSize:
        """Take less than the words need, where that is all there is."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), self._least), wanted.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as there is room for."""
        del event
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        if not shown.strip("\N{HORIZONTAL ELLIPSIS}"):
            return  # alone, it says nothing
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), shown)
        painter.end()
