"""A screen made up in this process: for tests, benchmarks and the machines of fake hosts."""

from collections.abc import Callable
from dataclasses import replace

from typing_extensions import override

from backend.display.channel import (
    Board,
    ChannelState,
    FramebufferChannel,
    News,
    PointerMode,
    Standing,
    Tally,
)
from backend.display.input import Event, Leds
from backend.display.surface import Cursor, Rect, Surface
from backend.errors import Problem


class SyntheticChannel(FramebufferChannel):
    """A screen that does what its maker says; `sent` is what was done at it."""

    def __init__(self, width: int = 640, height: int = 480) -> None:
        self.surface = Surface(width, height)
        self.sent: list[Event] = []
        self.is_closed = False
        self._updates = 0
        self._board = Board(Standing(ChannelState.LIVE, transport="synthetic", can_resize=True))
        self._board.put(self._board.standing, self.surface)

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self._board.listen(wake)

    @override
    def take(self) -> News:
        return self._board.take()

    @override
    def send(self, *events: Event) -> None:
        self.sent.extend(events)

    @override
    def resize(self, width: int, height: int) -> None:
        larger = Surface(width, height)
        larger.copy_from(self.surface)
        self.surface = larger
        self._board.put(self._board.standing, larger)

    @override
    def close(self) -> None:
        self.is_closed = True
        self._board.silence()

    # What the maker calls

    def fill(self, rect: Rect, colour: int) -> None:
        """Paint a rectangle in 0xRRGGBB, and tell of it."""
        self.surface.pixels[rect.y : rect.bottom, rect.x : rect.right] = colour
        self._updates += 1
        self._board.put(self._board.standing, damage=(rect,), tally=Tally(self._updates))

    def change(
        self,
        *,
        pointer: PointerMode | None = None,
        cursor: Cursor | None = None,
        leds: Leds | None = None,
    ) -> None:
        """Change what is given."""
        now = self._board.standing
        self._board.put(
            replace(
                now,
                pointer=pointer or now.pointer,
                cursor=cursor or now.cursor,
                leds=now.leds if leds is None else leds,
            )
        )

    def end(self, reason: Problem) -> None:
        """The screen is gone."""
        self._board.put(replace(self._board.standing, state=ChannelState.ENDED, reason=reason))
