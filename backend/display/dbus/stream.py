"""One socket of a D-Bus peer without the socket: bytes and descriptors in and out.

Whoever has the socket receives into `rooms()`, tells with `received()` how much it was, and sends
what stands in `outgoing`. What is wrong is raised there, and that is the end.
"""

import os
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from typing import Final, NamedTuple

from backend.display.dbus.message import CALL, NO_REPLY, START, Header, Headers, dump
from backend.display.dbus.wire import Broken, Value, unmarshal

Steps = Generator[int, None, None]
"""A reading in progress: it yields how many bytes it waits for, and goes on when they are there."""

KEPT_MOST: Final = 1 << 21
"""The longest body that is read as a whole: QEMU's largest pointer has half of that."""
AHEAD_SMALL: Final = 192
_CAPACITY: Final = KEPT_MOST + (1 << 16)
_AHEAD: Final = 1 << 16
_ROOMS_MOST: Final = 512
_LINE_MOST: Final = 512
_WAITING_MOST: Final = 16


class Refused(Exception):
    """The other side does not want us; in its own words."""


class Call(NamedTuple):
    """A message that came, with its body read and its descriptors, which belong to its reader."""

    header: Header
    serial: int
    values: tuple[Value, ...]
    descriptors: list[int]


class Parcel(NamedTuple):
    """Bytes to be sent, and the descriptors that go with the first of them."""

    data: bytearray
    descriptors: list[int]


class Stream(ABC):
    """A peer that speaks D-Bus with us, who begin: the whole login goes out unasked.

    QEMU reads a login in its main loop: what it never has to wait for cannot hold it up.
    """

    def __init__(self, user: int) -> None:
        self.outgoing: deque[Parcel] = deque()
        self.received_bytes = 0
        self.is_let_in = False
        self._block = bytearray(_CAPACITY)
        self._at = self._end = 0
        self._targets: deque[memoryview] = deque()
        self._ahead = _AHEAD
        self._headers = Headers()
        self._serial = 0
        self._waiting: list[int] = []
        name = str(user).encode().hex()
        self._say(f"\0AUTH EXTERNAL {name}\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n".encode())
        self._steps = self._run()
        self._wanted = next(self._steps)

    # What comes in

    @property
    def is_pouring(self) -> bool:
        """Whether all of `rooms()` is filled by a picture that is on its way."""
        return bool(self._targets)

    def rooms(self) -> list[memoryview]:
        """Return where the next bytes may be received, in this order."""
        if self._targets:
            return [self._targets[n] for n in range(min(len(self._targets), _ROOMS_MOST))]
        left = self._end - self._at
        if left == 0:
            self._at = self._end = 0
        elif self._at > _CAPACITY // 2 or _CAPACITY - self._at < self._wanted:
            self._block[:left] = self._block[self._at : self._end]
            self._at, self._end = 0, left
        end = min(_CAPACITY, self._end + max(self._ahead, self._wanted - left))
        return [memoryview(self._block)[self._end : end]]

    def received(self, count: int, descriptors: Iterable[int] = ()) -> None:
        """So many bytes and these descriptors were received. Raises what is wrong with them."""
        self._waiting += descriptors
        if len(self._waiting) > _WAITING_MOST:
            raise Broken("more descriptors than messages")
        self.received_bytes += count
        targets = self._targets
        while count and targets:
            room = targets[0]
            if count < len(room):
                targets[0] = room[count:]
                return
            count -= len(room)
            targets.popleft()
        self._end += count
        if not targets and self._end - self._at >= self._wanted:
            self._wanted = self._steps.send(None)

    def close(self) -> None:
        """Let go of what came and was not read."""
        for descriptor in self._waiting:
            os.close(descriptor)
        self._waiting.clear()
        self._steps.close()

    # What goes out

    def call(
        self, header: Header, values: tuple[Value, ...] = (), descriptors: Sequence[int] = ()
    ) -> int:
        """Say this; return the number that its answer will bear."""
        self._serial = self._serial % 0xFFFFFFFF + 1
        header = header._replace(descriptors=len(descriptors))
        self._say(dump(header, self._serial, values), descriptors)
        return self._serial

    def answer(self, call: Call, signature: str = "", values: tuple[Value, ...] = ()) -> None:
        """Answer a call, if somebody waits for that."""
        if call.header.wants_reply:
            kind = 2
            header = Header(kind, NO_REPLY, reply_to=call.serial, signature=signature)
            self.call(header, values)

    def refuse(self, call: Call, error: str) -> None:
        """Answer a call by an error."""
        if call.header.wants_reply:
            self.call(Header(3, NO_REPLY, error=error, reply_to=call.serial))

    def _say(self, data: bytes, descriptors: Sequence[int] = ()) -> None:
        if descriptors or not self.outgoing:
            self.outgoing.append(Parcel(bytearray(data), list(descriptors)))
        else:
            self.outgoing[-1].data.extend(data)

    # How it is read

    @abstractmethod
    def _handle(self, call: Call) -> None:
        """Do what a message says."""

    def _read_body(self, header: Header, serial: int, length: int) -> Steps:
        """Read a body as a whole."""
        if length > KEPT_MOST:
            raise Broken(f"{header.member or 'a message'} of {length} bytes")
        self._ahead = _AHEAD
        yield from self._wait(length)
        values = unmarshal(header.signature, self._take(length))
        self._handle(Call(header, serial, values, self._claim(header.descriptors)))

    def _run(self) -> Steps:
        yield from self._log_in()
        self.is_let_in = True
        while True:
            # Asked before it is waited for: small pictures come by the thousand.
            if self._end - self._at < START:
                yield from self._wait(START)
            start = bytes(self._block[self._at : self._at + START])
            whole, length = self._headers.length(start)
            if self._end - self._at < whole:
                yield from self._wait(whole)
            header, serial = self._headers.parse(self._take(whole))
            yield from self._read_body(header, serial, length)

    def _log_in(self) -> Steps:
        for expected in (b"OK ", b"AGREE_UNIX_FD"):
            line = b""
            while not line.endswith(b"\r\n"):
                yield from self._wait(1)
                line += self._take(1)
                if len(line) > _LINE_MOST:
                    raise Broken("a login that does not end")
            if not line.startswith(expected):
                raise Refused(line.decode(errors="replace").strip())

    def _wait(self, count: int) -> Steps:
        while self._end - self._at < count:
            yield count

    def _take(self, count: int) -> bytes:
        start = self._at
        self._at += count
        return bytes(self._block[start : self._at])

    def _claim(self, count: int) -> list[int]:
        if count > len(self._waiting):
            raise Broken(f"{count} descriptors, of which {len(self._waiting)} came")
        claimed, self._waiting = self._waiting[:count], self._waiting[count:]
        return claimed

    def _skip(self, count: int) -> Steps:
        """Pass over bytes, of which the block need not hold all."""
        while count:
            yield from self._wait(1)
            part = min(count, self._end - self._at)
            self._at += part
            count -= part

    def _pour(self, targets: Iterable[memoryview]) -> Steps:
        """Have the next bytes in these places: what has come already, and then without a copy."""
        left = deque(targets)
        while left and self._at < self._end:
            room = left[0]
            part = min(len(room), self._end - self._at)
            room[:part] = memoryview(self._block)[self._at : self._at + part]
            self._at += part
            if part == len(room):
                left.popleft()
            else:
                left[0] = room[part:]
        self._targets = left
        while self._targets:
            yield 0


def plain_call(path: str, interface: str, member: str, signature: str = "") -> Header:
    """Return a call that nobody waits for."""
    return Header(CALL, NO_REPLY, path, interface, member, signature=signature)


def asking_call(path: str, interface: str, member: str, signature: str = "") -> Header:
    """Return a call that will be answered."""
    return Header(CALL, 0, path, interface, member, signature=signature)
