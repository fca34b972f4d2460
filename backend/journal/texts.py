"""The definitions of now, and which of them the journal's file has. For one thread."""

import zlib
from collections.abc import Iterable
from typing import Final

_MOST: Final = 5_000


class Texts:
    """What was told of machines, by its mark: of what is too much, what was told last is known.

    A file that is begun anew is given them all: what a machine was before its next change is in it
    then, and so that change can be undone.
    """

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}
        self._kept: set[str] = set()
        self._turn = 0

    def learn(self, mark: str, text: str) -> bool:
        """Know a definition; return whether it is to be written."""
        packed = self._packed.pop(mark, None)
        self._packed[mark] = packed or zlib.compress(text.encode("utf-8", "surrogatepass"))
        while len(self._packed) > _MOST:
            oldest = next(iter(self._packed))
            del self._packed[oldest]
            self._kept.discard(oldest)
        return mark not in self._kept

    def unkept(self, turn: int) -> dict[str, str]:
        """Return what the file of this turn may not have at all: nothing, or all of it."""
        if turn == self._turn:
            return {}
        return {
            mark: zlib.decompress(packed).decode("utf-8", "surrogatepass")
            for mark, packed in self._packed.items()
        }

    def are_kept(self, marks: Iterable[str], turn: int) -> None:
        """The file of this turn has these, and what `unkept` told."""
        if turn != self._turn:
            self._turn, self._kept = turn, set(self._packed)
        self._kept |= self._packed.keys() & marks

    def may_be_forgotten(self) -> None:
        """The file has let go of what nothing named in it: what comes back is written again."""
        self._kept.clear()
