"""Numbered pictures of the window, and how much one picture is like another."""

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from celadon_tour import sight

_COMPARED = QSize(64, 40)
_EDGE = QColor(0, 0, 0, 70)
_CAPTION = 30


class Album:
    """Writes pictures of a window, with all that is open in front of it, into a folder.

    Those of an earlier tour go: they would be taken for this one's.
    """

    def __init__(self, folder: Path, window: QWidget) -> None:
        self._folder = folder
        self.window = window
        self._count = 0
        for old in folder.glob("[0-9][0-9]*-*.png"):
            old.unlink()

    def take(self, title: str) -> str:
        """Write the next picture, "07-quick-create.png"; return the file's name."""
        file = self.next_file(title)
        picture(self.window).save(str(file))
        return file.name

    def next_file(self, title: str) -> Path:
        """Return the file of the next picture, for who takes it elsewhere."""
        self._count += 1
        words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        return self._folder / f"{self._count:02}-{words}.png"


def picture(window: QWidget) -> QPixmap:
    """Return the window as it is seen, with its menus and dialogs where they stand."""
    taken = window.grab()
    origin = window.mapToGlobal(QPoint(0, 0))
    painter = QPainter(taken)
    for other in reversed(sight.windows()):
        if other is window:
            continue
        place = QRect(other.mapToGlobal(QPoint(0, 0)) - origin, other.size())
        painter.drawPixmap(place.topLeft(), other.grab())
        if isinstance(other, QDialog):
            place = _draw_caption(painter, place, other)
        painter.setPen(_EDGE)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
    return taken


def _draw_caption(painter: QPainter, place: QRect, dialog: QDialog) -> QRect:
    """Draw the bar that the desktop gives a dialog: without its title it is hard to understand."""
    bar = QRect(place.left(), place.top() - _CAPTION, place.width(), _CAPTION)
    painter.fillRect(bar, dialog.palette().color(QPalette.ColorRole.Midlight))
    painter.setPen(dialog.palette().color(QPalette.ColorRole.WindowText))
    painter.setFont(dialog.font())
    painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, dialog.windowTitle())
    return place.united(bar)


def shown(widget: QWidget) -> QImage:
    """Return what a widget shows, as on a screen, which nothing is seen through.

    grab() keeps the fourth byte of a guest's pixels, which means nothing, as how opaque they are.
    """
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    widget.render(image)
    return image


def distance(one: QImage, other: QImage) -> float:
    """Return how far two pictures of whatever size are apart: 0 is the same, 255 the most."""
    return float(np.abs(points(one) - points(other)).mean())


def contrast(image: QImage) -> float:
    """Return how far a picture is from one single colour; 0 is a blank one."""
    found = points(image)
    return float(np.abs(found - found.mean(axis=(0, 1))).mean())


def brightness(image: QImage) -> float:
    """Return the mean of all points: 0 is black, 255 white."""
    return float(points(image).mean())


def colours(image: QImage) -> int:
    """Return how many different colours there are."""
    return len(np.unique(_array(image).reshape(-1, 3), axis=0))


def points(image: QImage) -> npt.NDArray[np.float64]:
    """Return a picture, made small, as blue, green and red of 0 to 255: rows, columns, colours."""
    small = image.scaled(
        _COMPARED,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return _array(small).astype(np.float64)


def _array(image: QImage) -> npt.NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(plain.constBits(), dtype=np.uint8)
    lines = flat.reshape(plain.height(), plain.bytesPerLine())[:, : plain.width() * 4]
    return lines.reshape(plain.height(), plain.width(), 4)[:, :, :3].copy()
