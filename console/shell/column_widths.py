"""How wide the columns of a list are where the user has sized none: they share the room."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from PySide6.QtGui import QFontMetrics

from console.sdk.look import GRID
from console.sdk.views import Column, Quantity

LAST: Final = 30 * GRID
"""The least width of a column of words that is the last one or gives way."""


class ColumnWidths:
    """Columns by their numbers; `about_width` tells what stands in one now takes."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        metrics: QFontMetrics,
        about_width: Callable[[int], int],
    ) -> None:
        self._columns = columns
        self._metrics = metrics
        self._about_width = about_width
        self._now = cache(self._taken)  # looked at once: there may be hundreds of rows

    def wish(self, number: int) -> int:
        """Return the width that a column is declared with; its title fits in any case."""
        column = self._columns[number]
        words = column.width * self._metrics.averageCharWidth() + 6 * GRID
        return max(words, self._title(number))

    def fitting(self, numbers: Sequence[int], room: int) -> dict[int, int]:
        """Return the widths of these columns in their order, as near to the room as can be.

        As declared; where that is too wide, with some room to spare; else with none.
        """
        widths = {n: self.wish(n) for n in numbers}
        for narrower in (self._least, self._now):
            if sum(widths.values()) <= room:
                break
            widths = {n: min(self.wish(n), self._kept(n, narrower(n))) for n in numbers}
            # Which names come as a group is opened, or a filter cleared, does not show now.
            name = numbers[0]
            widths[name] = min(self.wish(name), self._least(name))
        if self._is_text(numbers[-1]):
            widths[numbers[-1]] = max(widths[numbers[-1]], LAST)
        self._give_way(widths, numbers, room)
        # A name is not cut off beside a column that stands half empty.
        first = numbers[0]
        spare = min(room - sum(widths.values()), room // 2 - widths[first])
        widths[first] += max(0, min(spare, self._now(first) - widths[first]))
        return widths

    def with_room(self, numbers: Sequence[int], room: int) -> dict[int, int]:
        """Return the widths of as many of the first of them as there is room for, but of one."""
        shown = list(numbers)
        while self._needed(widths := self.fitting(shown, room), shown[-1]) > room and shown[1:]:
            shown.pop()
        return widths

    def _give_way(self, widths: dict[int, int], numbers: Sequence[int], room: int) -> None:
        """Have columns of words end in dots where that alone spares the list scrolling sideways."""
        over = self._needed(widths, numbers[-1]) - room
        spare = {
            n: max(0, widths[n] - max(LAST, self._title(n)))
            for n in numbers[:-1]
            if self._is_text(n)
        }
        if 0 < over <= (most := sum(spare.values())):
            for number, some in spare.items():
                widths[number] -= -(-over * some // most)

    def _needed(self, widths: dict[int, int], last: int) -> int:
        """Return the room that these take where the last one, if it is of words, ends in dots."""
        return sum(widths.values()) - (widths[last] - LAST if self._is_text(last) else 0)

    def _is_text(self, number: int) -> bool:
        return self._columns[number].quantity is Quantity.TEXT

    def _kept(self, number: int, width: int) -> int:
        """Return the width of a column that may be as narrow as this."""
        # A machine that was off a moment ago must not say "Runni...".
        is_choice = self._columns[number].quantity is Quantity.CHOICE
        return self._least(number) if is_choice else width

    def _least(self, number: int) -> int:
        """Return the width that what stands in a column takes, and a little that may come."""
        return max(self._now(number), self.wish(number) * 3 // 4)

    def _taken(self, number: int) -> int:
        """Return the width that a column's title and what stands in it now takes."""
        return max(self._title(number), self._about_width(number) + 3 * GRID)

    def _title(self, number: int) -> int:
        return self._metrics.horizontalAdvance(self._columns[number].title) + 7 * GRID
