"""One channel for all who look at a screen in this program: a tab, a window of its own, a tile.

QEMU's D-Bus display has one client, and a VNC server encodes each pixel anew for each. So a screen
is fetched once: whoever takes what is new takes it for all, each at a pace of its own, and the
fastest sets that of the server.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

from typing_extensions import override

from backend.display.channel import Board, ChannelState, FramebufferChannel, News, Standing
from backend.display.input import Event
from backend.errors import DisplayEnded


class SharedScreen:
    """Owns a channel for as long as it has a view. Views may be used from any thread.

    `on_closed` is called once it is let go, on the thread of whoever looked last.
    """

    def __init__(
        self, channel: FramebufferChannel, on_closed: Callable[[], None] = lambda: None
    ) -> None:
        self._channel = channel
        self._on_closed = on_closed
        self._views: list[_View] = []
        # Never held while a view or the channel is told something: those have locks of their own.
        self._lock = threading.Lock()
        self._pulling = threading.Lock()
        self._last = News(Standing())
        self._is_closed = False
        self._rings = 0
        channel.listen(self._ring)

    @property
    def is_over(self) -> bool:
        """Whether nothing comes from here any more."""
        return self._is_closed or self._last.standing.state is ChannelState.ENDED

    @property
    def rings(self) -> int:
        """How often the channel had something new."""
        return self._rings

    @property
    def last(self) -> News:
        """How it stood when somebody looked last, and the surface, which is as it is now."""
        return self._last

    def view(self) -> FramebufferChannel:
        """Return a channel of one's own to the same screen; with the last the screen is let go."""
        view = _View(self)
        with self._lock:
            self._views.append(view)
        view.board.put(self._last.standing, self._last.surface, tally=self._last.tally)
        view.board.ring()
        return view

    def end(self) -> None:
        """Let the screen go now; who still looks is told that it ended."""
        with self._lock:
            is_first = not self._is_closed
            self._is_closed = True
        if is_first:
            self._channel.close()
            self._say_the_end()
            self._on_closed()

    # What the views call

    def pull(self, by: "_View") -> News:
        """Return what is new for one of the views; the others are told of it."""
        with self._pulling:
            if self._is_closed:
                return by.board.take()
            self._last = news = self._channel.take()
            for view in self._all():
                if view is not by:
                    view.board.put(*news)
            return by.board.take(news)

    def bell(self) -> int | None:
        """Return what can be read while there is a picture."""
        return self._channel.bell()

    def send(self, events: tuple[Event, ...]) -> None:
        """Have the guest feel this."""
        self._channel.send(*events)

    def resize(self, width: int, height: int) -> None:
        """Ask the guest for another size."""
        self._channel.resize(width, height)

    def leave(self, view: "_View") -> None:
        """One looks no more."""
        with self._lock:
            if view in self._views:
                self._views.remove(view)
            is_last = not self._views and not self._is_closed
            self._is_closed |= is_last
        if is_last:
            self._channel.close()
            self._on_closed()

    def _say_the_end(self) -> None:
        with self._pulling:
            reason = DisplayEnded().problem
            ended = replace(self._last.standing, state=ChannelState.ENDED, reason=reason)
            for view in self._all():
                view.board.put(ended)

    def _ring(self) -> None:
        self._rings += 1
        for view in self._all():
            view.board.ring()

    def _all(self) -> "tuple[_View, ...]":
        with self._lock:
            return tuple(self._views)


class _View(FramebufferChannel):
    """What one of them sees."""

    def __init__(self, screen: SharedScreen) -> None:
        self.board = Board(Standing())
        self._screen = screen

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self.board.listen(wake)

    @override
    def bell(self) -> int | None:
        return self._screen.bell()

    @override
    def take(self) -> News:
        before = self._screen.rings
        news = self._screen.pull(self)
        if self._screen.rings != before:
            # What came meanwhile may be on nobody's board, and the channel tells of it once.
            self.board.ring()
        return news

    @override
    def send(self, *events: Event) -> None:
        self._screen.send(events)

    @override
    def resize(self, width: int, height: int) -> None:
        self._screen.resize(width, height)

    @override
    def close(self) -> None:
        self.board.silence()
        self._screen.leave(self)
