"""pyte's screen within bounds, and quick at what happens most: plain text.

A hostile guest is bounded twice: what reaches this has been strained (`terminal_sieve`), and what
would still grow here (saved cursors, accents on one letter, styles) does not.
"""

import unicodedata
from collections.abc import Callable
from copy import copy
from typing import Final

from pyte import modes
from pyte.screens import Char, Screen, wcwidth
from typing_extensions import override

_ACCENTS: Final = 4
_STYLES: Final = 256


class BoundedScreen(Screen):
    """Cells and a cursor. `answer` is called with what the guest asked to be told."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        self._answer = answer
        self._cells: dict[Char, _Cells] = {}
        super().__init__(columns, lines)

    @override
    def draw(self, data: str) -> None:
        mapping = self.g1_charset if self.charset else self.g0_charset
        data = data.translate(mapping)
        if data.isascii() and modes.IRM not in self.mode and modes.DECAWM in self.mode:
            self._draw_ascii(data)
        elif data := self._drawable(data):
            super().draw(data)

    @override
    def save_cursor(self) -> None:
        self.savepoints.clear()
        super().save_cursor()

    @override
    def restore_cursor(self) -> None:
        saved = [point._replace(cursor=copy(point.cursor)) for point in self.savepoints]
        super().restore_cursor()
        self.savepoints = saved

    @override
    def write_process_input(self, data: str) -> None:
        self._answer(data)

    def _draw_ascii(self, data: str) -> None:
        cells = self._cells_for(self.cursor.attrs)
        at = 0
        while at < len(data):
            if self.cursor.x >= self.columns:
                self.carriage_return()
                self.linefeed()
            x, count = self.cursor.x, min(self.columns - self.cursor.x, len(data) - at)
            row = self.buffer[self.cursor.y]
            row.update(zip(range(x, x + count), map(cells.__getitem__, data[at : at + count])))  # noqa: B905
            self.cursor.x, at = x + count, at + count
            self.dirty.add(self.cursor.y)

    def _cells_for(self, attributes: Char) -> "_Cells":
        """Return the cells of one style, each made once: lines share them."""
        found = self._cells.get(attributes)
        if found is None:
            if len(self._cells) >= _STYLES:
                self._cells.clear()
            found = self._cells[attributes] = _Cells(attributes)
        return found

    def _drawable(self, data: str) -> str:
        """Leave out what has no width, and accents beyond a few on one letter."""
        before = self.buffer[self.cursor.y].get(self.cursor.x - 1)
        accents = len(before.data) - 1 if before else 0
        kept: list[str] = []
        for sign in data:
            if unicodedata.combining(sign):
                accents += 1
                if accents > _ACCENTS:
                    continue
            elif wcwidth(sign) <= 0:
                continue
            else:
                accents = 0
            kept.append(sign)
        return "".join(kept)


class _Cells(dict[str, Char]):
    """The cells of one style by what stands in them."""

    def __init__(self, attributes: Char) -> None:
        super().__init__()
        self._attributes = attributes

    def __missing__(self, sign: str) -> Char:
        made = self[sign] = self._attributes._replace(data=sign)
        return made
