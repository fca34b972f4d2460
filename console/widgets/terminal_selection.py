"""What is selected in a terminal: from one place to another, by lines that scrolling leaves be."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from console.widgets.terminal_lines import Line, text_of

_WORD: Final = re.compile(r"[\w./:@~%+=,-]+")


class Place(NamedTuple):
    """A column of a line; lines are counted from the beginning of all that was written."""

    line: int
    column: int


class Selection:
    """Between an anchor and where one has got to; empty where both are the same."""

    def __init__(self) -> None:
        self.anchor = Place(0, 0)
        self.head = Place(0, 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.head

    @property
    def ends(self) -> tuple[Place, Place]:
        """The first place and the one behind the last."""
        return min(self.anchor, self.head), max(self.anchor, self.head)

    def start(self, place: Place) -> None:
        """Select nothing, from here."""
        self.anchor = self.head = place

    def reach(self, place: Place) -> None:
        """Select up to here."""
        self.head = place

    def select(self, first: Place, last: Place) -> None:
        """Select from one to the other."""
        self.anchor, self.head = first, last

    def columns(self, line: int, width: int) -> tuple[int, int]:
        """Return the columns of a line that are selected; equal where none are."""
        first, last = self.ends
        if not first.line <= line <= last.line:
            return (0, 0)
        start = first.column if line == first.line else 0
        return start, last.column if line == last.line else width

    def text(self, line: Callable[[int], Line], oldest: int, width: int) -> str:
        """Return what is selected of what is still there."""
        first, last = self.ends
        parts = []
        for number in range(max(first.line, oldest), last.line + 1):
            start, end = self.columns(number, width)
            parts.append(text_of(line(number), start, end).rstrip(" "))
        return "\n".join(parts)


def word_at(line: Line, column: int) -> tuple[int, int]:
    """Return the columns of the word there: paths and addresses are words too."""
    text = by_columns(line)
    for found in _WORD.finditer(text):
        if found.start() <= column < found.end():
            return found.span()
    return column, column + 1


def by_columns(line: Line) -> str:
    """Return a line as a text with one sign a column; the second half of a wide one is a blank."""
    text = ""
    for run in line:
        text = text.ljust(run.column)
        text += run.text if run.width == len(run.text) else run.text[:1].ljust(run.width)
    return text


def places_of(
    wanted: str, line: Callable[[int], Line], numbers: "range | reversed[int]"
) -> Iterator[tuple[Place, Place]]:
    """Yield where a text stands, in this order of lines; small and capital letters are alike."""
    wanted = wanted.casefold()
    for number in numbers:
        text = by_columns(line(number)).casefold()
        at = text.find(wanted)
        while wanted and at >= 0:
            yield Place(number, at), Place(number, at + len(wanted))
            at = text.find(wanted, at + len(wanted))
