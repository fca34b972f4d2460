"""Keeps what machines showed, in a thread of its own: nobody who keeps or asks waits for a disk."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from backend.errors import Problem
from backend.history.failures import ScreensDamaged, ScreensFull, ScreensNewer, ScreensRefused
from backend.history.screens import Screen, Screens
from backend.keeping.custody import FileCustody, Words
from backend.keeping.desk import Desk
from backend.model import Kind, Ref

_WAITING: Final = 50
_IDLE_S: Final = 3600.0
_WORDS: Final = Words("the album", ScreensFull, ScreensRefused, ScreensDamaged, ScreensNewer)
Stretches = Sequence[tuple[float, float]]


class Album:
    """Pictures of machines. Its methods may be called from any thread and return at once.

    They are a help and nothing more: what cannot be kept is dropped, and `problem` says why. There
    is a file only once something is kept or asked for. `path` None keeps them in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._places: dict[str, str] = {}
        self._custody: FileCustody[Screens] = FileCustody(path, lambda: Screens(path), _WORDS)
        self._is_closed = False
        self._desk = Desk("album", _Pages(self._custody))

    @property
    def problem(self) -> Problem | None:
        """Why no picture is kept, or what became of those of before."""
        return self._custody.problem

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self._places[host] = place

    def keep(self, ref: Ref, at: float, picture: bytes) -> None:
        """Have a picture kept of what a machine showed at a moment (Unix seconds)."""
        # A disk that hangs holds no more than these.
        if not self._is_closed and self._desk.waiting < _WAITING:
            named = self._named(ref)
            self._desk.put(lambda: self._custody.write(lambda s: s.keep(named, at, picture)))

    def shown(
        self, ref: Ref, stretches: Stretches, known: frozenset[int]
    ) -> "Future[tuple[Screen | None, ...]]":
        """Return for each stretch of time the last picture that was seen in it, as `Screens` does.

        Those of the ids that are known come without the picture itself. None are told where the
        file cannot be read.
        """
        none: tuple[Screen | None, ...] = (None,) * len(stretches)
        if self._is_closed:
            future: Future[tuple[Screen | None, ...]] = Future()
            future.set_result(none)
            return future
        named = self._named(ref)
        return self._desk.ask(
            lambda: self._custody.attempt(lambda s: s.shown(named, stretches, known), none)
        )

    def close(self) -> None:
        """Have all kept and the thread joined; a disk that hangs is not waited for."""
        self._is_closed = True
        self._desk.close()

    def _named(self, ref: Ref) -> Ref:
        return Ref(self._places.get(ref.host, ref.host), Kind.DOMAIN, ref.key)


class _Pages:
    """What the desk does for the album: nothing that it is not asked for."""

    wait_s = _IDLE_S

    def __init__(self, custody: FileCustody[Screens]) -> None:
        self._custody = custody

    def rest(self) -> None:
        """Nothing waits."""

    def after(self, desk: Desk) -> None:
        """Nothing is due."""

    def close(self) -> None:
        """Let the file go."""
        self._custody.close()
