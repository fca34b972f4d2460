"""What an export that was cut off left behind: found in the folder that it was to go to. Blocking.

Whoever fills such a folder has it locked, so that nobody takes it for one. On some network drives
a lock is known to one computer alone: so a folder says by its name which computer fills it, and
that of another one counts as left only when nobody wrote to it for long.
"""

import contextlib
import fcntl
import functools
import hashlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.packages import FolderUnfit

PREFIX: Final = ".celadon-export-"
_NAME_MOST: Final = 60
_QUIET_S: Final = 3600.0
"""Where locks say nothing (some network drives), one that nobody wrote to for as long is it."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A folder with a part of a package, and how much room it takes."""

    path: Path
    used_bytes: int


class Workshop:
    """A new hidden folder beside `path` that is being filled. It is locked until it is closed."""

    def __init__(self, path: Path) -> None:
        prefix = f"{_ours()}{path.name[:_NAME_MOST]}-"
        self.place = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
        self._lock = os.open(self.place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with contextlib.suppress(OSError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        """Nobody fills it any more."""
        os.close(self._lock)


def find(folder: Path) -> tuple[Leftover, ...]:
    """Return what lies in a folder of exports of this user that ended before they were done."""
    try:
        with os.scandir(folder) as entries:
            found = [Path(one.path) for one in entries if _is_ours(one)]
    except OSError:
        return ()
    return tuple(Leftover(path, _used(path)) for path in sorted(found) if _is_abandoned(path))


def discard(path: Path) -> None:
    """What an export left at `path` is gone. Raises FolderUnfit, also if it is none any more."""
    if path not in {one.path for one in find(path.parent)}:
        raise FolderUnfit(path=str(path), detail=("an export is at it, or it is gone",))
    try:
        shutil.rmtree(path)
    except OSError as error:
        raise FolderUnfit(path=str(path), detail=(error.strerror or str(error),)) from error


@functools.cache
def _ours() -> str:
    """Return how the name begins of a folder that this computer fills."""
    try:
        told = Path("/etc/machine-id").read_text()
    except OSError:
        told = ""
    mark = hashlib.sha256(f"{told} {platform.node()}".encode()).hexdigest()[:8]
    return f"{PREFIX}{mark}-"


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    return (
        entry.name.startswith(PREFIX)
        and entry.is_dir(follow_symlinks=False)
        and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
    )


def _is_abandoned(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return _is_quiet(path)
    finally:
        os.close(descriptor)
    return path.name.startswith(_ours()) or _is_quiet(path)


def _is_quiet(path: Path) -> bool:
    now = time.time()
    newest = max((found.st_mtime for found in _all(path)), default=now)
    return now - newest > _QUIET_S


def _used(path: Path) -> int:
    return sum(found.st_blocks * 512 for found in _all(path))


def _all(path: Path) -> Iterator[os.stat_result]:
    """Yield what is known of a folder and all in it; it may be done, and gone, meanwhile."""
    inside = (
        Path(parent, name)
        for parent, folders, names in os.walk(path)
        for name in (*folders, *names)
    )
    for one in (path, *inside):
        with contextlib.suppress(OSError):
            yield one.lstat()
