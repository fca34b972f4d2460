"""What a user of this computer can do with a file, by owner, group and others' bits. Blocking."""

import grp
import pwd
import stat
from pathlib import Path

READ, READ_AND_WRITE, PASS = stat.S_IROTH, stat.S_IROTH | stat.S_IWOTH, 0


def is_readable_by(user: str, path: Path) -> bool:
    """Return whether a user can read `path`."""
    return first_obstacle(user, path, READ) is None


def first_obstacle(user: str, path: Path, needed: int) -> Path | None:
    """Return what keeps a user from a file: it, or a folder above it. None: nothing does.

    `needed` are the rights on the file itself; PASS asks for the folders alone.
    """
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        return path
    groups = {entry.pw_gid} | {g.gr_gid for g in grp.getgrall() if user in g.gr_mem}
    real = path.resolve()
    found: Path | None = None
    for place in (real, *real.parents):
        try:
            told = place.stat()
        except OSError:
            return place
        wanted = needed if place == real else stat.S_IXOTH
        if told.st_uid == entry.pw_uid:
            wanted <<= 6
        elif told.st_gid in groups:
            wanted <<= 3
        if entry.pw_uid != 0 and told.st_mode & wanted != wanted:
            found = place  # the outermost is the one to be opened first
    return found
