"""A small file of JSON values by key that is whole at every moment, whoever writes it and dies.

It is replaced, never written into: what is new goes to a file beside it, to the disk, and then
under its name. The one before is kept, and taken when the file is damaged. Several programs may
hold the same file: under a lock, each changes its own keys in what the file says at that moment.

Blocks (disks and file servers do): for a thread beside the GUI's, see `console.bridge.keeper`.
"""

import contextlib
import errno
import fcntl
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final, TypeAlias, cast

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Values = dict[str, Json]


class Removed(Enum):
    """The change of a key that is to be there no more."""

    REMOVED = 0


REMOVED: Final = Removed.REMOVED
Changes: TypeAlias = "Mapping[str, Json | Removed]"

LOCK_DEADLINE_S = 5.0
SIZE_MAXIMUM_BYTES = 16 * 1024**2
_LOCK_LOOK_S = 0.02
_NO_LOCKS_HERE = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)
_NO_SYNC_HERE = (errno.EINVAL, errno.EOPNOTSUPP)


class Fault(Enum):
    """What can be wrong with such a file."""

    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NOT_PERMITTED = "not_permitted"
    FULL = "full"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault, and what was done about it. `detail` is the system's own word.

    A damaged file lies at `aside` now (None: it could not be moved); `is_restored` says that the
    file of before was taken in its place.
    """

    fault: Fault
    path: Path
    detail: str = ""
    aside: Path | None = None
    is_restored: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file says, and what was wrong with it, if anything was.

    `is_written`: the changes are on the disk (a damaged file that was set aside does not hinder).
    """

    values: Values = field(default_factory=dict)
    trouble: Trouble | None = None
    is_written: bool = False


class KeptFile:
    """The file at `path`; where a link stands, the file that it leads to."""

    def __init__(self, path: Path) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            path = path.resolve()
        self.path = path

    def read(self) -> Kept:
        """Return the values; none if there is no file. Does not raise.

        A damaged file is set aside, and the one of before stands in its place.
        """
        try:
            return Kept(_read(self.path))
        except FileNotFoundError:
            return Kept()
        except OSError as error:
            return Kept(trouble=Trouble(Fault.UNREADABLE, self.path, _words(error)))
        except ValueError as error:
            reason = str(error)
        try:
            with self._locked():
                return self._mended()
        except (OSError, TimeoutError):
            before = self._before()
            trouble = Trouble(Fault.DAMAGED, self.path, reason, None, before is not None)
            return Kept(before or {}, trouble)

    def change(self, changes: Changes, known: Values) -> Kept:
        """Have the file hold these changes; return all that it holds then. Does not raise.

        `known` is what the caller holds for true, for the case that nobody else does: the file is
        gone, or damaged.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._locked():
                kept = self._mended() if self.path.exists() else Kept()
                if kept.trouble or not self.path.exists():
                    kept = Kept({**kept.values, **known}, kept.trouble)
                after = _changed(kept.values, changes)
                if after != kept.values or kept.trouble or not self.path.exists():
                    self._write(after)
                return Kept(after, kept.trouble, is_written=True)
        except _Unreadable as error:
            return Kept(trouble=Trouble(Fault.UNREADABLE, self.path, str(error)))
        except TimeoutError:
            return Kept(trouble=Trouble(Fault.BUSY, self.path))
        except OSError as error:
            return Kept(trouble=Trouble(_fault(error), self.path, _words(error)))

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{suffix}")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Be the only one who writes. The lock of a process that dies goes with it."""
        lock = os.open(self._beside("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _take(lock)
            yield
        finally:
            os.close(lock)

    def _write(self, values: Values) -> None:
        # Nobody else is here, so what another left under this name when it died is not wanted.
        fresh = self._beside("new")
        try:
            _write(fresh, values)
            if self.path.exists():
                self._copy(self.path, self._beside("previous"))
            fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)
        _sync_folder(self.path.parent)

    def _mended(self) -> Kept:
        """Read it, under the lock; a damaged one is set aside, and the one of before stands there.

        Raises _Unreadable; OSError if it cannot be set aside.
        """
        try:
            return Kept(_read(self.path))
        except OSError as error:
            raise _Unreadable(_words(error)) from error
        except ValueError as error:
            reason = str(error)
        aside, before = self._beside("damaged"), self._before()
        self.path.replace(aside)
        if before is not None:
            self._copy(self._beside("previous"), self.path)
        return Kept(
            before or {}, Trouble(Fault.DAMAGED, self.path, reason, aside, before is not None)
        )

    def _before(self) -> Values | None:
        try:
            return _read(self._beside("previous"))
        except (OSError, ValueError):
            return None

    def _copy(self, source: Path, target: Path) -> None:
        """Have the same file under another name, whatever stood there: never a part of it."""
        copy = self._beside("copy")
        copy.unlink(missing_ok=True)
        try:
            copy.hardlink_to(source)
        except OSError:  # there are file systems without
            _write(copy, _read(source))
        copy.replace(target)
        copy.unlink(missing_ok=True)  # it stays if both were the same file already


class _Unreadable(Exception):
    """The file is there and cannot be read: writing would destroy what it says."""


def _read(path: Path) -> Values:
    """Return the values in a file. Raises ValueError if it is not one of ours, whole."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        content = file.read(SIZE_MAXIMUM_BYTES + 1)
    if len(content) > SIZE_MAXIMUM_BYTES:
        raise ValueError("too large")
    try:
        values = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError("no table of keys and values")  # noqa: TRY004  # a damaged file, not code
    return cast("Values", values)


def _write(path: Path, values: Values) -> None:
    """Have these values on the disk, in a file that nobody else may read."""
    text = json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        # What is no character (half of a pair) stands there as JSON writes it.
        file.write(text.encode("utf-8", "backslashreplace"))
        file.flush()
        sync(file.fileno())


def _changed(values: Values, changes: Changes) -> Values:
    after = {key: value for key, value in values.items() if changes.get(key) is not REMOVED}
    after.update({key: value for key, value in changes.items() if not isinstance(value, Removed)})
    return after


def _take(lock: int) -> None:
    """Take the lock. Raises TimeoutError; a file system without locks is taken as it is."""
    end = time.monotonic() + LOCK_DEADLINE_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError from None
            time.sleep(_LOCK_LOOK_S)
        except OSError as error:
            if error.errno in _NO_LOCKS_HERE:
                return
            raise
        else:
            return


def sync(descriptor: int) -> None:
    """Have what was written on the disk; a file system without that is taken as it is."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC_HERE:
            raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def _fault(error: OSError) -> Fault:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault.FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Fault.NOT_PERMITTED
    return Fault.FAILED


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__
