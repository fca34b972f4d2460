"""Where the pixels of a guest's screen lie in a widget, counted in the pixels of the display.

A widget's own units may be any fraction of those (a ratio of 1.25); what is to be exact is placed
in whole pixels of the display, whatever the widget's place in its window.
"""

import math
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF

from backend.display.surface import Rect


class Zoom(Enum):
    """How large a guest's pixel is; the first two are no sizes.

    With `FOLLOW` it is the guest that is to have the size of the widget, and then its pixels are
    the display's; a guest that is larger all the same is fitted in.
    """

    FOLLOW = -1
    FIT = 0
    ACTUAL = 1
    DOUBLE = 2
    TRIPLE = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """A guest's screen in a widget: `scale` and `x`, `y` are in pixels of the display."""

    width: int
    height: int
    scale: float
    x: float
    y: float
    ratio: float

    @property
    def is_exact(self) -> bool:
        """Whether each pixel of the guest is a square of whole pixels."""
        return self.scale == int(self.scale)

    @property
    def corner(self) -> tuple[int, int] | None:
        """Where it lies, if all its pixels are the widget's own units; None if not."""
        x, y = int(self.x), int(self.y)
        is_plain = self.scale == self.ratio == 1 and x == self.x and y == self.y
        return (x, y) if is_plain else None

    @property
    def picture(self) -> QRectF:
        """Where the screen lies, in pixels of the display from the widget's corner."""
        return QRectF(self.x, self.y, self.width * self.scale, self.height * self.scale)

    def to_widget(self, rect: Rect) -> QRect:
        """Return the part of the widget that shows `rect`, and what smoothing spreads of it."""
        spread = 0 if self.is_exact else 1
        left = (self.x + (rect.x - spread) * self.scale) / self.ratio
        top = (self.y + (rect.y - spread) * self.scale) / self.ratio
        right = (self.x + (rect.right + spread) * self.scale) / self.ratio
        bottom = (self.y + (rect.bottom + spread) * self.scale) / self.ratio
        x, y = math.floor(left), math.floor(top)
        return QRect(x, y, math.ceil(right) - x, math.ceil(bottom) - y)

    def to_guest(self, point: QPointF) -> tuple[int, int]:
        """Return the guest's pixel at a point of the widget, or the one nearest to it."""
        x = math.floor((point.x() * self.ratio - self.x) / self.scale)
        y = math.floor((point.y() * self.ratio - self.y) / self.scale)
        return max(0, min(self.width - 1, x)), max(0, min(self.height - 1, y))


def place(
    width: int, height: int, room: QSizeF, zoom: Zoom, ratio: float, origin: QPointF
) -> Placement:
    """Place a screen of so many pixels in the middle of `room`, which is in the widget's units.

    `origin` is the widget's corner in its window, in the same units.
    """
    across, down = room.width() * ratio, room.height() * ratio
    if zoom is Zoom.FIT or (zoom is Zoom.FOLLOW and (width > across or height > down)):
        scale = _fitting(width, height, across, down)
    else:
        scale = float(abs(zoom.value))
    x = max(0.0, (across - width * scale) / 2)
    y = max(0.0, (down - height * scale) / 2)
    return Placement(
        width, height, scale, _whole(x, origin.x() * ratio), _whole(y, origin.y() * ratio), ratio
    )


def size_needed(width: int, height: int, zoom: Zoom, ratio: float) -> tuple[int, int]:
    """Return the widget's least size in its own units; where there is none, what shows anything."""
    if zoom in (Zoom.FIT, Zoom.FOLLOW):
        return (160, 120)
    return (math.ceil(width * zoom.value / ratio), math.ceil(height * zoom.value / ratio))


def _fitting(width: int, height: int, across: float, down: float) -> float:
    scale = max(0.01, min(across / width, down / height))
    # A little air is better than a little blur.
    whole = math.floor(scale)
    return float(whole) if whole >= 1 and scale - whole < 0.1 else scale


def _whole(offset: float, origin: float) -> float:
    """Return the offset at which the picture begins with a whole pixel of the window."""
    return round(origin + offset) - origin
