"""The process that reads one machine's D-Bus display, and waits for nobody.

QEMU keeps what is not read of it, without a bound: a console that is stopped or busy would cost the
host's memory (measured: 100 MB a second). So whoever reads is a process of its own, in a session of
its own, that does nothing else. It ends with the console, and when the console gives no sign of
life for long (`waits`).
"""

import contextlib
import os
import select
import socket
import struct
import sys
import time
from typing import Final

from backend.display.dbus import slot, words
from backend.display.dbus.control import Control
from backend.display.dbus.memory import SharedMemory
from backend.display.dbus.screen import Screen, Unshown
from backend.display.dbus.sheet import Sheet
from backend.display.dbus.slot import Slip
from backend.display.dbus.stream import Parcel, Refused, Stream
from backend.display.dbus.waits import Due, Waits
from backend.display.dbus.wire import Broken
from backend.display.dbus.words import End

_DESCRIPTORS_MOST: Final = 4
_UNSENT_MOST: Final = 1 << 18
_AHEAD_OF_US: Final = 1 << 22
"""So much may QEMU write before we read, if the kernel lets it: each time we wake up costs."""
_ROOM: Final = socket.CMSG_SPACE(_DESCRIPTORS_MOST * 4)
_GLANCE: Final = socket.MSG_CMSG_CLOEXEC | socket.MSG_DONTWAIT
_GATHER: Final = socket.MSG_CMSG_CLOEXEC | socket.MSG_WAITALL
_FACTS: Final = ("absolute", "leds", "can_resize", "is_shared")
_PEER: Final = struct.Struct("iII")
_AT_ONCE: Final = struct.pack("ll", 0, 20_000)
"""For a picture that does not come on is waited so long, in seconds and microseconds."""


class Ended(Exception):
    """Why this ends, and somebody's words about it."""

    def __init__(self, end: End, detail: str = "") -> None:
        super().__init__(end, detail)
        self.end, self.detail = end, detail


class Reader:
    """What the process does; `desk` is the channel's socket, `slot` where slips are put."""

    def __init__(self, desk: socket.socket, slot: int) -> None:
        self._desk, self._slot = desk, slot
        self._poll = select.poll()
        self._poll.register(desk, select.POLLIN)
        self._desk_number = desk.fileno()
        self._streams: dict[int, tuple[socket.socket, Stream]] = {}
        self._control: Control | None = None
        self._screen: Screen | None = None
        self._waits = Waits()
        self._is_seen = True
        self._facts: tuple[object, ...] = ()
        self._sheet: Sheet | None = None
        self._cursor: object = None
        self._frames = self._received = self._sheets = 0
        self._is_slot_full = False

    def run(self) -> None:
        """Read until the end, and tell why it came."""
        try:
            while True:
                self._go_on()
        except Ended as ended:
            self._tell_end(ended)
        except Broken as error:
            self._tell_end(Ended(End.BROKEN, str(error)))
        except Refused as error:
            self._tell_end(Ended(End.REFUSED, str(error)))
        except Unshown as error:
            self._tell_end(Ended(End.UNSHOWN, str(error)))
        except Exception as error:  # noqa: BLE001  # a fault here ends one picture, and is told
            self._tell_end(Ended(End.BROKEN, repr(error)))
        finally:
            for sock, stream in self._streams.values():
                # Keys that were let go as the console went, which a guest would take for held down.
                with contextlib.suppress(Ended):
                    _send(sock, stream)
                stream.close()
                sock.close()

    def _go_on(self) -> None:
        for sock, stream in self._streams.values():
            if stream.outgoing:
                _send(sock, stream)
                more = select.POLLOUT if stream.outgoing else 0
                self._poll.register(sock, select.POLLIN | more)
        waits = self._waits
        for descriptor, event in self._poll.poll(waits.left_ms(time.monotonic())):
            if descriptor == self._desk_number:
                self._hear()
            elif descriptor == self._slot:
                self._find_room()
            elif event & ~select.POLLOUT:
                self._receive(*self._streams[descriptor])
        self._follow()
        self._tell()
        due = waits.due(time.monotonic())
        if due is not None:
            self._keep_time(due)

    # QEMU

    def _add(self, sock: socket.socket, stream: Stream) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _AT_ONCE)
        self._poll.register(sock, select.POLLIN)
        self._streams[sock.fileno()] = (sock, stream)
        self._waits.begin(time.monotonic())

    def _receive(self, sock: socket.socket, stream: Stream) -> None:
        # A picture that has begun is gone on with at once: what announces it comes by itself.
        if self._receive_part(sock, stream) and stream.is_pouring:
            self._receive_part(sock, stream)

    def _receive_part(self, sock: socket.socket, stream: Stream) -> bool:
        """Receive what is there, or comes at once; return whether that was anything."""
        # Of a picture the kernel gathers what it can: we are woken once, not with each page.
        how = _GATHER if stream.is_pouring else _GLANCE
        try:
            count, ancillary, flags, _from = sock.recvmsg_into(stream.rooms(), _ROOM, how)
        except BlockingIOError:
            return False
        except OSError as error:
            raise Ended(End.CLOSED, str(error)) from error
        descriptors = words.descriptors_in(ancillary) if ancillary else ()
        if count == 0:
            raise Ended(End.CLOSED)
        self._received += count
        self._waits.answer()
        stream.received(count, descriptors)
        if flags & socket.MSG_CTRUNC:
            raise Broken("more descriptors than one message has")
        return True

    def _follow(self) -> None:
        """Have the console shown as soon as it is known which one, and anew where that is needed.

        QEMU 7.2 shows another size as a whole only if the guest draws all of it at once, which one
        with letters never does: it is then asked again, and whoever asks is shown everything.
        """
        control, screen = self._control, self._screen
        if control is None or not control.is_found:
            return
        if screen is None:
            self._register(control)
            return
        if screen.sheet is not None:
            self._waits.show()
        if screen.lacks(control.size):
            now = time.monotonic()
            if self._waits.size_lacks(now):
                self._forget(screen)
                self._register(control)
        else:
            self._waits.size_fits()

    def _forget(self, screen: Screen) -> None:
        sock = self._socket_of(screen)
        self._poll.unregister(sock)
        del self._streams[sock.fileno()]
        screen.close()
        sock.close()

    def _register(self, control: Control) -> None:
        ours, theirs = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD_OF_US)
        try:
            screen = Screen(os.getuid(), SharedMemory())
            # Logged in before QEMU has the other end: it never waits for us in its main loop.
            _send(ours, screen)
            if self._screen is not None:
                screen.cursor = self._screen.cursor
            self._screen = screen
            self._add(ours, screen)
            control.register(theirs.fileno())
            _send(self._socket_of(control), control)
        finally:
            theirs.close()

    def _socket_of(self, wanted: Stream) -> socket.socket:
        return next(sock for sock, stream in self._streams.values() if stream is wanted)

    # The channel

    def _hear(self) -> None:
        try:
            packet = words.hear(self._desk)
        except (OSError, ValueError) as error:
            raise Ended(End.CLOSED, str(error)) from error
        if packet is None:
            raise Ended(End.CLOSED)
        said, control, now = packet.said, self._control, time.monotonic()
        if "open" in said and control is None:
            sock = socket.socket(fileno=packet.descriptors[0])
            peer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
            # QEMU sees whoever made the pair of sockets, which is libvirtd.
            self._control = Control(_PEER.unpack(peer)[1])
            self._add(sock, self._control)
        if control is not None:
            for interface, member, signature, values in said.get("calls", ()):
                control.perform(interface, member, signature, tuple(values))
                self._waits.feel(now)
            if "size" in said:
                control.resize(*said["size"])
        self._is_seen |= "seen" in said
        self._waits.hear(now, is_seen=self._is_seen and not self._is_slot_full)

    def _find_room(self) -> None:
        self._poll.unregister(self._slot)
        self._is_slot_full = False
        if self._is_seen:
            self._waits.hear(time.monotonic(), is_seen=True)

    def _tell(self) -> None:
        """Tell what is new, if there is room for it."""
        control, screen = self._control, self._screen
        if control is None or screen is None or screen.sheet is None:
            return
        facts = (control.is_absolute, control.leds, control.can_resize, screen.is_shared)
        is_other = screen.sheet is not self._sheet or screen.cursor is not self._cursor
        try:
            if self._is_seen and (is_other or facts != self._facts):
                self._tell_others(facts, screen, screen.sheet)
            if screen.areas and not self._is_slot_full and screen.sheet is self._sheet:
                self._show(screen)
        except OSError as error:
            raise Ended(End.CLOSED, str(error)) from error

    def _show(self, screen: Screen) -> None:
        """Tell of a picture, or do so once there is room for it."""
        areas = screen.take()
        slip = Slip(self._frames + 1, self._received, self._sheets, areas)
        try:
            slot.put(self._slot, slip)
            self._frames += 1
        except BlockingIOError:
            for area in areas:
                screen.areas.add(area)
            self._is_slot_full = True
            self._poll.register(self._slot, select.POLLOUT)
            self._waits.tell(time.monotonic())

    def _tell_others(self, facts: tuple[object, ...], screen: Screen, sheet: Sheet) -> None:
        """Tell what else is new, and hand over the picture or the pointer where it is another."""
        said: dict[str, object] = dict(zip(_FACTS, facts, strict=True))
        descriptors: list[int] = []
        with contextlib.ExitStack() as sent:
            if sheet is not self._sheet:
                self._sheets += 1
                self._frames += bool(screen.take())
                said["surface"] = (sheet.width, sheet.height, self._sheets)
                said |= {"frames": self._frames, "received": self._received}
                descriptors.append(sheet.descriptor)
            if screen.cursor is not self._cursor:
                said["cursor"] = screen.cursor and screen.cursor[:4]
                if screen.cursor:
                    descriptors.append(_as_file(screen.cursor.pixels))
                    sent.callback(os.close, descriptors[-1])
            words.say(self._desk, said, tuple(descriptors))
        self._facts, self._sheet, self._cursor = facts, sheet, screen.cursor
        self._is_seen = False
        self._waits.tell(time.monotonic())

    def _tell_end(self, ended: Ended) -> None:
        with contextlib.suppress(OSError):
            words.say(self._desk, {"end": ended.end.value, "detail": ended.detail[:500]})

    def _keep_time(self, due: Due) -> None:
        match due:
            case Due.GIVE_UP:
                raise Ended(End.SILENT)
            case Due.LEAVE:
                raise Ended(End.ALONE)
            case Due.ASK_QEMU if self._control is not None:
                self._control.ask_sign()
            case Due.ASK_CONSOLE:
                # Its view may only have no use for news.
                try:
                    words.say(self._desk, {"are_you_there": 1})
                except OSError as error:
                    raise Ended(End.CLOSED, str(error)) from error


def _send(sock: socket.socket, stream: Stream) -> None:
    """Send what can be sent now. Raises Ended where QEMU has gone, or takes nothing any more."""
    try:
        while stream.outgoing:
            data, descriptors = stream.outgoing[0]
            rights = struct.pack(f"{len(descriptors)}i", *descriptors)
            ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if descriptors else []
            count = sock.sendmsg([data], ancillary, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
            if count == len(data):
                stream.outgoing.popleft()
            else:
                stream.outgoing[0] = Parcel(data[count:], [])
    except BlockingIOError:
        if sum(len(parcel.data) for parcel in stream.outgoing) > _UNSENT_MOST:
            raise Ended(End.SILENT) from None
    except OSError as error:
        raise Ended(End.CLOSED, str(error)) from error


def _as_file(data: bytes) -> int:
    descriptor = os.memfd_create("celadon-cursor", os.MFD_CLOEXEC)
    os.write(descriptor, data)
    return descriptor


def main() -> None:
    """Read for whoever started this: the arguments are the descriptors of its desk and slot."""
    Reader(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])).run()
