"""A directory of one connection's own: the master's socket, the programs that lead to it, its log.

Nobody else may enter it. Its path is short, since ssh binds its socket under a longer name first,
and what lies there can be run, which not every temporary directory allows. Whoever makes one takes
those away that a dead console left: their locks are held by nobody. Blocking, but brief.
"""

import contextlib
import fcntl
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.errors import LoginFailed
from backend.hypervisor.places import cache_directory
from backend.hypervisor.ssh import askpass

# 107 bytes for a socket, less the 17 of ssh's temporary name and what stands in the directory.
_LONGEST = 80
_PREFIX = "celadon-ssh-"
_CONTROL, _COMMAND = "master", "ssh"


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the master's things lie."""

    directory: Path
    lock: int

    @property
    def control(self) -> Path:
        """The master's socket: there as soon as it has logged in."""
        return self.directory / _CONTROL

    @property
    def questions(self) -> Path:
        """The socket on which ssh's questions come."""
        return self.directory / "asked"

    @property
    def askpass(self) -> Path:
        """The program that asks for ssh."""
        return self.directory / "ask"

    @property
    def command(self) -> Path:
        """The program that does what ssh does, by the master alone."""
        return self.directory / _COMMAND

    @property
    def log(self) -> Path:
        """What ssh itself says."""
        return self.directory / "log"

    @property
    def others(self) -> Path:
        """What is said beside it: banners, and what programs say that it goes by."""
        return self.directory / "others"

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.directory, ignore_errors=True)
        os.close(self.lock)


def make(host: str) -> Workplace:
    """Return a fresh workplace. Raises LoginFailed if there is no place for one."""
    for parent in _candidates():
        with contextlib.suppress(OSError):
            _sweep(parent)
            if place := _made_in(parent):
                return place
    raise LoginFailed(host=host, detail=("no directory for private sockets and programs",))


def is_ours(command: Path) -> bool:
    """Whether this program is the `command` of a master of ours that is there now."""
    place = command.parent
    try:
        is_mine = place.stat().st_uid == os.getuid() and (place / _CONTROL).is_socket()
    except OSError:
        return False
    return is_mine and command.name == _COMMAND and place.name.startswith(_PREFIX)


def _candidates() -> Iterator[Path]:
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime)
    yield Path(tempfile.gettempdir())
    with contextlib.suppress(OSError):
        cache_directory().mkdir(parents=True, exist_ok=True)
    yield cache_directory()


def _made_in(parent: Path) -> Workplace | None:
    """Return a workplace there; if it cannot be one, or this raises, nothing of it is left."""
    with contextlib.ExitStack() as undo:
        directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        undo.callback(shutil.rmtree, directory, ignore_errors=True)
        lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        undo.callback(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place = Workplace(directory, lock)
        if _furnish(place):
            undo.pop_all()
            return place
    return None


def _sweep(parent: Path) -> None:
    for directory in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # somebody's, who lives, or is another user
            lock = os.open(directory / "lock", os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(directory, ignore_errors=True)
            finally:
                os.close(lock)


def _furnish(place: Workplace) -> bool:
    """Write the programs; return whether they can be run, and the sockets be bound."""
    interpreter, script = shlex.quote(sys.executable), shlex.quote(str(askpass.__file__))
    _write(place.askpass, f'exec {interpreter} -I -S {script} "$@"')
    # ProxyCommand: without its master it must fail, and not go its own way to the host.
    options = "-o ControlMaster=no -o BatchMode=yes -o ProxyCommand=false"
    control = shlex.quote(str(place.control))
    _write(place.command, f'exec ssh -F none -S {control} {options} "$@"')
    is_short = len(os.fsencode(place.directory)) <= _LONGEST
    return is_short and os.access(place.askpass, os.X_OK)


def _write(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o700)
