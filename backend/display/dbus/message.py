"""D-Bus' messages: what stands before a body."""

import struct
from typing import Final, NamedTuple

from backend.display.dbus.wire import Broken, Value, marshal, put, split, unmarshal

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
NO_REPLY: Final = 1
START: Final = 16
"""So many bytes tell how long the rest is."""
HEADER_MOST: Final = 1 << 14
BODY_MOST: Final = 1 << 27
"""D-Bus' own limit of a message."""
_PREAMBLE: Final = struct.Struct("<cBBBIII")
_NAMES: Final = {1: "path", 2: "interface", 3: "member", 4: "error", 5: "reply_to", 8: "signature",
                 9: "descriptors"}  # fmt: skip
_KINDS: Final = {1: "o", 2: "s", 3: "s", 4: "s", 5: "u", 6: "s", 7: "s", 8: "g", 9: "u"}
_CODES: Final = {name: code for code, name in _NAMES.items()}
_KNOWN_MOST: Final = 64


class Header(NamedTuple):
    """What a message is, whatever its number and the length of its body are."""

    kind: int = CALL
    flags: int = 0
    path: str = ""
    interface: str = ""
    member: str = ""
    error: str = ""
    reply_to: int = 0
    signature: str = ""
    descriptors: int = 0

    @property
    def wants_reply(self) -> bool:
        """Whether whoever sent it waits."""
        return self.kind == CALL and not self.flags & NO_REPLY


def dump(header: Header, serial: int, values: tuple[Value, ...] = ()) -> bytes:
    """Return a whole message."""
    body = marshal(header.signature, values)
    fields = [
        (_CODES[name], (_KINDS[_CODES[name]], value))
        for name, value in header._asdict().items()
        if name in _CODES and value
    ]
    head = bytearray(_PREAMBLE.pack(b"l", header.kind, header.flags, 1, len(body), serial, 0)[:-4])
    put(head, "a(yv)", fields)
    head.extend(bytes(-len(head) % 8))
    return bytes(head) + body


class Headers:
    """Reads headers, each kind of them once: thousands differ by number and length alone."""

    def __init__(self) -> None:
        self._known: dict[bytes, Header] = {}

    def length(self, start: bytes) -> tuple[int, int]:
        """Return how long the whole header and the body are. Raises Broken for no message."""
        order, kind, _flags, version, body, _serial, fields = _PREAMBLE.unpack(start)
        if order != b"l" or version != 1 or not kind:
            raise Broken(f"no message: {start.hex()}")
        whole = START + fields + -fields % 8
        if whole > HEADER_MOST or whole + body > BODY_MOST:
            raise Broken(f"a message of {whole} + {body} bytes")
        return whole, body

    def parse(self, head: bytes) -> tuple[Header, int]:
        """Return what a whole header says, and its number."""
        serial = int.from_bytes(head[8:12], "little")
        key = head[:4] + head[12:]
        found = self._known.get(key)
        if found is None:
            found = _parse(head)
            if len(self._known) >= _KNOWN_MOST:
                self._known.clear()
            self._known[key] = found
        return found, serial


def _parse(head: bytes) -> Header:
    length = int.from_bytes(head[12:16], "little")
    # As a value of its own: an array, whose elements begin at a multiple of 8 as they do here.
    (fields,) = unmarshal("a(yv)", bytes(head[12:16]) + bytes(4) + head[16 : 16 + length])
    found: dict[str, Value] = {"kind": head[1], "flags": head[2]}
    for code, value in fields:
        name = _NAMES.get(code)
        if name is None:
            continue
        if not isinstance(value, int if _KINDS[code] == "u" else str):
            raise Broken(f"a header whose {name} is {type(value).__name__}")
        found[name] = value
    header = Header(**found)
    tuple(split(header.signature))
    return header
