"""Paints noise at whatever scale Qt has, parts of it anew, and counts what is not shown exactly.

A program of its own, since Qt reads the scale once. It prints a line for each comparison: the size
of a guest's pixel, how many points of the window were compared, and how many were wrong.
"""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from backend.display.channel import ChannelState, News, Standing
from backend.display.surface import Rect, Surface
from console.widgets.screen_picture import ScreenPicture
from console.widgets.screen_place import Zoom

Points = npt.NDArray[np.uint32]
CORNER = (13, 29)
PARTS = (Rect(0, 0, 161, 91), Rect(17, 11, 23, 13), Rect(34, 22, 1, 1), Rect(150, 80, 11, 11))


def shown(window: QWidget) -> Points:
    """Return what really stands in the window's memory: painting it anew would prove nothing."""
    for _ in range(5):
        QApplication.processEvents()
    image = window.screen().grabWindow(window.winId()).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return rows[:, : image.width()] & np.uint32(0xFFFFFF)


def main() -> None:
    """Compare."""
    application = QApplication([])
    noise = np.random.default_rng(1)
    window = QWidget()
    window.resize(700, 500)
    picture = ScreenPicture("Screen", window)
    picture.setGeometry(*CORNER, 650, 433)
    surface = Surface(161, 91)
    window.show()
    for zoom in (Zoom.ACTUAL, Zoom.DOUBLE, Zoom.TRIPLE):
        picture.set_zoom(zoom)
        for part in PARTS:
            size = (part.height, part.width)
            colours = noise.integers(0, 1 << 24, size, dtype=np.uint32)
            surface.pixels[part.y : part.bottom, part.x : part.right] = colours
            picture.show_news(News(Standing(ChannelState.LIVE), surface, (part,)))
            placed = picture.placement()
            assert placed is not None
            left, top = (
                round(at * placed.ratio + offset)
                for at, offset in zip(CORNER, (placed.x, placed.y), strict=True)
            )
            wanted = (
                (surface.pixels & np.uint32(0xFFFFFF)).repeat(zoom.value, 0).repeat(zoom.value, 1)
            )
            got = shown(window)[top : top + len(wanted), left : left + wanted.shape[1]]
            wrong = got != wanted[: got.shape[0], : got.shape[1]]
            print(zoom.value, got.size, int(wrong.sum()))  # noqa: T201
    del application


if __name__ == "__main__":
    main()
