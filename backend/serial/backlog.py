"""What a guest wrote and nobody has read: never more than a bound, whatever the guest writes."""

from dataclasses import dataclass
from typing import Final

MAXIMUM_BYTES: Final = 512 * 1024
KEPT_BYTES: Final = 32 * 1024
"""What is left of too much: some screenfuls, which are read in a moment."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came, in order: `lost` came before `data`, and nobody will see it."""

    data: bytes = b""
    lost: bytes = b""
    """The last of what was lost, at most `KEPT_BYTES`: a terminal looks there for its modes."""
    lost_bytes: int = 0
    lost_lines: int = 0


class Backlog:
    """Bytes that wait to be read. When they become too many, only the newest are kept."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._lost = b""
        self._lost_bytes = self._lost_lines = 0

    def add(self, data: bytes) -> None:
        """Keep this too."""
        self._parts.append(data)
        self._size += len(data)
        if self._size > MAXIMUM_BYTES:
            self._lose(b"".join(self._parts))

    def take(self) -> Heard:
        """Return all that is kept, and keep it no longer."""
        heard = Heard(b"".join(self._parts), self._lost, self._lost_bytes, self._lost_lines)
        self._parts, self._size = [], 0
        self._lost, self._lost_bytes, self._lost_lines = b"", 0, 0
        return heard

    def _lose(self, data: bytes) -> None:
        # From the beginning of a line, so that no escape sequence is torn apart.
        start = data.find(b"\n", len(data) - KEPT_BYTES) + 1 or len(data) - KEPT_BYTES
        self._lost_bytes += start
        self._lost_lines += data.count(b"\n", 0, start)
        self._lost = data[max(0, start - KEPT_BYTES) : start]
        self._parts, self._size = [data[start:]], len(data) - start
