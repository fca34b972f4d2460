"""Bytes that have come and are not read yet, in one block that never grows."""

from collections.abc import Generator

POUR_LEAST = 1 << 15
"""Fewer bytes are received with what follows them: two calls cost more than a copy."""

CAPACITY = 1 << 20
PIECE = 1 << 18
"""At most so many bytes are asked for at once."""

Steps = Generator[int, None, None]
"""A reading in progress: it yields how many bytes it waits for, and goes on when they are there."""


class Inbox:
    """A block, and where in it the next byte is read (`at`) and received (`end`).

    While something is poured, what comes goes to its place at once and not by the block.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.block = bytearray(capacity)
        self.at = self.end = 0
        self._place: memoryview | None = None

    def room(self) -> memoryview:
        """Return where the next bytes may be received; what is left unread moves to the front."""
        if self._place is not None:
            return self._place
        left = self.end - self.at
        if left == 0:
            self.at = self.end = 0
        elif self.at > len(self.block) // 2:
            self.block[:left] = self.block[self.at : self.end]
            self.at, self.end = 0, left
        return memoryview(self.block)[self.end :]

    def received(self, count: int) -> None:
        """So many bytes were put there."""
        if self._place is None:
            self.end += count
        else:
            self._place = self._place[count:] or None

    @property
    def is_pouring(self) -> bool:
        """Whether what is received next goes to its place at once."""
        return self._place is not None

    def pour(self, place: memoryview) -> Steps:
        """Have the next bytes in this place; of those that did not come yet none is copied."""
        count = min(len(place), self.end - self.at)
        place[:count] = memoryview(self.block)[self.at : self.at + count]
        self.at += count
        self._place = place[count:] or None
        while self._place is not None:
            yield 0

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
