"""What came and is not shown yet, shown a little at a time: however much it is, nobody waits."""

import time
from collections.abc import Callable
from typing import Final

from console.widgets.terminal_screen import TerminalScreen, TerminalStream
from console.widgets.terminal_sieve import Sieve, modes_in

# The most expensive that can stand in so many bytes takes some hundredths of a second.
_SLICE: Final = 512
_ANSWERS: Final = 32
"""In one turn: who asks more often where the cursor is does not want to know it."""


class Intake:
    """Between what a guest writes and the screen that shows it."""

    def __init__(self, columns: int, lines: int, answer: Callable[[bytes], None]) -> None:
        self._tell = answer
        self._answers = 0
        self._rest, self._at = b"", 0
        self._sieve = Sieve()
        self.screen = TerminalScreen(columns, lines, self._answer)
        self._stream = TerminalStream(self.screen)

    @property
    def is_busy(self) -> bool:
        """Whether something waits to be shown."""
        return self._at < len(self._rest)

    def put(self, data: bytes) -> None:
        """Show this too, when there is time."""
        self._rest, self._at = self._rest[self._at :] + data, 0

    def skip(self, lost: bytes, words: str) -> None:
        """Say in words that something is not shown, and keep the modes that it switched."""
        self._show(self._rest[self._at :])
        self._rest, self._at, self._sieve = b"", 0, Sieve()
        self._show(modes_in(lost) + b"\x1b[m\r\n")
        self._show(f"\x1b[7m {words} \x1b[m\r\n".encode())

    def work(self, seconds: float) -> None:
        """Show some of what waits, for about so long."""
        end = time.monotonic() + seconds
        self._answers = 0
        while self.is_busy and time.monotonic() < end:
            self._at += _SLICE
            self._show(self._rest[self._at - _SLICE : self._at])

    def _show(self, part: bytes) -> None:
        self._stream.feed(self._sieve.strain(part))

    def _answer(self, text: str) -> None:
        self._answers += 1
        if self._answers <= _ANSWERS:
            self._tell(text.encode())
