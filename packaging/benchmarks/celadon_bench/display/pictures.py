"""Pictures as a desktop has them: windows and their text on a ground that is not plain."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter

Picture = npt.NDArray[np.uint32]
"""Rows of pixels: blue, green, red and nothing."""

_WORDS: Final = "The quick brown fox jumps over the lazy dog, 0123456789 times; VM-17 is running. "
_WINDOW: Final = (520, 380)
_LINE: Final = 17


def desktop(width: int, height: int) -> Picture:
    """Return a picture of a desktop, the same every time. Needs a QGuiApplication."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, width, height)
    ground.setColorAt(0, QColor("#20435c"))
    ground.setColorAt(1, QColor("#6d9a86"))
    painter.fillRect(image.rect(), ground)
    painter.setFont(QFont("DejaVu Sans", 9))
    for number, y in enumerate(range(40, height, _WINDOW[1] + 40)):
        for x in range(30 + number % 2 * 90, width, _WINDOW[0] + 60):
            _window(painter, QRect(x, y, *_WINDOW), f"Window {number}")
    painter.end()
    bits: Any = image.constBits()
    return np.frombuffer(bits, np.uint32).reshape(height, width).copy()


def _window(painter: QPainter, rect: QRect, title: str) -> None:
    painter.fillRect(rect, QColor("#fbfbfa"))
    painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 28), QColor("#d5dde0"))
    painter.setPen(QColor("#1a2224"))
    painter.drawText(rect.x() + 10, rect.y() + 19, title)
    lines = (rect.height() - 44) // _LINE
    for line in range(lines):
        words = _WORDS[line:] + _WORDS
        room = QRect(rect.x() + 10, rect.y() + 36 + line * _LINE, rect.width() - 20, _LINE)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), words[: 62 - line % 9])
