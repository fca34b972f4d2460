"""A QEMU that is made up: its end of both sockets, step by step, and what it would send."""

import mmap
import socket
from typing import Any

from backend.display.dbus.control import ROOT
from backend.display.dbus.message import (
    CALL,
    NO_REPLY,
    RETURN,
    SIGNAL,
    START,
    Header,
    Headers,
    dump,
)
from backend.display.dbus.screen import LISTENER, PROPERTIES, UNIX_MAP
from backend.display.dbus.sheet import BYTES_PER_PIXEL, Sheet
from backend.display.dbus.wire import Value, unmarshal
from backend.display.dbus.words import descriptors_in

LOGIN = b"OK 0123456789abcdef\r\nAGREE_UNIX_FD\r\n"
FORMAT = 0x20020888
PATIENCE_S = 20.0
CONSOLE = f"{ROOT}/Console_0"


def shown(member: str, signature: str, *values: Value, interface: str = LISTENER) -> bytes:
    """Return a call to the listener, that nobody waits for."""
    path = "/org/qemu/Display1/Listener"
    count = signature.count("h")
    return dump(Header(CALL, NO_REPLY, path, interface, member, "", 0, signature, count), 7, values)


def scanout(
    width: int, height: int, pixels: bytes, *, stride: int = 0, form: int = FORMAT
) -> bytes:
    """Return a whole picture."""
    stride = stride or width * BYTES_PER_PIXEL
    return shown("Scanout", "uuuuay", width, height, stride, form, pixels)


def update(
    x: int, y: int, width: int, height: int, pixels: bytes, *, stride: int = 0, form: int = FORMAT
) -> bytes:
    """Return a part of one."""
    stride = stride or width * BYTES_PER_PIXEL
    return shown("Update", "iiiiuuay", x, y, width, height, stride, form, pixels)


def scanout_map(width: int, height: int, *, offset: int = 0) -> bytes:
    """Return what hands over a descriptor, the first of those that come with it."""
    values = (0, offset, width, height, width * BYTES_PER_PIXEL, FORMAT)
    return shown("ScanoutMap", "huuuuu", *values, interface=UNIX_MAP)


def update_map(*area: int) -> bytes:
    """Return that a part of the shared memory is new."""
    return shown("UpdateMap", "iiii", *area, interface=UNIX_MAP)


class PlainMemory:
    """Sheets of this process alone."""

    def __init__(self) -> None:
        self.shared: list[tuple[int, int, int, tuple[int, int]]] = []
        self.others = bytearray(1 << 16)

    def make(self, width: int, height: int) -> Sheet:
        stride = width * BYTES_PER_PIXEL
        return Sheet((width, height), stride, memoryview(mmap.mmap(-1, stride * height)))

    def share(self, descriptor: int, offset: int, stride: int, size: tuple[int, int]) -> Sheet:
        self.shared.append((descriptor, offset, stride, size))
        return Sheet(size, stride, memoryview(self.others)[offset:])


class Peer:
    """One of QEMU's ends, on a socket that blocks."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.settimeout(PATIENCE_S)
        self.descriptors: list[int] = []
        self._data = b""
        self._headers = Headers()
        self._serial = 100

    def log_in(self) -> None:
        """Let the other side in."""
        while b"BEGIN\r\n" not in self._data:
            self._more()
        before, self._data = self._data.split(b"BEGIN\r\n", 1)
        assert before.startswith(b"\0AUTH EXTERNAL ")
        self.sock.sendall(LOGIN)

    def next(self) -> tuple[Header, int, tuple[Value, ...]]:
        """Return the next message."""
        while len(self._data) < START:
            self._more()
        whole, length = self._headers.length(self._data[:START])
        while len(self._data) < whole + length:
            self._more()
        header, serial = self._headers.parse(self._data[:whole])
        body = self._data[whole : whole + length]
        self._data = self._data[whole + length :]
        return header, serial, unmarshal(header.signature, body)

    def say(self, header: Header, *values: Value) -> None:
        """Send a message."""
        self._serial += 1
        self.sock.sendall(dump(header, self._serial, values))

    def answer(self, serial: int, signature: str = "", *values: Value) -> None:
        """Answer a call."""
        self.say(Header(RETURN, NO_REPLY, reply_to=serial, signature=signature), *values)

    def _more(self) -> None:
        data, ancillary, _flags, _from = self.sock.recvmsg(1 << 16, 256)
        if not data:
            raise EOFError
        self._data += data
        self.descriptors += descriptors_in(ancillary)


class Qemu:
    """All of it: a machine with one graphical console."""

    def __init__(self) -> None:
        self.ours, theirs = socket.socketpair()
        self.control = Peer(theirs)
        self.listener: Peer | None = None
        self.is_absolute = True

    def properties(self) -> dict[str, dict[str, Any]]:
        """Return what it has to say of itself."""
        return {
            "org.qemu.Display1.VM": {"Name": ("s", "vm"), "ConsoleIDs": ("au", [0])},
            "org.qemu.Display1.Console": {"Type": ("s", "Graphic")},
            "org.qemu.Display1.Keyboard": {"Modifiers": ("u", 2)},
            "org.qemu.Display1.Mouse": {"IsAbsolute": ("b", self.is_absolute)},
        }

    def introduce(self) -> None:
        """Let a client in, and answer it until it wants to be shown something."""
        self.control.log_in()
        while True:
            header, serial, values = self.control.next()
            if header.member == "RegisterListener":
                break
            assert (header.interface, header.member) == (PROPERTIES, "GetAll")
            self.control.answer(serial, "a{sv}", self.properties()[values[0]])
        self.listener = Peer(socket.socket(fileno=self.control.descriptors.pop()))
        self.control.answer(serial)

    def show(self, *messages: bytes) -> None:
        """Log in at the listener as QEMU does, ask what it can, and send these."""
        listener = self.listener
        assert listener is not None
        listener.log_in()
        listener.say(
            Header(CALL, 0, "/x", PROPERTIES, "GetAll", signature="s"), "org.qemu.Display1.Listener"
        )
        header, _serial, values = listener.next()
        assert (header.kind, values) == (RETURN, ({"Interfaces": [UNIX_MAP]},))
        for message in messages:
            listener.sock.sendall(message)

    def change(self, interface: str, **properties: tuple[str, Value]) -> None:
        """Tell that something changed."""
        header = Header(SIGNAL, NO_REPLY, CONSOLE, PROPERTIES, "PropertiesChanged")
        self.control.say(header._replace(signature="sa{sv}as"), interface, properties, [])

    def close(self) -> None:
        """End, as when the machine does."""
        self.ours.close()
        self.control.sock.close()
        if self.listener:
            self.listener.sock.close()
