"""What a list says in its middle while there is nothing in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea

_ASIDE, _ABOVE = 32, 16


def paint_words(area: QAbstractScrollArea, words: str) -> None:
    """Write these quietly into the middle; to be called while the viewport is painted."""
    if not words:
        return
    painter = QPainter(area.viewport())
    painter.setPen(area.palette().color(QPalette.ColorRole.PlaceholderText))
    room = area.viewport().rect().adjusted(_ASIDE, _ABOVE, -_ASIDE, -_ABOVE)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(room, int(flags), words)
