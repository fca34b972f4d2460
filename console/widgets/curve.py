"""What a plot shows: curves with their holes, and marks of what happened."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QPalette

from console.sdk import wording
from console.sdk.look import is_dark
from console.sdk.nodes import Tone


class Ink(Enum):
    """What a curve is drawn in: (in light, in dark), each with a contrast of 3 or more."""

    GREEN = ("", "")
    BLUE = ("#3f74b8", "#7fb0ee")
    ORANGE = ("#b5611a", "#e3a15f")
    VIOLET = ("#7466b8", "#a99bea")
    RED = ("#b23a48", "#ef8f98")
    TEAL = ("#16787f", "#63c2c9")
    BROWN = ("#8a6d00", "#d8bd5a")
    GREY = ("#6b7280", "#a3abb8")

    def colour(self, palette: QPalette) -> QColor:
        """Return the colour on this palette's base."""
        if self is Ink.GREEN:
            return palette.color(QPalette.ColorRole.Accent)
        return QColor(self.value[is_dark(palette)])


INKS: Final = tuple(Ink)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: seconds, as its plot counts them, and values; None is a hole.

    `least` and `most` are drawn as a band around the line: what it went through between two of its
    points; below it is a wash, unless it is a dashed one. `newest` is the last value as it is to be
    read, without the unit; `words` reads others.
    Without an ink it takes the one of its place.
    """

    name: str
    seconds: Sequence[float]
    values: Sequence[float | None]
    newest: str = ""
    ink: Ink | None = None
    least: Sequence[float | None] = ()
    most: Sequence[float | None] = ()
    is_dashed: bool = False
    is_filled: bool = True
    words: Callable[[float], str] = wording.number

    def near(self, second: float, within_s: float) -> int | None:
        """Return which of the points that are no holes is nearest.

        None if it is further than that, but where the line goes from one point to the next: what
        is drawn there is told.
        """
        place = bisect_left(self.seconds, second)
        is_drawn = 0 < place < len(self.seconds) and None not in self.values[place - 1 : place + 1]
        reach = range(max(0, place - 2), min(len(self.seconds), place + 2))
        near = [
            (abs(self.seconds[i] - second), i)
            for i in reach
            if self.values[i] is not None
            and (is_drawn or abs(self.seconds[i] - second) <= within_s)
        ]
        return min(near)[1] if near else None

    def highest(self, since: float, until: float) -> float | None:
        """Return the highest value within these seconds, that of the band where there is one."""
        first, last = bisect_left(self.seconds, since), bisect_left(self.seconds, until)
        values = (self.most or self.values)[first : last + 1]
        return max((value for value in values if value is not None), default=None)


@dataclass(frozen=True, slots=True)
class TimeMark:
    """Something that happened: a line, and a word above where there is room."""

    seconds: float
    text: str
    tone: Tone = Tone.WARNING


def ink_of(curve: Curve, index: int) -> Ink:
    """Return what a curve at this place is drawn in."""
    return curve.ink or INKS[index % len(INKS)]


def figure(value: float) -> str:
    """Return the words for a figure at an axis."""
    places = next((n for n in (0, 1) if round(value, n) == round(value, 3)), 2)
    return QLocale().toString(float(value), "f", places)
