"""D-Bus' types as bytes, little-endian: those that a display speaks, within bounds.

Our own, since the libraries copy each byte array thrice, and one that we have never comes back
from an array of empty structures. A value's size bounds what is made of it: no element is empty.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final

Value = Any
"""int, bool, str, float, bytes, list, tuple; dict of what is an array of entries, and of a variant
the pair of its signature and its value (reading: the value alone)."""

DEPTH_MOST: Final = 16
_FIXED: Final = {
    "y": struct.Struct("<B"), "b": struct.Struct("<I"), "n": struct.Struct("<h"),
    "q": struct.Struct("<H"), "i": struct.Struct("<i"), "u": struct.Struct("<I"),
    "x": struct.Struct("<q"), "t": struct.Struct("<Q"), "d": struct.Struct("<d"),
    "h": struct.Struct("<I"),
}  # fmt: skip
_ALIGNMENT: Final = {"s": 4, "o": 4, "g": 1, "v": 1, "a": 4, "(": 8, "{": 8}
_ENDS: Final = {"(": ")", "{": "}"}


class Broken(ValueError):
    """What came is not D-Bus, or not a display."""


def marshal(signature: str, values: tuple[Value, ...]) -> bytes:
    """Return the values as a message's body."""
    out = bytearray()
    for kind, value in zip(split(signature), values, strict=True):
        put(out, kind, value)
    return bytes(out)


def unmarshal(signature: str, body: bytes) -> tuple[Value, ...]:
    """Return the values of a whole body. Raises Broken where it does not hold just these."""
    reading = _Reading(body)
    values = tuple(reading.value(kind, 0) for kind in split(signature))
    if reading.at != len(body):
        raise Broken(f"{len(body) - reading.at} bytes beyond {signature!r}")
    return values


def put(out: bytearray, kind: str, value: Value) -> None:
    """Append one value of one complete type."""
    out.extend(bytes(-len(out) % alignment(kind)))
    first = kind[0]
    if first in _FIXED:
        out += _FIXED[first].pack(value)
    elif first in "so":
        data = str(value).encode()
        out += _FIXED["u"].pack(len(data)) + data + b"\0"
    elif first == "g":
        data = str(value).encode()
        out += bytes((len(data),)) + data + b"\0"
    elif first == "v":
        put(out, "g", value[0])
        put(out, value[0], value[1])
    elif first == "a":
        _put_array(out, kind[1:], value)
    else:
        for part, one in zip(split(kind[1:-1]), value, strict=True):
            put(out, part, one)


def _put_array(out: bytearray, kind: str, values: Value) -> None:
    at = len(out)
    out += bytes(4)
    out.extend(bytes(-len(out) % alignment(kind)))
    start = len(out)
    if kind == "y":
        out += values
    else:
        for one in values.items() if isinstance(values, dict) else values:
            put(out, kind, one)
    _FIXED["u"].pack_into(out, at, len(out) - start)


def alignment(kind: str) -> int:
    """Return what a type's place is a multiple of."""
    first = kind[0]
    return _FIXED[first].size if first in _FIXED else _ALIGNMENT[first]


def split(signature: str) -> Iterator[str]:
    """Yield the complete types that a signature consists of. Raises Broken where it is none."""
    at = 0
    while at < len(signature):
        end = _end_of(signature, at, 0)
        yield signature[at:end]
        at = end


def _end_of(signature: str, at: int, depth: int) -> int:
    """Return where the type that begins there ends."""
    first = signature[at : at + 1]
    if depth > DEPTH_MOST:
        raise Broken(f"a signature that is too deep: {signature[:64]!r}")
    if first == "a":
        return _end_of(signature, at + 1, depth + 1)
    if first in _ENDS:
        inside = at + 1
        while signature[inside : inside + 1] != _ENDS[first]:
            inside = _end_of(signature, inside, depth + 1)
        if inside == at + 1:
            raise Broken(f"a signature with nothing inside: {signature[:64]!r}")
        return inside + 1
    if not first or (first not in _FIXED and first not in "sogv"):
        raise Broken(f"no signature: {signature[:64]!r}")
    return at + 1


class _Reading:
    """A body, and how far it was read."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at = body, 0

    def value(self, kind: str, depth: int) -> Value:
        """Read one value of one complete type."""
        if depth > DEPTH_MOST:
            raise Broken("values that are too deep")
        self.align(alignment(kind))
        first = kind[0]
        if first in _FIXED:
            return self.number(first)
        if first in "sog":
            return self.text(self.number("y" if first == "g" else "u"))
        if first == "v":
            inner = tuple(split(self.value("g", depth + 1)))
            if len(inner) != 1:
                raise Broken("a variant that is not one value")
            return self.value(inner[0], depth + 1)
        if first == "a":
            return self.array(kind[1:], depth + 1)
        return tuple(self.value(part, depth + 1) for part in split(kind[1:-1]))

    def number(self, kind: str) -> Value:
        """Read a number that is aligned."""
        form = _FIXED[kind]
        start = self.at
        self.to(start + form.size)
        value = form.unpack_from(self.body, start)[0]
        return bool(value) if kind == "b" else value

    def text(self, length: int) -> str:
        """Read so many bytes of text, and the zero after them."""
        start = self.at
        self.to(start + length + 1)
        data = self.body[start : start + length]
        if self.body[self.at - 1] or b"\0" in data:
            raise Broken("text that does not end where it should")
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise Broken("text that is not UTF-8") from error

    def array(self, kind: str, depth: int) -> Value:
        """Read an array: bytes, a dictionary or a list."""
        length = self.number("u")
        self.align(alignment(kind))
        start = self.at
        end = start + length
        if end > len(self.body):
            raise Broken(f"an array of {length} bytes")
        if kind == "y":
            self.at = end
            return self.body[start:end]
        values: list[Value] = []
        while self.at < end:
            values.append(self.value(kind, depth))
        if self.at != end:
            raise Broken("an array that ends within an element")
        if kind[0] != "{":
            return values
        try:
            return dict(values)
        except (TypeError, ValueError) as error:
            raise Broken("entries that are none") from error

    def align(self, size: int) -> None:
        """Go on to the next multiple of that."""
        self.to(self.at + -self.at % size)

    def to(self, at: int) -> None:
        """Go on to there."""
        if at > len(self.body):
            raise Broken("a message that is too short")
        self.at = at
