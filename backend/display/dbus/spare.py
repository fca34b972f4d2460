"""Processes that read a display, one started ahead: Python takes longer to start than a picture.

One that waits for its work costs memory alone, and ends with this program.
"""

import contextlib
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final, NamedTuple

from backend.display.dbus.slot import Slot

_ROOT: Final = Path(__file__).resolve().parents[3]
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from backend.display.dbus.reader import main; main()"
)


class Started(NamedTuple):
    """A reader, and the socket on which it hears what to do: who closes that ends it.

    By `slot` it tells of pictures; whoever has it closes that too.
    """

    desk: socket.socket
    slot: Slot
    process: "subprocess.Popen[bytes]"


class Spare:
    """At most one that has nothing to do yet. To be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: Started | None = None

    def take(self) -> Started:
        """Return the one that there is, if it still lives, else a new one."""
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is not None and kept.process.poll() is None:
            return kept
        self._drop(kept)
        return _start()

    def have(self) -> None:
        """Start one, if there is none and it can be. Waits for the system, not for the process."""
        with self._lock, contextlib.suppress(OSError):  # then the next screen waits, if it comes
            if self._kept is None:
                self._kept = _start()

    def drop(self) -> None:
        """Have none any more."""
        with self._lock:
            kept, self._kept = self._kept, None
        self._drop(kept)

    def _drop(self, kept: Started | None) -> None:
        if kept is not None:
            kept.desk.close()
            kept.slot.close()
            kept.process.kill()
            kept.process.wait()


def _start() -> Started:
    with contextlib.ExitStack() as unless_started:
        desk, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        unless_started.callback(desk.close)
        with theirs:
            slot = Slot()
            unless_started.callback(slot.close)
            given = (theirs.fileno(), slot.into)
            process = subprocess.Popen(
                (sys.executable, "-I", "-S", "-c", _START, str(_ROOT), *map(str, given)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=given,
                start_new_session=True,  # what stops the console's group must not stop this
                cwd="/",
            )
        unless_started.pop_all()
    return Started(desk, slot, process)


spare: Final = Spare()
