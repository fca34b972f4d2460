"""Serial ports over libvirt's streams. Blocking, but for what libvirt's own event loop calls.

What comes is read as it comes, always: libvirt keeps in this process, without bound, whatever a
stream brought and nobody read. What goes is sent in the thread of whoever sends, since a daemon
that does not answer holds up the sender.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, Final

import libvirt

from backend.errors import BackendError, ConnectionLost
from backend.hypervisor.translation import translate
from backend.interruptions import SerialEnded, SerialInUse
from backend.ports import Hold

Connect = Any  # libvirt.virConnect: the binding has no types
Heard = Callable[[bytes], None]
Ended = Callable[[BackendError | None], None]

_CHUNK: Final = 65_536
_FULL: Final = -2
_FULL_PAUSE_S: Final = 0.02
_COMES: Final = (
    libvirt.VIR_STREAM_EVENT_READABLE
    | libvirt.VIR_STREAM_EVENT_ERROR
    | libvirt.VIR_STREAM_EVENT_HANGUP
)
_FLAGS: Final = {
    Hold.SAFE: libvirt.VIR_DOMAIN_CONSOLE_SAFE,
    Hold.FORCE: libvirt.VIR_DOMAIN_CONSOLE_FORCE,
}
# libvirt has one code for all that can go wrong here. The words are those of libvirt 9 to 11.
_HELD: Final = ("Active console session exists", "is locked by lock file")


class ConsoleLine:
    """One open console of one domain: a stream that libvirt's event loop reads."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._heard: Heard = lambda _data: None
        self._ended: Ended | None = None
        self._is_over = False

    def begin(self, heard: Heard, ended: Ended) -> None:
        """Tell what comes from now on, and once that nothing does any more."""
        self._heard, self._ended = heard, ended
        try:
            self._stream.eventAddCallback(_COMES, self._on_event, None)
        except libvirt.libvirtError as error:
            self._end(translate(error))

    def send(self, data: bytes) -> None:
        """Have the guest read this; waits while it does not. Raises when the line has ended."""
        while data:
            if self._is_over:
                raise SerialEnded
            try:
                count = int(self._stream.send(data))
            except libvirt.libvirtError as error:
                raise SerialEnded(detail=translate(error).detail) from error
            if count == _FULL:
                time.sleep(_FULL_PAUSE_S)
            else:
                data = data[count:]

    def lose(self) -> None:
        """Say that the connection is gone; whoever holds the line closes it then."""
        self._end(ConnectionLost())

    def close(self) -> None:
        """Let go of the stream; nothing is told from here on."""
        self._ended = None
        self._end(None)
        with contextlib.suppress(libvirt.libvirtError):  # it has ended by itself
            self._stream.abort()

    def _on_event(self, stream: Any, events: int, _opaque: object) -> None:
        # In libvirt's event loop, which is everybody's: nothing here waits or raises.
        if self._is_over:
            return
        try:
            data = stream.recv(_CHUNK) if events & libvirt.VIR_STREAM_EVENT_READABLE else b""
        except libvirt.libvirtError as error:
            self._end(_why(error))
            return
        if data == _FULL:
            return
        if data:
            self._heard(data)
        else:
            self._end(None)

    def _end(self, error: BackendError | None) -> None:
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
        with contextlib.suppress(libvirt.libvirtError):  # there was none
            self._stream.eventRemoveCallback()
        self._heard = lambda _data: None
        ended, self._ended = self._ended, None
        if ended is not None:
            ended(error)


Opening = Callable[[Connect], ConsoleLine]


def open_console(connect: Connect, uuid: str, alias: str, hold: Hold) -> ConsoleLine:
    """Return a line to the port of that alias. Raises SerialInUse where another client has it."""
    domain = connect.lookupByUUIDString(uuid)
    flags = _FLAGS[hold]
    return _open(connect, domain, lambda stream: domain.openConsole(alias or None, stream, flags))


def open_channel(connect: Connect, uuid: str, name: str) -> ConsoleLine:
    """Return a line to the channel of that name. Raises SerialInUse where another client has it."""
    domain = connect.lookupByUUIDString(uuid)
    return _open(connect, domain, lambda stream: domain.openChannel(name, stream, 0))


def _open(connect: Connect, domain: Any, begin: Callable[[Any], object]) -> ConsoleLine:
    stream = connect.newStream(libvirt.VIR_STREAM_NONBLOCK)
    try:
        begin(stream)
    except libvirt.libvirtError as error:
        message = str(error.get_error_message() or error)
        if any(words in message for words in _HELD):
            raise SerialInUse(name=str(domain.name()), detail=(message,)) from error
        raise
    return ConsoleLine(stream)


def _why(error: libvirt.libvirtError) -> BackendError:
    ours = translate(error)
    return ours if isinstance(ours, ConnectionLost) else SerialEnded(detail=ours.detail)
