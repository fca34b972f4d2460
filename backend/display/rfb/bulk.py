"""Whether to ask for the whole screen, while it is new all over: pure, and told what came when.

QEMU writes such a picture as hundreds of small rectangles, each of which costs as much as a large
one; asked for everything, it writes one. That it sends whether anything has changed or not: so it
is asked for changes now and then, and at most eight times more often in vain than it was of use.
"""

from typing import Final

_MANY: Final = 128
"""So many rectangles cost more than the pixels that are left out between them."""
_PICTURES: Final = 4
_ROW_LEAST, _ROW_MOST = 8, 64
_IN_VAIN: Final = 4
_SOON_S: Final = 0.5
"""What comes later than that after the picture before is no film: a page that somebody turns."""


class Bulk:
    """What the last pictures were like."""

    def __init__(self) -> None:
        self._seen = self._left = self._vain = 0
        self._row = _ROW_LEAST
        self._at_s = float("-inf")

    def ask(self) -> bool:
        """Return whether the next request is better made for everything; it is made then."""
        is_better = self._left > 0
        self._left -= is_better
        return is_better

    def took(self, rects: int, pixels: int, of_pixels: int, at_s: float) -> None:
        """A picture came: so many raw rectangles, so many pixels in all, of a screen's."""
        if at_s - self._at_s > _SOON_S:
            self._seen, self._row = 0, _ROW_LEAST
        self._at_s = at_s
        is_scattered = rects > _MANY and 2 * pixels > of_pixels
        if is_scattered and self._left:
            # One or two were on their way when it was asked; more, and the server knows no better.
            self._vain += 1
            self._left = self._left if self._vain <= _IN_VAIN else 0
        elif is_scattered:
            self._seen += 1
            if self._seen >= _PICTURES and self._vain <= _IN_VAIN:
                self._left, self._vain = self._row, 0
                self._row = min(2 * self._row, _ROW_MOST)
        elif pixels < of_pixels:  # else it may be what it was asked for
            self._seen, self._row = 0, _ROW_LEAST
