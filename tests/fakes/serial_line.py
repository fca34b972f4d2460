"""A serial port in memory: `write` is the guest, `sent` what it was told."""

from collections.abc import Callable

from typing_extensions import override

from backend.errors import Problem
from backend.interruptions import SerialEnded
from backend.serial.channel import Board, News, SerialChannel


class FakePort(SerialChannel):
    """A port whose guest does what the test says."""

    def __init__(self) -> None:
        self.sent = b""
        self.reads = True
        self.is_closed = False
        self._board = Board()

    def write(self, data: bytes) -> None:
        """Have the guest write."""
        self._board.put(data)

    def end(self, reason: Problem | None = None) -> None:
        """Have the other side close it."""
        self._board.end(reason or SerialEnded().problem)

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self._board.listen(wake)

    @override
    def take(self) -> News:
        return self._board.take()

    @override
    def send(self, data: bytes) -> bool:
        if self.reads:
            self.sent += data
        return self.reads

    @override
    def close(self) -> None:
        self.is_closed = True
        self._board.listen(None)
