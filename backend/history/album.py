"""Keeps what machines showed, in a thread of its own: nobody who keeps or asks waits for a disk."""

import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final, TypeVar

from backend.history.screens import Screen, Screens
from backend.model import Kind, Ref

log = logging.getLogger(__name__)
T = TypeVar("T")
_WAITING: Final = 50
_CLOSE_DEADLINE_S: Final = 3.0


class Album:
    """Pictures of machines. Its methods may be called from any thread and return at once.

    They are a help and nothing more: what cannot be kept is dropped, and a file that is damaged is
    begun anew. There is a file only once something is kept or asked for. `path` None keeps them in
    memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._places: dict[str, str] = {}
        self._screens: Screens | None = None
        self._tasks: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._is_closed = False
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="album", daemon=True)
        self._thread.start()

    def name_host(self, host: str, place: str) -> None:
        """Keep what is of the host of this id under a name that is the same from day to day."""
        self._places[host] = place

    def keep(self, ref: Ref, at: float, picture: bytes) -> None:
        """Have a picture kept of what a machine showed at a moment (Unix seconds)."""
        if self._tasks.qsize() < _WAITING:  # a disk that hangs holds no more than these
            self._put(lambda: self._open().keep(self._named(ref), at, picture))

    def shown(
        self, ref: Ref, stretches: Sequence[tuple[float, float]], known: frozenset[int]
    ) -> "Future[tuple[Screen | None, ...]]":
        """Return for each stretch of time the last picture that was seen in it, if there is one.

        Those of the ids that are known come without the picture itself. None are told where the
        file cannot be read.
        """
        future: Future[tuple[Screen | None, ...]] = Future()

        def answer() -> None:
            if not future.set_running_or_notify_cancel():
                return
            found: tuple[Screen | None, ...] = (None,) * len(stretches)
            try:
                found = self._open().shown(self._named(ref), stretches, known)
            finally:
                future.set_result(found)

        if not self._put(answer):
            future.set_result((None,) * len(stretches))
        return future

    def close(self) -> None:
        """Have all kept and the thread joined; a disk that hangs is not waited for."""
        self._is_closed = True
        self._tasks.put(None)
        self._thread.join(_CLOSE_DEADLINE_S)

    def _named(self, ref: Ref) -> Ref:
        return Ref(self._places.get(ref.host, ref.host), Kind.DOMAIN, ref.key)

    def _put(self, task: Callable[[], object]) -> bool:
        if self._is_closed:
            return False
        self._tasks.put(task)
        return True

    def _open(self) -> Screens:
        if self._screens is None:
            try:
                self._screens = Screens(self._path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) or self._path is None:
                    raise
                for ending in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
                self._screens = Screens(self._path)
        return self._screens

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
            except Exception:
                log.exception("the album goes on without what it could not take")
        if self._screens:
            self._screens.close()

    def _give_up(self, error: Exception) -> None:
        """Try again with the next picture; a disk that is full may have room by then."""
        if (words := repr(error)) not in self._said:
            self._said.add(words)
            log.info("no picture is kept: %s", words)
        screens, self._screens = self._screens, None
        if screens:
            with contextlib.suppress(sqlite3.Error):
                screens.close()
