"""A word in a rounded frame: how something stands, in word and colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.look import GRID, ROLES, tone_colour
from console.sdk.nodes import Tone

_ASIDE, _ABOVE = 2 * GRID + 2, 2


class Chip(QLabel):
    """Says a word or two; without a word there is nothing to see, and its room stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.MUTED
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setPointSizeF(max(font.pointSizeF() - 1, 8.0))
        self.setFont(font)

    @property
    def tone(self) -> Tone:
        """The tone that it is in."""
        return self._tone

    def show_word(self, word: str, tone: Tone, why: str = "") -> None:
        """Say this in this tone; `why` is told to whoever rests on it."""
        self._tone = tone
        self.setForegroundRole(ROLES[tone])
        self.setText(word)
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Take the word and the room around it."""
        words = self.fontMetrics().size(0, self.text())
        return QSize(words.width() + 2 * _ASIDE, self.fontMetrics().height() + 2 * _ABOVE + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        """Take no less: half a word tells nothing."""
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, and the word in it."""
        if not self.text():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tone_colour(self.palette(), self._tone))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.end()
        super().paintEvent(event)
