"""Short names for directories: UNIX sockets' paths end at 107 bytes, and libvirt's are long.

A shortcut is a symbolic link in /tmp/cel-UID, a directory of the daemon's user that nobody else
may enter. It is not put below /run/user: that vanishes at logout, and a daemon that starts again
finds its guests' monitors by the very path they were started with. Links are made and replaced
relative to the opened and checked directory, so nothing planted in /tmp is ever followed.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from backend.hypervisor.embedded.failures import ShortPathRefused
from backend.hypervisor.embedded.rights import Identity

_TEMPORARY = Path("/tmp")  # noqa: S108  the directory below it is owned and checked
_CANDIDATES = 4


def point(name: str, target: Path, user: Identity) -> Path:
    """Make the shortcut `name` lead to `target`; return its path.

    Raises ShortPathRefused when somebody else sits on every possible directory.
    """
    for directory in _directories(user):
        with contextlib.suppress(FileExistsError):
            directory.mkdir(mode=0o700)
            os.chown(directory, user.uid, user.gid, follow_symlinks=False)
        with _opened(directory, user) as descriptor:
            if descriptor is not None:
                _link(descriptor, name, target)
                return directory / name
    raise ShortPathRefused(root=str(target), directory=str(_TEMPORARY))


def remove(names: tuple[str, ...], user: Identity) -> None:
    """Remove shortcuts, and their directory with the last of them."""
    for directory in _directories(user):
        with _opened(directory, user) as descriptor:
            if descriptor is None:
                continue
            for name in names:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=descriptor)
        with contextlib.suppress(OSError):
            directory.rmdir()


def _directories(user: Identity) -> Iterator[Path]:
    yield _TEMPORARY / f"cel-{user.uid}"
    for number in range(1, _CANDIDATES):
        yield _TEMPORARY / f"cel{number}-{user.uid}"


def _link(directory: int, name: str, target: Path) -> None:
    with contextlib.suppress(OSError):
        if os.readlink(name, dir_fd=directory) == str(target):
            return
    fresh = f".{name}.{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(fresh, dir_fd=directory)
    os.symlink(target, fresh, dir_fd=directory)
    os.rename(fresh, name, src_dir_fd=directory, dst_dir_fd=directory)


@contextlib.contextmanager
def _opened(directory: Path, user: Identity) -> Iterator[int | None]:
    """Open a directory if it is one, the user's, and closed to others; else give None."""
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        yield None
        return
    try:
        found = os.fstat(descriptor)
        is_ours = found.st_uid == user.uid and not stat.S_IMODE(found.st_mode) & 0o077
        yield descriptor if is_ours else None
    finally:
        os.close(descriptor)
