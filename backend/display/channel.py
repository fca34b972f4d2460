"""What every viewer of a screen holds, whatever carries it; after Hyper-V's video device.

A channel works on a thread of its own. It calls whoever listens once for all that is new until
that is taken, so a viewer that is busy has no backlog, and one that does not look costs nothing.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from backend.display.input import Event, Leds
from backend.display.surface import Cursor, Damage, Rect, Surface
from backend.errors import Problem


class ChannelState(Enum):
    """Where a channel stands. From `ENDED` there is no way back."""

    CONNECTING = "connecting"
    LIVE = "live"
    ENDED = "ended"


class Transport(Enum):
    """How a screen is to be had. `BEST` is the cheapest that works, and says why if it is not."""

    BEST = "best"
    DBUS = "dbus"
    """QEMU's D-Bus display, which whoever asked last has for itself: it is taken from others."""
    VNC = "vnc"


class PointerMode(Enum):
    """What the guest's pointing device understands."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Standing:
    """All of a channel but its pixels. `reason` says why it ended, None if it was closed here.

    `transport` is its name for people, `kind` the same for programs; `remark` says why it is no
    better one. While nothing but pixels is new it stays the same object.
    """

    state: ChannelState = ChannelState.CONNECTING
    reason: Problem | None = None
    transport: str = ""
    kind: Transport = Transport.VNC
    remark: Problem | None = None
    pointer: PointerMode = PointerMode.ABSOLUTE
    cursor: Cursor | None = None
    leds: Leds | None = None
    can_resize: bool = False
    takes_input: bool = True


class Tally(NamedTuple):
    """Pictures and bytes, from the beginning."""

    updates: int = 0
    received_bytes: int = 0


class News(NamedTuple):
    """What is new since the last look; `surface` is None before there is a picture."""

    standing: Standing
    surface: Surface | None = None
    damage: tuple[Rect, ...] = ()
    tally: Tally = Tally()


class FramebufferChannel(ABC):
    """One screen of one machine. All of it may be called from any thread and returns at once."""

    @abstractmethod
    def listen(self, wake: Callable[[], None]) -> None:
        """Have `wake` called, on whatever thread, when there is news and none was told yet."""

    def bell(self) -> int | None:
        """Return a descriptor that can be read while there is a picture, for the caller to close.

        From then on only that tells of pictures, and `listen` of all else; None: `listen` tells
        of all. Nothing is to be read from it: `take` does.
        """
        return None

    @abstractmethod
    def take(self) -> News:
        """Return what is new; whoever takes it is ready for more."""

    @abstractmethod
    def send(self, *events: Event) -> None:
        """Have the guest feel these keys and moves, in this order."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Ask the guest for another size, in pixels; it need not obey."""

    @abstractmethod
    def close(self) -> None:
        """Let the screen go; nothing is told from here on."""


class Board:
    """Where a channel's thread writes what is new and a viewer takes it: the lock between them."""

    def __init__(self, standing: Standing) -> None:
        self._lock = threading.Lock()
        self._standing = standing
        self._surface: Surface | None = None
        self._damage = Damage()
        self._tally = Tally()
        self._wake: Callable[[], None] | None = None
        self._is_told = False
        self._is_new = False

    @property
    def standing(self) -> Standing:
        """How the channel stands now."""
        return self._standing

    def listen(self, wake: Callable[[], None]) -> None:
        """Call `wake` from now on, at once if there is something."""
        with self._lock:
            self._wake, self._is_told = wake, False
            self._tell()

    def silence(self) -> None:
        """Call nobody any more."""
        with self._lock:
            self._wake = None

    def put(
        self,
        standing: Standing,
        surface: Surface | None = None,
        damage: tuple[Rect, ...] = (),
        tally: Tally | None = None,
    ) -> None:
        """Tell what is new; another surface than before is new as a whole."""
        with self._lock:
            self._note(standing, surface, damage, tally)
            self._tell()

    def ring(self) -> None:
        """Have whoever listens look, though what is new is not known here yet."""
        with self._lock:
            self._is_new = True
            self._tell()

    def take(self, last: News | None = None) -> News:
        """Return what is new, `last` of all, and be ready to tell of more."""
        with self._lock:
            if last is not None:
                self._note(*last)
            self._is_told = self._is_new = False
            return News(self._standing, self._surface, self._damage.take(), self._tally)

    def _note(
        self,
        standing: Standing,
        surface: Surface | None = None,
        damage: tuple[Rect, ...] = (),
        tally: Tally | None = None,
    ) -> None:
        if standing is not self._standing:
            self._is_new |= standing != self._standing
            self._standing = standing
        if tally is not None and tally != self._tally:
            self._tally, self._is_new = tally, True
        self._is_new |= bool(damage)
        if surface is not None and surface is not self._surface:
            self._surface, self._damage, self._is_new = surface, Damage(), True
            damage = (surface.whole,)
        for rect in damage:
            self._damage.add(rect)

    def _tell(self) -> None:
        # Under the lock, so that nobody is called after silence(); a wake only posts.
        if self._is_new and not self._is_told and self._wake is not None:
            self._is_told = True
            self._wake()
