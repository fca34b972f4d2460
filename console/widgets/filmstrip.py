"""Pictures along a time: one for each piece of it, and the very one of the cross-hair's moment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.look import GRID, line_colour
from console.widgets.plot import AXIS_WIDTH, Place
from console.widgets.time_keys import leave, press_key
from console.widgets.time_span import moment
from console.widgets.time_view import TimeView

_WIDTH: Final = 148
_HEIGHT: Final = 92
_KEPT: Final = 80


def _tr(text: str) -> str:
    return QCoreApplication.translate("filmstrip", text)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture, and from when to when it was seen (Unix seconds)."""

    at: float
    until: float
    image: QImage

    def seen(self, moment: float) -> float:
        """Return when it was seen nearest to a moment."""
        return min(max(moment, self.at), self.until)


Stretch = tuple[float, float]
"""From one second to another; of the cross-hair's moment, twice the same."""


class Filmstrip(QWidget):
    """Shows what it is given for its `stretches`, below the charts that share its view.

    No stretch but the cross-hair's moment is shorter than `least_s`: of less there may be nothing
    to show although somebody looks. Where the picture of that moment is one of before it says so.
    """

    wished = Signal()
    """Other stretches are seen: pictures for these are wanted."""
    opened = Signal(object)
    """Frame: it shall be seen large."""

    def __init__(
        self, name: str, view: TimeView, least_s: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view = view
        self._least_s = least_s
        self._told: tuple[Stretch, ...] = ()
        self._frames: dict[Stretch, Frame] = {}
        self._scaled: dict[tuple[int, int, int], QPixmap] = {}
        self._last: tuple[Stretch, ...] = ()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.moved.connect(self.follow)
        view.crossed.connect(self.follow)

    def follow(self) -> None:
        """Show the time that the view has now."""
        stretches = self.stretches()
        if stretches != self._last:
            self._last = stretches
            self.wished.emit()
        self.update()

    def stretches(self) -> tuple[Stretch, ...]:
        """Return the pieces of time of which pictures are shown, from left to right."""
        span, cross = self.view.span, self.view.cross
        length_s = self._length_s()
        # They begin at multiples of their length, so that they move along with the time.
        first, last = math.floor(span.since / length_s), math.ceil(span.until / length_s)
        pieces = [(n * length_s, (n + 1) * length_s) for n in range(first, last)]
        return tuple(
            (cross, cross) if cross is not None and since <= cross < until else (since, until)
            for since, until in pieces
        )

    def show_frames(self, stretches: Sequence[Stretch], frames: Sequence[Frame | None]) -> None:
        """Show these pictures, each for its stretch."""
        self._told = tuple(stretches)
        told = zip(stretches, frames, strict=True)
        self._frames = {stretch: frame for stretch, frame in told if frame is not None}
        here, cross = self.current(), self.view.cross
        words = _nothing() if cross is not None else ""
        if here is not None and cross is not None:
            words = moment(here.seen(cross), 0.0, self.view.now)
        self.setAccessibleDescription(words)
        self.update()

    def current(self) -> Frame | None:
        """Return the picture of the cross-hair's moment."""
        cross = self.view.cross
        return None if cross is None else self._frames.get((cross, cross))

    @override
    def sizeHint(self) -> QSize:
        """Ask for the height of a picture."""
        return QSize(AXIS_WIDTH + _WIDTH, _HEIGHT + 2 * GRID)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures where their time is."""
        del event
        painter = QPainter(self)
        cells = [(stretch, cell) for stretch, cell in self._cells() if stretch in self._frames]
        if not cells:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            words = _tr("No pictures of the screen were kept in this time.")
            painter.drawText(self._room(), Qt.AlignmentFlag.AlignCenter, words)
        painter.setClipRect(self._room().adjusted(-2, 0, 2, 0))
        for stretch, cell in cells:
            if not _is_moment(stretch):
                self._paint(painter, cell, self._frames[stretch].image, is_here=False)
        # The one of the cross-hair's moment lies over the others, and is seen whole.
        for stretch, cell in self._cells():
            if _is_moment(stretch) and stretch in self._told and cells:
                self._paint_here(painter, _inside(cell, self._room()), stretch)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
            painter.drawRect(self._room().adjusted(-1.5, 0.5, 0.5, -0.5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for more pictures, or for fewer."""
        super().resizeEvent(event)
        self.follow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the time; Return shows the picture large."""
        frame = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and frame is not None:
            self.opened.emit(frame)
        elif not press_key(self.view, event):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what is so now again, unless the cross-hair is pinned."""
        super().focusOutEvent(event)
        self.update()
        leave(self.view)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand the cross-hair at the moment of the picture."""
        stretch, frame = self._at(event.position().x())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if frame is not None:
            self.view.set_cross(frame.seen(stretch[1]), pin=True)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the picture large."""
        if (frame := self._at(event.position().x())[1]) is not None:
            self.opened.emit(frame)

    def _length_s(self) -> float:
        length_s = self.view.span.length_s
        return max(length_s / max(1, self._room().width() // _WIDTH), self._least_s)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(AXIS_WIDTH, GRID, -1, -GRID)

    def _cells(self) -> list[tuple[Stretch, QRectF]]:
        room, span = self._room(), self.view.span
        place = Place(room, span, 1.0)
        length_s = self._length_s()
        found = []
        for number, stretch in enumerate(self._last):
            since = (math.floor(span.since / length_s) + number) * length_s
            left, right = place.x(since), place.x(since + length_s)
            found.append((stretch, QRectF(left + 2, room.top(), right - left - 4, room.height())))
        return found

    def _paint_here(self, painter: QPainter, cell: QRectF, stretch: Stretch) -> None:
        """Paint the picture of the cross-hair's moment: of when it is if not of that, or none."""
        frame, words = self._frames.get(stretch), _nothing()
        if frame is not None:
            self._paint(painter, cell, frame.image, is_here=True)
            seen = frame.seen(stretch[0])
            words = moment(seen, 0.0, self.view.now) if stretch[0] - seen >= 1 else ""
        if words:
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            room = cell.adjusted(2 * GRID, 0, -2 * GRID, -2)
            place = painter.boundingRect(room, flags, words).adjusted(-GRID, 0, GRID, 0)
            if frame is not None:
                place.moveBottom(room.bottom())
            painter.fillRect(place, self.palette().color(QPalette.ColorRole.Base))
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            painter.drawText(place, flags, words)

    def _paint(self, painter: QPainter, cell: QRectF, image: QImage, *, is_here: object) -> None:
        small = self._small(image, cell.size().toSize())
        spot = QRectF(QPointF(), small.deviceIndependentSize())
        spot.moveCenter(cell.center())
        painter.drawPixmap(spot.topLeft(), small)
        role = QPalette.ColorRole.Accent
        pen = QPen(self.palette().color(role), 3) if is_here else QPen(line_colour(self.palette()))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(spot.adjusted(1, 1, -1, -1) if is_here else spot)

    def _small(self, image: QImage, size: QSize) -> QPixmap:
        """Return a picture that fits, made once: a painter's own smoothing leaves lines out."""
        ratio = self.devicePixelRatioF()
        key = (image.cacheKey(), size.width(), size.height())
        if key not in self._scaled:
            fitting = image.scaled(
                size * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitting.setDevicePixelRatio(ratio)
            self._scaled[key] = QPixmap.fromImage(fitting)
            while len(self._scaled) > _KEPT:
                del self._scaled[next(iter(self._scaled))]
        return self._scaled[key]

    def _at(self, x: float) -> tuple[Stretch, Frame | None]:
        for stretch, cell in self._cells():
            if cell.left() <= x <= cell.right():
                return stretch, self._frames.get(stretch)
        return (0.0, 0.0), None


def _nothing() -> str:
    return _tr("No picture of this moment")


def _is_moment(stretch: Stretch) -> bool:
    return stretch[0] == stretch[1]


def _inside(cell: QRectF, room: QRectF) -> QRectF:
    """Return a cell as large that lies within the room."""
    left = min(max(cell.left(), room.left()), room.right() - cell.width())
    return QRectF(left, cell.top(), cell.width(), cell.height())
