"""What a channel and its reader say to each other: packets of JSON, with descriptors.

The channel says `open` (with the socket to QEMU), `calls`, `size`, `seen` and `here`; the reader
tells news, asks `are_you_there` and, at last, tells the end. It tells again only once somebody saw
its last news. Pictures are told of by `slot`.
"""

import array
import json
import socket
from enum import Enum
from typing import Any, Final, NamedTuple

PACKET_MOST: Final = 1 << 16
_ROOM: Final = socket.CMSG_SPACE(4 * array.array("i").itemsize)
_AT_ONCE: Final = socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL


class End(Enum):
    """Why a reader ended."""

    CLOSED = "closed"
    """QEMU closed a socket: it ended, or somebody else was given the display."""
    BROKEN = "broken"
    REFUSED = "refused"
    UNSHOWN = "unshown"
    SILENT = "silent"
    """QEMU did not answer in time."""
    ALONE = "alone"
    """The channel gave no sign of life for too long."""


class Packet(NamedTuple):
    """What was said, and the descriptors that came with it, which belong to whoever reads it."""

    said: dict[str, Any]
    descriptors: list[int]


def say(sock: socket.socket, said: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Say this. Raises BlockingIOError where the other side does not listen, OSError if it went."""
    data = json.dumps(said, separators=(",", ":")).encode()
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    sock.sendmsg([data], ancillary if descriptors else (), _AT_ONCE)


def hear(sock: socket.socket) -> Packet | None:
    """Return the next packet; None once the other side has gone. Raises OSError, ValueError."""
    data, ancillary, _flags, _from = sock.recvmsg(PACKET_MOST, _ROOM, socket.MSG_CMSG_CLOEXEC)
    found = descriptors_in(ancillary) if ancillary else []
    if not data:
        return None
    said = json.loads(data)
    return Packet(said if isinstance(said, dict) else {}, found)


def descriptors_in(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    """Return the descriptors that came with a message."""
    found = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            found.frombytes(data[: len(data) - len(data) % found.itemsize])
    return list(found)
