"""One line of words that gives way: what has no room is elided in the middle, and told whole."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel
from typing_extensions import override

_LEAST = 80


class ElidedLabel(QLabel):
    """A label for names, which differ at their ends. Its tooltip has all of a name."""

    @override
    def setText(self, text: str) -> None:
        """Say this."""
        super().setText(text)
        self.setToolTip(text)

    @override
    def minimumSizeHint(self) -> QSize:
        """Take less than the words need, where that is all there is."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), _LEAST), wanted.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as there is room for."""
        del event
        room = self.contentsRect()
        mode = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self.text(), mode, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags), shown)
        painter.end()
