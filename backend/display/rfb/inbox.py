"""Bytes that have come and are not read yet, in one block that never grows."""

from collections.abc import Generator

CAPACITY = 1 << 20
PIECE = 1 << 18
"""At most so many bytes are asked for at once."""

Steps = Generator[int, None, None]
"""A reading in progress: it yields how many bytes it waits for, and goes on when they are there."""


class Inbox:
    """A block, and where in it the next byte is read (`at`) and received (`end`)."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.block = bytearray(capacity)
        self.at = self.end = 0

    def room(self) -> memoryview:
        """Return where the next bytes may be received; what is left unread moves to the front."""
        left = self.end - self.at
        if left == 0:
            self.at = self.end = 0
        elif self.at > len(self.block) // 2:
            self.block[:left] = self.block[self.at : self.end]
            self.at, self.end = 0, left
        return memoryview(self.block)[self.end :]

    def received(self, count: int) -> None:
        """So many bytes were put there."""
        self.end += count

    def take(self, count: int) -> bytes:
        """Return the next bytes, which have to be there."""
        start = self.at
        self.at += count
        return bytes(self.block[start : self.at])

    @property
    def ready(self) -> int:
        """How many bytes can be read now."""
        return self.end - self.at


def wait(inbox: Inbox, count: int) -> Steps:
    """Go on once so many bytes are there."""
    while inbox.end - inbox.at < count:
        yield count


def skip(inbox: Inbox, count: int) -> Steps:
    """Pass over so many bytes, of which the block need not hold all."""
    while count:
        yield from wait(inbox, 1)
        part = min(count, inbox.ready)
        inbox.at += part
        count -= part
