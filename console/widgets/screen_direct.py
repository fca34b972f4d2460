"""Large pictures that come fast, drawn past Qt: the X server takes them from the surface itself.

Qt would copy each once more into its own memory, and from there the X server does what it does
here. What Qt has is made as new once they come no more, and what Qt paints waits for what was sent
before: all goes on as if this were not there, and does where it cannot be used.
"""

import time
from typing import Final

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QRegion, QSurface
from PySide6.QtWidgets import QWidget

from backend.display.surface import Rect, Surface
from console.widgets import x_server
from console.widgets.screen_place import Placement
from console.widgets.x_server import AHEAD_MOST, Loan, Refused, XServer

_LEAST: Final = 1 << 16
"""Pixels below which the way past Qt is no shorter."""
_CORNER: Final = QPoint(0, 0)


class ScreenDirect:
    """A canvas' way past Qt, while nothing lies over it and its pixels are the display's own."""

    fast_s = 0.25
    """What comes later after the last is Qt's."""
    settle_ms = 500

    def __init__(self, canvas: QWidget) -> None:
        self._canvas = canvas
        self._server: XServer | None = None
        self._surface: Surface | None = None
        self._loan: Loan | None = None
        self._window, self._top = 0, canvas
        self._last = 0.0
        self._is_bare: bool | None = None
        self._region = QRegion()
        self._placed: Placement | None = None
        self._seen, self._corner, self._ratio = Rect(0, 0, 0, 0), (0, 0), 1
        self.is_ahead = False
        """Whether Qt may have an older picture than the display."""
        self._is_new = False
        self._timer: QTimer | None = None

    def take(self, surface: Surface | None) -> None:
        """Draw from this from now on."""
        self._surface, self._loan, self._window = surface, None, 0

    def draw(self, rects: tuple[Rect, ...], placed: Placement) -> bool:
        """Have these parts of the surface drawn; return whether that goes without Qt."""
        if sum([width * height for _x, _y, width, height in rects]) < _LEAST:
            return False
        now = time.monotonic()
        is_slow, self._last = now - self._last > self.fast_s, now
        if is_slow or placed.scale != 1 or not placed.ratio.is_integer():
            return False
        try:
            return self._draw(rects, placed)
        except Refused:
            self._server = self._loan = None
            self._canvas.update()
            return True

    def painted(self) -> None:
        """Know that Qt paints: what was drawn before has to be older on the screen, too."""
        self._is_bare = None  # whatever it is, that may lie over it now
        if self._server is not None and self._loan is not None and self._loan.ahead:
            try:
                self._server.wait()
            except Refused:
                self._server = self._loan = None

    def _draw(self, rects: tuple[Rect, ...], placed: Placement) -> bool:
        canvas = self._canvas
        window = canvas.effectiveWinId()
        if window != self._window:
            self._window = window
            self._enter()
        server, loan = self._server, self._loan
        if server is None or loan is None or self._is_behind(server, loan):
            return False
        region = canvas.visibleRegion()
        if self._is_bare is None or placed is not self._placed or region != self._region:
            self._look_around(region, placed)
        if not self._is_bare:
            return False
        parts = _within(rects, self._seen)
        if parts:
            # Where it lies may change without a word: what scrolls it moves what is painted.
            x, y = canvas.mapTo(self._top, _CORNER).toTuple()
            left, top = self._corner
            server.draw(window, loan, parts, x * self._ratio + left, y * self._ratio + top)
        self._is_new = True
        if not self.is_ahead:
            self._settle_later()
        return True

    def _look_around(self, region: QRegion, placed: Placement) -> None:
        """Know what of the picture is seen, and whether nothing lies over that."""
        seen = region.boundingRect()
        self._region, self._placed = region, placed
        self._is_bare = region.rectCount() == 1 and not _is_below(self._canvas, seen)
        self._ratio = ratio = int(placed.ratio)
        self._corner = x, y = int(placed.x), int(placed.y)
        left, top = seen.x() * ratio - x, seen.y() * ratio - y
        self._seen = Rect(left, top, seen.width() * ratio, seen.height() * ratio)

    @staticmethod
    def _is_behind(server: XServer, loan: Loan) -> bool:
        """Whether too little of what was sent before is drawn. Raises Refused."""
        if loan.ahead >= AHEAD_MOST:
            server.look()
        if loan.is_refused:
            raise Refused
        return loan.ahead >= AHEAD_MOST

    def _enter(self) -> None:
        """Lend the surface to whoever draws that window, if that is an X server that can."""
        self._server = self._loan = None
        if QGuiApplication.platformName() != "xcb" or self._surface is None:
            return
        self._top = self._canvas.window()
        handle = self._top.windowHandle()
        if handle is None or handle.surfaceType() != QSurface.SurfaceType.RasterSurface:
            return
        if handle.winId() != self._window:
            return  # a window within the window
        server = x_server.server()
        if server is not None:
            try:
                server.require_plain(self._window)
                self._loan = server.lend(self._surface)
                self._server = server
            except (Refused, OSError):
                self._loan = None

    def _settle_later(self) -> None:
        self.is_ahead = True
        if self._timer is None:
            self._timer = QTimer(self._canvas)
            self._timer.setInterval(self.settle_ms)
            self._timer.timeout.connect(self._settle)
        self._timer.start()

    def _settle(self) -> None:
        """Have Qt paint what it knows nothing of, once that has come to rest."""
        if not self._is_new and self._timer is not None:
            self._timer.stop()
            self.is_ahead = False
            self._canvas.update()
        self._is_new = False


def _within(rects: tuple[Rect, ...], whole: Rect) -> tuple[Rect, ...]:
    """Return what of these lies in `whole`."""
    if all(whole.holds(rect) for rect in rects):
        return rects
    parts = []
    for rect in rects:
        x, y = max(rect.x, whole.x), max(rect.y, whole.y)
        width, height = min(rect.right, whole.right) - x, min(rect.bottom, whole.bottom) - y
        if width > 0 and height > 0:
            parts.append(Rect(x, y, width, height))
    return tuple(parts)


def _is_below(widget: QWidget, seen: QRect) -> bool:
    """Whether anything lies over what is seen of it in its window, seen through or not."""
    window = widget.window()
    area = seen.translated(widget.mapTo(window, _CORNER))
    inner: QWidget = widget
    while (around := inner.parentWidget()) is not None and inner is not window:
        parts = around.children()
        for part in parts[parts.index(inner) + 1 :]:
            if isinstance(part, QWidget) and part.isVisible() and not part.isWindow():
                mask = part.mask()  # a splitter's handle is felt farther than it is drawn
                place = part.rect() if mask.isEmpty() else mask.boundingRect()
                if place.translated(part.mapTo(window, _CORNER)).intersects(area):
                    return True
        inner = around
    return False
