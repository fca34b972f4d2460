"""What live runs that were killed left: their hosts, with guests, bridges and firewall rules.

Whoever makes a place for a host writes down there which process that is. A later run ends what is
of a process that is no more. It touches nothing of one that lives, of another user's, or of another
container's, whose processes it cannot see.
"""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path

from backend import processes
from backend.errors import BackendError
from backend.hypervisor.embedded import daemon

OWNER = "owner"


def sign(place: Path) -> None:
    """Write down that this process has that place."""
    (place / OWNER).write_text(_me())


def clear(around: Path, prefix: str) -> list[Path]:
    """End what dead processes left in places of this prefix; return those places, gone now."""
    found = [place for place in around.glob(f"{prefix}*") if _is_dead(place)]
    return [place for place in found if _end(place)]


def _me() -> str:
    return f"{_namespace()} {os.getpid()} {processes.began(os.getpid())}"


def _namespace() -> str:
    return str(Path("/proc/self/ns/pid").readlink())


def _is_dead(place: Path) -> bool:
    try:
        if place.is_symlink() or place.stat().st_uid != os.geteuid():
            return False
        namespace, process, began = (place / OWNER).read_text().split()
    except (OSError, ValueError):
        return False  # nobody knows whose it is
    is_seen = namespace == _namespace()
    return is_seen and processes.began(process) != began


def _end(place: Path) -> bool:
    # One that cannot be ended stays: it is no reason for others not to begin.
    with contextlib.suppress(OSError, BackendError), (place / OWNER).open() as owner:
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of two runs that begin, one does it
        if (place / "root").is_dir():
            daemon.stop(daemon.ensure(place / "root"))
        shutil.rmtree(place)
        return True
    return False
