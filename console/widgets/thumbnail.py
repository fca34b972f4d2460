"""A picture kept small: its proportions hold, and one that is no longer true is grey."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.look import GRID, line_colour

_GROUND = QColor("#101514")


class Thumbnail(QWidget):
    """An image, or words where there is none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self._is_stale = False
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # Qt's own signature
        self.setSizePolicy(policy)
        self.setMinimumSize(160, 100)

    @property
    def image(self) -> QImage:
        """What is shown; null where there is nothing."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show a fresh picture."""
        self._image, self._is_stale = image, False
        self.setAccessibleDescription("")
        self.update()

    def set_stale(self, reason: str) -> None:
        """Keep the picture but grey it: it is not what one would see now."""
        self._is_stale = True
        self._words = reason
        self.setAccessibleDescription(reason)
        self.update()

    def show_words(self, words: str) -> None:
        """Show words and no picture."""
        self._image = QImage()
        self._words = words
        self.setAccessibleDescription(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for a small screen of 16:10."""
        return QSize(360, 225)

    @override
    def hasHeightForWidth(self) -> bool:
        """Keep the proportions of a screen."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height of a screen of that width."""
        return width * 10 // 16

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on black, or the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self.rect().adjusted(0, 0, -1, -1)
        frame.setHeight(min(frame.height(), self.heightForWidth(frame.width())))
        if self._image.isNull():
            painter.fillRect(frame, self.palette().color(QPalette.ColorRole.AlternateBase))
        else:
            painter.fillRect(frame, _GROUND)
            self._paint_image(painter, frame)
        if self._words and (self._image.isNull() or self._is_stale):
            self._paint_words(painter, frame)
        painter.setPen(line_colour(self.palette()))
        painter.drawRect(frame)

    def _paint_image(self, painter: QPainter, frame: QRect) -> None:
        size = self._image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRect(frame.topLeft(), size)
        spot.moveCenter(frame.center())
        image = self._image
        if self._is_stale:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
            painter.setOpacity(0.45)
        # Scaled here and not by the painter: its smoothing skips lines of a much larger screen.
        ratio = self.devicePixelRatioF()
        small = image.scaled(
            size * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(spot, small)
        painter.setOpacity(1.0)

    def _paint_words(self, painter: QPainter, frame: QRect) -> None:
        is_bare = self._image.isNull()
        role = QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role) if is_bare else QColor("#e3e6e8"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = frame.adjusted(3 * GRID, 3 * GRID, -3 * GRID, -3 * GRID)
        painter.drawText(room, int(flags), self._words)
