"""A file of ours in SQLite, on good and bad days. Blocking, and for one thread.

Opened when it is first needed; damaged, it is set aside under another name and a new one begun; on
a full disk, or where it may not be written, it is tried again after a while. Each is said once.
"""

import contextlib
import fcntl
import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from backend.errors import BackendError, Problem
from backend.keeping.file import DamagedFile, NewerFile

log = logging.getLogger(__name__)
T = TypeVar("T")


class OpenFile(Protocol):
    """A file that is open."""

    def close(self) -> None:
        """Let it go."""

    def is_displaced(self) -> bool:
        """Whether another file, or none, lies where this one was opened."""


S = TypeVar("S", bound=OpenFile)


@dataclass(frozen=True, slots=True)
class Words:
    """What a file is called in the log, and what becomes of it on bad days."""

    noun: str
    full: type[BackendError]
    refused: type[BackendError]
    damaged: type[BackendError]
    newer: type[BackendError]


RETRY_S: Final = 20.0
_RETRY_BUSY_S: Final = 1.0
_ROOM_BYTES: Final = 1024**2
_FORMER = ("-wal", "-shm", "")
"""In this order: a write-ahead log beside a file that is not its own would be written into it."""


class FileCustody(Generic[S]):
    """Has a file open, if it can be had. `problem` is why not, or what became of it.

    `opened` opens it; it raises sqlite3.Error, OSError, DamagedFile or NewerFile.
    """

    def __init__(self, path: Path | None, opened: Callable[[], S], words: Words) -> None:
        self._path = path
        self._open = opened
        self._words = words
        self._store: S | None = None
        self._retry_at = 0.0
        self.problem: Problem | None = None
        self.turn = 0
        """Which file in a row is open: another one may not have what the last one had."""

    @property
    def is_refused(self) -> bool:
        """Whether writing failed and is not to be tried again yet."""
        return time.monotonic() < self._retry_at

    def try_now(self) -> None:
        """Wait no longer until the next try."""
        self._retry_at = 0.0

    def attempt(self, work: Callable[[S], T], otherwise: T) -> T:
        """Return what `work` makes of the file; `otherwise`, if that cannot be done now."""
        if self._store is None and self.is_refused:
            return otherwise
        for _ in range(2):  # the second time with a new file
            try:
                return work(self._opened())
            except NewerFile:
                self._refuse(self._words.newer(path=str(self._path)))
            except sqlite3.Error as error:
                if _is_damaged(error) and self._set_aside():
                    continue
                self._refuse_for(error)
            except OSError as error:
                self._let_go()
                self._refuse(self._words.refused(path=str(self._path), detail=(str(error),)))
            return otherwise
        return otherwise

    def write(self, work: Callable[[S], None]) -> bool:
        """Have `work` written; return whether it was. After that nothing is wrong any more."""

        def write(store: S) -> bool:
            work(store)
            return True

        is_written = self.attempt(write, otherwise=False)
        damaged = self._words.damaged.message_id
        if is_written and self.problem and self.problem.message_id != damaged:
            log.info("%s is kept again", self._words.noun)
            self.problem = None
        return is_written

    def close(self) -> None:
        """Let the file go."""
        self._let_go()

    def _opened(self) -> S:
        if self._store and self._store.is_displaced():
            self._let_go()  # somebody else has set it aside, or deleted it
        if self._store is None:
            if self._path is not None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store = self._open()
            self.turn += 1
        return self._store

    def _let_go(self) -> None:
        store, self._store = self._store, None
        if store:
            with contextlib.suppress(sqlite3.Error):
                store.close()

    def _refuse_for(self, error: sqlite3.Error) -> None:
        if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._retry_at = time.monotonic() + _RETRY_BUSY_S
        elif _code(error) == sqlite3.SQLITE_FULL or self._has_no_room():
            self._refuse(self._words.full(path=str(self._path)))
        else:
            self._let_go()
            self._refuse(self._words.refused(path=str(self._path), detail=(str(error),)))

    def _refuse(self, error: BackendError) -> None:
        self._retry_at = time.monotonic() + RETRY_S
        if self.problem is None or self.problem.message_id != error.message_id:
            log.warning("%s is not kept: %s", self._words.noun, error)
        self.problem = error.problem

    def _has_no_room(self) -> bool:
        # A full disk shows in other ways too, for example when the shared memory cannot grow.
        with contextlib.suppress(OSError):
            if self._path:
                return shutil.disk_usage(self._path.parent).free < _ROOM_BYTES
        return False

    def _set_aside(self) -> bool:
        """Give a damaged file another name; return whether another one can be opened now."""
        failed, path = self._store, self._path
        if path is None:
            self._let_go()
            return False
        try:
            with _locked(path.with_name(f"{path.name}.lock")):
                # A large one is not read through as it is opened: that it opens says nothing.
                is_mended = failed.is_displaced() if failed else self._is_mended()
                self._let_go()
                if not is_mended:
                    stamp = time.strftime("%Y%m%d-%H%M%S")
                    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
                    for part in _FORMER:
                        with contextlib.suppress(FileNotFoundError):
                            Path(f"{path}{part}").replace(f"{aside}{part}")
                    problem = self._words.damaged(path=str(aside))
                    log.warning("%s was damaged and is begun anew: %s", self._words.noun, problem)
                    self.problem = problem.problem
        except OSError as error:
            self._let_go()
            log.info("%s: %s", path, error)
            return False
        return True

    def _is_mended(self) -> bool:
        """Whether another console has meanwhile put a sound file there."""
        try:
            self._open().close()
        except (sqlite3.Error, NewerFile) as error:
            return not _is_damaged(error)
        return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF  # without the extended part


def _is_damaged(error: BaseException) -> bool:
    codes = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, DamagedFile) or _code(error) in codes
