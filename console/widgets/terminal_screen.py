"""pyte's screen with what it lacks: lines that scrolled away, a second screen, other sizes."""

from collections import deque
from collections.abc import Callable
from copy import copy
from typing import Any, Final

from pyte.screens import Char, Margins, StaticDefaultDict
from pyte.streams import Stream
from typing_extensions import override

from console.widgets.terminal_bounds import BoundedScreen
from console.widgets.terminal_lines import Line, line_of, text_of

KEPT_LINES: Final = 5000
_ALTERNATE: Final = {47, 1047, 1049}
_SAVES: Final = {1048, 1049}
_APPLICATION_KEYS: Final = 1 << 5
_BRACKETED: Final = 2004 << 5

Buffer = dict[int, "StaticDefaultDict[int, Char]"]


class TerminalScreen(BoundedScreen):
    """Cells, a cursor, and the lines that scrolled off the top, the oldest first.

    `answer` is called with what the guest asked to be told (where the cursor is). Lines are counted
    from the beginning: `first` is the oldest that is kept, `top` the first on the screen.
    """

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        self.history: deque[Line] = deque(maxlen=KEPT_LINES)
        self.top = 0
        self._other: tuple[Buffer, Any] | None = None
        super().__init__(columns, lines, answer)

    @property
    def first(self) -> int:
        """The number of the oldest line that is kept."""
        return self.top - len(self.history)

    @property
    def has_application_keys(self) -> bool:
        """Whether arrows are told in their other form."""
        return _APPLICATION_KEYS in self.mode

    @property
    def is_pasting_told(self) -> bool:
        """Whether the guest wants to know what is pasted, and so runs no line of it by itself."""
        return _BRACKETED in self.mode

    def line(self, number: int) -> Line:
        """Return a line, of those that are kept and those on the screen."""
        if number < self.top:
            return self.history[number - self.first]
        return line_of(self.buffer.get(number - self.top, {}), self.columns)

    def text(self, first: int, end: int) -> str:
        """Return the lines from one on up to another, without empty ones at the end."""
        lines = [text_of(self.line(number)) for number in range(first, end)]
        return "\n".join(lines).rstrip()

    def keep(self, line: Line) -> None:
        """Put a line of ours among those that scrolled away."""
        self.history.append(line)
        self.top += 1

    def clear(self) -> None:
        """Keep nothing of what was shown, but the line where the cursor is."""
        row = self.buffer.get(self.cursor.y)
        self.history.clear()
        self.buffer.clear()
        if row is not None:
            self.buffer[0] = row
        self.cursor.y = 0
        self.dirty.update(range(self.lines))

    @override
    def reset(self) -> None:
        self._other = None
        self.savepoints.clear()
        super().reset()

    @override
    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Have another size: what has no room above the cursor scrolls away."""
        lines, columns = lines or self.lines, columns or self.columns
        for _ in range(max(0, self.cursor.y - lines + 1)):
            self._scroll_away()
            self._shift()
            self.cursor.y -= 1
        _cut(self.buffer, lines, columns)
        if self._other:
            _cut(self._other[0], lines, columns)
        self.tabstops.update(range(8, columns, 8))
        self.tabstops = {stop for stop in self.tabstops if stop < columns}
        self.lines, self.columns = lines, columns
        self.margins = None
        self.ensure_hbounds()
        self.ensure_vbounds()
        self.dirty.update(range(lines))

    @override
    def index(self) -> None:
        margins = self.margins
        if margins is None and self.cursor.y == self.lines - 1:
            self._scroll_away()
            self._shift()
            return
        if margins and margins.top == 0 and self.cursor.y == margins.bottom:
            self._scroll_away()
        super().index()

    @override
    def set_mode(self, *numbers: int, **kwargs: Any) -> None:
        if kwargs.get("private"):
            if _SAVES.intersection(numbers):
                self.save_cursor()
            if _ALTERNATE.intersection(numbers) and self._other is None:
                self._other = (self.buffer, copy(self.cursor))
                self._use(type(self.buffer)(self.buffer.default_factory))  # type: ignore[attr-defined]
        super().set_mode(*numbers, **kwargs)

    @override
    def reset_mode(self, *numbers: int, **kwargs: Any) -> None:
        if kwargs.get("private"):
            if _ALTERNATE.intersection(numbers) and self._other is not None:
                buffer, self._other = self._other[0], None
                self._use(buffer)
            if _SAVES.intersection(numbers):
                self.restore_cursor()
        super().reset_mode(*numbers, **kwargs)

    def scroll_up(self, count: int = 1) -> None:
        """Move the lines between the margins up."""
        self._scroll(count, self.delete_lines)

    def scroll_down(self, count: int = 1) -> None:
        """Move the lines between the margins down."""
        self._scroll(count, self.insert_lines)

    def _scroll(self, count: int, act: Callable[[int], None]) -> None:
        place = copy(self.cursor)
        self.cursor.y = (self.margins or Margins(0, self.lines - 1)).top
        act(max(1, min(count, self.lines)))
        self.cursor.x, self.cursor.y = place.x, place.y

    def _scroll_away(self) -> None:
        if self._other is None:
            self.keep(line_of(self.buffer.get(0, {}), self.columns))

    def _shift(self) -> None:
        """Move all lines up by one, which is what happens most."""
        rows = {y - 1: row for y, row in self.buffer.items() if y > 0}
        self.buffer.clear()
        self.buffer.update(rows)
        self.dirty.update(range(self.lines))

    def _use(self, buffer: Buffer) -> None:
        self.buffer = buffer
        self.margins = None
        self.dirty.update(range(self.lines))


class TerminalStream(Stream):
    """pyte's parser, which also knows how to scroll; characters come decoded."""

    csi = {**Stream.csi, "S": "scroll_up", "T": "scroll_down"}  # noqa: RUF012  # as pyte has it

    def __init__(self, screen: TerminalScreen) -> None:
        super().__init__(screen)
        self.use_utf8 = False  # that would only have it leave the line-drawing characters out


def _cut(buffer: Buffer, lines: int, columns: int) -> None:
    for y in [y for y in buffer if y >= lines]:
        del buffer[y]
    for row in buffer.values():
        for x in [x for x in row if x >= columns]:
            del row[x]
