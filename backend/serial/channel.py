"""What every terminal holds of a machine's serial port, whatever carries the bytes.

What comes is kept within bounds until it is taken, and whoever listens is woken once for all that
is new. What goes is sent on a thread of the channel's own, since a guest that reads nothing can
hold up whoever writes to it.
"""

import itertools
import queue
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from typing_extensions import override

from backend.errors import BackendError, Problem
from backend.interruptions import SerialEnded
from backend.serial.backlog import Backlog, Heard

UNSENT_MAXIMUM: Final = 1024 * 1024
_PART: Final = 4096
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the last look. `reason` says why the line ended, None while it lives."""

    heard: Heard = field(default_factory=Heard)
    reason: Problem | None = None


class SerialChannel(ABC):
    """One serial port of one machine. All may be called from any thread and returns at once."""

    @abstractmethod
    def listen(self, wake: Callable[[], None]) -> None:
        """Have `wake` called, on whatever thread, when there is news and none was told yet."""

    @abstractmethod
    def take(self) -> News:
        """Return what is new; whoever takes it is ready for more."""

    @abstractmethod
    def send(self, data: bytes) -> bool:
        """Have the guest read this after what was sent before; False if too much waits already."""

    @abstractmethod
    def close(self) -> None:
        """Let the port go; nothing is told from here on."""


class Line(Protocol):
    """What carries the bytes: one open console of a hypervisor. `send` and `close` may block."""

    def begin(
        self, heard: Callable[[bytes], None], ended: Callable[[BackendError | None], None]
    ) -> None:
        """Tell what comes from now on, and once that nothing does any more."""

    def send(self, data: bytes) -> None:
        """Have the guest read this. Raises BackendError when the line has ended."""

    def close(self) -> None:
        """Let go of it. Never raises."""


class Board:
    """Where a line writes what came and a terminal takes it: the lock between them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._backlog = Backlog()
        self._reason: Problem | None = None
        self._wake: Callable[[], None] | None = None
        self._is_told = self._is_new = False

    def listen(self, wake: Callable[[], None] | None) -> None:
        """Call `wake` from now on, at once if there is something; None: call nobody."""
        with self._lock:
            self._wake, self._is_told = wake, False
            self._tell()

    def put(self, data: bytes) -> None:
        """Tell what came."""
        with self._lock:
            self._backlog.add(data)
            self._is_new = True
            self._tell()

    def end(self, reason: Problem) -> None:
        """Tell that nothing comes any more; only the first reason counts."""
        with self._lock:
            if self._reason is None:
                self._reason, self._is_new = reason, True
                self._tell()

    def take(self) -> News:
        """Return what is new, and be ready to tell of more."""
        with self._lock:
            self._is_told = self._is_new = False
            return News(self._backlog.take(), self._reason)

    def _tell(self) -> None:
        # Under the lock, so that nobody is called after listen(None); a wake only posts.
        if self._is_new and not self._is_told and self._wake is not None:
            self._is_told = True
            self._wake()


class LineChannel(SerialChannel):
    """A channel over a line, which is closed with it; one that is forgotten closes itself."""

    def __init__(self, line: Line) -> None:
        self._board = board = Board()
        self._outbox = _Outbox()
        line.begin(board.put, lambda error: board.end((error or SerialEnded()).problem))
        threading.Thread(
            target=_serve,
            args=(line, self._outbox, board),
            name=f"serial-{next(_numbers)}",
            daemon=True,
        ).start()
        self._let_go = weakref.finalize(self, self._outbox.close)

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self._board.listen(wake)

    @override
    def take(self) -> News:
        return self._board.take()

    @override
    def send(self, data: bytes) -> bool:
        return self._outbox.put(data)

    @override
    def close(self) -> None:
        self._board.listen(None)
        self._let_go()


class _Outbox:
    """What waits to be sent: bounded, since a guest that is paused reads nothing."""

    def __init__(self) -> None:
        self._parts: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._size = 0
        self.is_closed = False

    def put(self, data: bytes) -> bool:
        """Send it later, whole or not at all."""
        with self._lock:
            if self.is_closed or self._size + len(data) > UNSENT_MAXIMUM:
                return False
            self._size += len(data)
        for start in range(0, len(data), _PART):
            self._parts.put(data[start : start + _PART])
        return True

    def get(self) -> bytes | None:
        """Wait for the next part; None when it is closed, whatever still waits."""
        part = self._parts.get()
        if part is None or self.is_closed:
            return None
        with self._lock:
            self._size -= len(part)
        return part

    def close(self) -> None:
        """Send nothing more."""
        self.is_closed = True
        self._parts.put(None)


def _serve(line: Line, outbox: _Outbox, board: Board) -> None:
    """Send what there is to send, until the channel is closed; the line ends with that."""
    try:
        while (part := outbox.get()) is not None:
            try:
                line.send(part)
            except BackendError as error:
                board.end(error.problem)
    finally:
        line.close()
