"""What a plot shows and where in it a second and a value are; `graph` draws it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from console.sdk.look import GRID
from console.widgets.curve import Curve, TimeMark
from console.widgets.ladder import DECIMAL, Ladder
from console.widgets.time_span import Span, Tick

AXIS_WIDTH: Final = 44
TIME_AXIS_HEIGHT: Final = 22
FOOT: Final = 2 * GRID
"""Below an axis without words: half of the lowest figure beside it."""
MARGIN: Final = 1
HEADROOM: Final = 1.12
_GAP: Final = 8
_NOTHING_YET: Final = Span(-1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn. `ticks` are words below the axis; without, it has none and little room."""

    curves: Sequence[Curve] = ()
    span: Span = _NOTHING_YET
    top: float = 1.0
    ladder: Ladder = DECIMAL
    ticks: Sequence[Tick] = ()
    marks: Sequence[TimeMark] = ()
    has_words: bool = False
    has_figures: bool = True

    @property
    def foot(self) -> int:
        """How high what is below the curves is."""
        return TIME_AXIS_HEIGHT if self.ticks else FOOT

    def room(self, whole: QRectF) -> QRectF:
        """Return where within the whole the curves are."""
        return whole.adjusted(AXIS_WIDTH, MARGIN, -MARGIN, -self.foot)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a second and a value are in a room."""

    room: QRectF
    span: Span
    top: float

    def x(self, second: float) -> float:
        """Return where a second is."""
        share = (second - self.span.since) / self.span.length_s
        return self.room.left() + share * self.room.width()

    def y(self, value: float) -> float:
        """Return where a value is; a little room above the top stays free."""
        return self.room.bottom() - value / (self.top * HEADROOM) * self.room.height()

    def second(self, x: float) -> float:
        """Return the second at a place from the left."""
        share = (x - self.room.left()) / max(1.0, self.room.width())
        return self.span.since + share * self.span.length_s


def ticks_with_room(ticks: Sequence[Tick], place: Place, metrics: QFontMetricsF) -> list[Tick]:
    """Return the ticks that are seen, without words where those would not fit."""
    edge, found = 0.0, []
    for second, words in ticks:
        if not place.span.holds(second):
            continue
        half = metrics.horizontalAdvance(words) / 2
        x = place.x(second)
        fits = x - half >= edge and x + half <= place.room.right() + MARGIN
        found.append((second, words if fits else ""))
        if fits:
            edge = x + half + _GAP
    return found


def with_room(
    marks: Sequence[TimeMark], place: Place, metrics: QFontMetricsF
) -> tuple[TimeMark, ...]:
    """Return those whose words, left of their lines, run into no other's; the newest first."""
    edge, found = float("inf"), []
    for mark in sorted(marks, key=lambda mark: -mark.seconds):
        right = place.x(mark.seconds)
        start = right - metrics.horizontalAdvance(mark.text) - _GAP
        if mark.text and right <= edge and start >= place.room.left():
            found.append(mark)
            edge = start
    return tuple(found)
