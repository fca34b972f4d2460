"""How much a VNC server sent, without decoding a pixel: the same yardstick for every viewer.

Pure: bytes in, counts out. It knows the encodings that are measured and the remarks that `tap`
lets a viewer ask for.
"""

import struct
from collections.abc import Generator
from dataclasses import dataclass

_RAW, _COPY, _ZLIB, _TIGHT, _ZRLE = 0, 1, 6, 7, 16
_LAST, _CURSOR, _EXTENDED_SIZE, _LEDS = -224, -239, -308, -261
_FILL, _JPEG, _FEW = 8, 9, 12
_NOTHING_MORE = frozenset({-223, -257, -258})
Steps = Generator[int, bytes, None]
"""It yields how many bytes it wants to see next; or, below zero, how many it passes over."""


@dataclass(slots=True)
class Sent:
    """What was sent from the beginning. `updates` with pixels in them only."""

    updates: int = 0
    rects: int = 0
    pixels: int = 0
    received_bytes: int = 0


class Meter:
    """Counts what a server says, from its first byte on (RFB 3.8, without a password).

    It adds to what was `sent` before.
    """

    def __init__(self, sent: Sent | None = None) -> None:
        self.sent = sent or Sent()
        self.size = (0, 0)
        self._steps = self._run()
        self._wanted = next(self._steps)
        self._held = b""

    def feed(self, data: memoryview) -> None:
        """Count these bytes in. Raises ValueError for what it does not know."""
        self.sent.received_bytes += len(data)
        at = 0
        while True:
            if self._wanted < 0:
                passed = min(-self._wanted, len(data) - at)
                at += passed
                self._wanted += passed
                if self._wanted:
                    return
                self._wanted = next(self._steps)
                continue
            missing = self._wanted - len(self._held)
            self._held += bytes(data[at : at + missing])
            at += missing
            if len(self._held) < self._wanted:
                return
            seen, self._held = self._held, b""
            self._wanted = self._steps.send(seen)

    def _run(self) -> Steps:
        yield 12
        yield from _passed((yield 1)[0])
        yield 4
        head = yield 24
        self.size = struct.unpack_from(">HH", head)
        yield from _passed(int.from_bytes(head[20:]))
        while True:
            kind = (yield 1)[0]
            if kind == 0:
                yield from self._update(int.from_bytes((yield 3)[1:]))
            elif kind == 3:
                yield from _passed(int.from_bytes((yield 7)[3:]))
            elif kind != 2:
                raise ValueError(f"a message of kind {kind}")

    def _update(self, count: int) -> Steps:
        before = self.sent.pixels
        for _ in range(count):
            _x, _y, width, height, encoding = struct.unpack(">HHHHi", (yield 12))
            if encoding == _LAST:
                break
            if encoding >= 0:
                yield from _picture(encoding, width, height)
                self.sent.rects += 1
                self.sent.pixels += width * height
            else:
                yield from _remark(encoding, width, height)
        self.sent.updates += self.sent.pixels > before


def _picture(encoding: int, width: int, height: int) -> Steps:
    if encoding == _RAW:
        yield from _passed(width * height * 4)
    elif encoding == _COPY:
        yield 4
    elif encoding in (_ZLIB, _ZRLE):
        yield from _passed(int.from_bytes((yield 4)))
    elif encoding == _TIGHT:
        yield from _tight(width, height)
    else:
        raise ValueError(f"an encoding of {encoding}")


def _tight(width: int, height: int) -> Steps:
    control = (yield 1)[0] >> 4
    if control == _FILL:
        yield 3
        return
    size = width * height * 3
    if control != _JPEG and control & 4 and (yield 1)[0] == 1:
        colours = (yield 1)[0] + 1
        yield colours * 3
        size = (width if colours > 2 else (width + 7) // 8) * height
    if control != _JPEG and size < _FEW:
        yield from _passed(size)
        return
    length = 0
    for shift in (0, 7, 14):
        byte = (yield 1)[0]
        length |= (byte & (127 if shift < 14 else 255)) << shift
        if shift == 14 or not byte & 128:
            break
    yield from _passed(length)


def _remark(encoding: int, width: int, height: int) -> Steps:
    if encoding == _CURSOR:
        yield from _passed(width * height * 4 + (width + 7) // 8 * height)
    elif encoding == _EXTENDED_SIZE:
        yield from _passed(16 * (yield 4)[0])
    elif encoding == _LEDS:
        yield 1
    elif encoding not in _NOTHING_MORE:
        raise ValueError(f"a remark of {encoding}")


def _passed(count: int) -> Steps:
    if count:
        yield -count
