"""The heading above the rows of a group: an arrow that says whether it is open, words, a line."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

from console.sdk.look import GRID, line_colour, picture
from console.sdk.nodes import Tone

ARROW_WIDTH = 7 * GRID
_ARROW = 14


def paint_heading(
    painter: QPainter, rect: QRect, palette: QPalette, text: str, *, is_open: bool
) -> None:
    """Paint a heading into a rectangle, over whatever stands there."""
    painter.save()
    ratio = painter.device().devicePixelRatioF()
    arrow = picture("ph.caret-down" if is_open else "ph.caret-right", Tone.MUTED, _ARROW, ratio)
    top = rect.center().y() - _ARROW // 2
    painter.drawPixmap(QPoint(rect.left() + 2 * GRID, top), arrow)
    font = QFont(painter.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    words = rect.adjusted(ARROW_WIDTH, 0, -2 * GRID, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line_colour(palette))
    painter.restore()
