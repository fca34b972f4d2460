"""A connection to what the other computer can reach, through the master that leads there.

The master listens for a moment on a socket in its own directory, takes the one connection that is
meant, and listens no more; the connection lasts as long as both ends want it. Blocking: in workers.
"""

import contextlib
import itertools
import select
import socket
import subprocess
from pathlib import Path

from backend.errors import DisplayUnreachable

_DEADLINE_S = 5.0
_numbers = itertools.count(1)


def connect(command: Path, host: str, there: str) -> socket.socket:
    """Return a socket to a server that speaks first, by the master's `command`.

    `there` is "address:port" or the path of a socket, as the other computer sees it. Raises
    DisplayUnreachable, with ssh's words.
    """
    here = command.parent / f"to-{next(_numbers)}"
    way = (str(command), "-L", f"{here}:{there}")
    _tell((*way, "-O", "forward", "--", host), there)
    try:
        return _until_it_speaks(here, there)
    finally:
        with contextlib.suppress(DisplayUnreachable):
            _tell((*way, "-O", "cancel", "--", host), there)
        here.unlink(missing_ok=True)


def _until_it_speaks(here: Path, there: str) -> socket.socket:
    # Not before it speaks is it certain that the master took it; who is not there says nothing.
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.connect(str(here))
        is_heard = select.select([sock], [], [], _DEADLINE_S)[0]
        if is_heard and sock.recv(1, socket.MSG_PEEK):
            return sock
        detail: tuple[str, ...] = ()
    except OSError as error:
        detail = (str(error),)
    sock.close()
    raise DisplayUnreachable(place=there, detail=detail)


def _tell(command: tuple[str, ...], there: str) -> None:
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_DEADLINE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error).encode()
        words = tuple(said.decode(errors="replace").splitlines())
        raise DisplayUnreachable(place=there, detail=words) from error
