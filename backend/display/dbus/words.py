"""What a channel and its reader say to each other: packets of JSON, with descriptors.

The channel says `open` (with the socket to QEMU), `calls`, `size`, `seen` and `here`; the reader
tells news, asks `are_you_there` and, at last, tells the end. It tells again only once somebody saw
its last news: pictures that come faster than they are looked at cost nothing. What is said with
each picture is no JSON: a processor that has done something else meanwhile takes longer for that
than for all the rest.
"""

import array
import json
import socket
import struct
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, NamedTuple

PACKET_MOST: Final = 1 << 16
SEEN: Final = b'{"seen":1}'
JUST_SEEN: Final[dict[str, Any]] = {"seen": 1}
"""What is said by that, the very object."""
_PICTURE: Final = b"P"
_COUNTS: Final = struct.Struct("<cQQ")
_AREA: Final = struct.Struct("<HHHH")
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


class Picture(NamedTuple):
    """Parts of the picture are new: left, top, width and height of each.

    `frames` and `received` count pictures and bytes from the beginning.
    """

    frames: int
    received: int
    areas: Sequence[tuple[int, int, int, int]]


class Packet(NamedTuple):
    """What was said, and the descriptors that came with it, which belong to whoever reads it."""

    said: dict[str, Any]
    descriptors: list[int]
    picture: Picture | None = None


def say(sock: socket.socket, said: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Say this. Raises BlockingIOError where the other side does not listen, OSError if it went."""
    data = json.dumps(said, separators=(",", ":")).encode()
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    sock.sendmsg([data], ancillary if descriptors else (), _AT_ONCE)


def say_seen(sock: socket.socket) -> None:
    """Say that the last news was looked at. Raises as `say`."""
    sock.send(SEEN, _AT_ONCE)


def show(sock: socket.socket, picture: Picture) -> None:
    """Tell of a picture, and of nothing else. Raises as `say`."""
    data = _COUNTS.pack(_PICTURE, picture.frames, picture.received)
    for area in picture.areas:
        data += _AREA.pack(*area)
    sock.send(data, _AT_ONCE)


def hear(sock: socket.socket) -> Packet | None:
    """Return the next packet; None once the other side has gone. Raises OSError, ValueError."""
    data, ancillary, _flags, _from = sock.recvmsg(PACKET_MOST, _ROOM, socket.MSG_CMSG_CLOEXEC)
    found = descriptors_in(ancillary) if ancillary else []
    if not data:
        return None
    if data[:1] == _PICTURE and len(data) >= _COUNTS.size:
        _kind, frames, received = _COUNTS.unpack_from(data)
        areas = tuple(_AREA.iter_unpack(data[_COUNTS.size :]))
        return Packet({}, found, Picture(frames, received, areas))
    said = JUST_SEEN if data == SEEN else json.loads(data)
    return Packet(said if isinstance(said, dict) else {}, found)


def descriptors_in(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    """Return the descriptors that came with a message."""
    found = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            found.frombytes(data[: len(data) - len(data) % found.itemsize])
    return list(found)
