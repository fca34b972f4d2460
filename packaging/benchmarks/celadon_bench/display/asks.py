"""What a viewer says to a VNC server, message by message, and what it is let ask for."""

import struct
from typing import Final, Protocol

GREETING: Final = b"RFB 003.008\n"
FORMAT, ENCODINGS, REQUEST = 0, 2, 3
_SIZES: Final = {FORMAT: 20, REQUEST: 10, 4: 8, 5: 6, 150: 10, 255: 12}
_COUNTED: Final = {ENCODINGS: (4, ">xxH", 4), 6: (8, ">xxxxI", 1), 251: (8, ">xxxxxBx", 16)}
_REMARKS: Final = frozenset({-223, -224, -239, -257, -258, -261, -308})
"""What `meter` knows of what servers remark among their pictures."""
_LEVEL: Final = -255
"""Compress as fast as can be: the same for every viewer."""


class Stream(Protocol):
    """What can be read from, as long as asked."""

    def read(self, size: int, /) -> bytes:
        """Return so many bytes; fewer at the end."""


def read_message(stream: Stream) -> bytes:
    """Return a viewer's next message; none at the end. Raises ValueError for an unknown one."""
    kind = stream.read(1)
    if not kind:
        return b""
    number = kind[0]
    if number in _SIZES:
        return kind + stream.read(_SIZES[number] - 1)
    if number not in _COUNTED:
        raise ValueError(f"a message of kind {number} from a viewer")
    size, form, each = _COUNTED[number]
    head = stream.read(size - 1)
    (count,) = struct.unpack_from(form, kind + head)
    return kind + head + stream.read(count * each)


def only(encoding: int, message: bytes) -> bytes:
    """Return a list of encodings with this one alone for pictures, and remarks that are known."""
    (count,) = struct.unpack_from(">H", message, 2)
    asked = struct.unpack_from(f">{count}i", message, 4)
    kept = (encoding, 0, _LEVEL, *(one for one in asked if one in _REMARKS))
    return struct.pack(f">BxH{len(kept)}i", ENCODINGS, len(kept), *kept)
