"""An X server that draws pixels out of memory which we lend it (MIT-SHM 1.2): none is copied here.

Called by ctypes, from the two libraries that Qt calls itself: no Python binding hands over a
descriptor (xcffib's AttachFd has no place for one). On a connection of our own, since Qt has a
thread that would be woken by each answer.
"""

import ctypes
import os
import struct
import sys
import weakref
from ctypes import c_char_p, c_int, c_int16, c_int32, c_uint8, c_uint16, c_uint32, c_void_p
from functools import lru_cache
from typing import Any, Final

from backend.display.surface import Rect, Surface

_LIBRARIES: Final = ("libxcb.so.1", "libxcb-shm.so.0")
_DEPTH: Final = 24
_LEAST_VERSION: Final = (1, 2)
_WHOLE_PIXELS: Final = 2
"""ZPixmap: as they lie in memory."""
_TRUE_COLOUR: Final = 4
_MASKS: Final = (0xFF0000, 0xFF00, 0xFF)
_SETUP: Final = struct.Struct("=24xHxxBBB9x")
_FORMAT: Final = struct.Struct("=BBB5x")
_ROOT: Final = struct.Struct("=39xB")
_ALLOWED: Final = struct.Struct("=BxH4x")
_VISUAL: Final = struct.Struct("=IBxxxIII4x")
_EVENT: Final = struct.Struct("=B11xI16xI")
"""What an event is; of one that tells what was drawn, whose memory; of a fault, the request."""
AHEAD_MOST: Final = 3
"""So many times it is drawn before the X server is asked to tell that it was: hearing of it costs
as much as drawing."""
_SENT: Final = 0x80
"""Set in what another client had sent to us."""
_C: Final = c_void_p
_CALLS: Final[tuple[dict[str, tuple[Any, ...]], ...]] = (
    {
        "xcb_connect": (_C, c_char_p, _C),
        "xcb_connection_has_error": (c_int, _C),
        "xcb_disconnect": (None, _C),
        "xcb_get_file_descriptor": (c_int, _C),
        "xcb_get_setup": (_C, _C),
        "xcb_get_extension_data": (_C, _C, _C),
        "xcb_generate_id": (c_uint32, _C),
        "xcb_request_check": (_C, _C, c_uint32),
        "xcb_poll_for_event": (_C, _C),
        "xcb_poll_for_queued_event": (_C, _C),
        "xcb_flush": (c_int, _C),
        "xcb_create_gc": (c_uint32, _C, c_uint32, c_uint32, c_uint32, _C),
        "xcb_get_window_attributes": (c_uint32, _C, c_uint32),
        "xcb_get_window_attributes_reply": (_C, _C, c_uint32, _C),
        "xcb_get_input_focus": (c_uint32, _C),
        "xcb_get_input_focus_reply": (_C, _C, c_uint32, _C),
    },
    {
        "xcb_shm_query_version": (c_uint32, _C),
        "xcb_shm_query_version_reply": (_C, _C, c_uint32, _C),
        "xcb_shm_attach_fd_checked": (c_uint32, _C, c_uint32, c_int32, c_uint8),
        "xcb_shm_detach": (c_uint32, _C, c_uint32),
        "xcb_shm_put_image": (
            c_uint32, _C, c_uint32, c_uint32, *(c_uint16,) * 6, *(c_int16,) * 2, *(c_uint8,) * 3,
            c_uint32, c_uint32,
        ),
    },
)  # fmt: skip
"""The functions of each library: what they return, and what they take."""


class Refused(Exception):
    """The X server cannot draw this, or draws nothing any more."""


class Loan:
    """A surface whose memory the X server has too, to read, until this is forgotten."""

    def __init__(self, number: int, surface: Surface) -> None:
        self.number = number
        self.width, self.height = surface.width, surface.height
        self.sent = (0, 0)
        """The numbers of the requests whose outcome is not known, first and last."""
        self.ahead = 0
        """How many times it was drawn of which it is not known that it was; no more than that."""
        self.is_refused = False


class XServer:
    """A connection to it. Raises Refused where it is not on this computer, or too old."""

    def __init__(self, display: str | None = None) -> None:
        display = os.environ.get("DISPLAY", "") if display is None else display
        if not _is_local(display) or sys.byteorder != "little":
            raise Refused(display)
        try:
            loaded = [ctypes.CDLL(name) for name in _LIBRARIES]
            self._free = ctypes.CDLL(None).free
        except OSError as error:
            raise Refused(str(error)) from error
        self._free.argtypes = (_C,)
        self._xcb, self._shm = loaded
        for library, calls in zip(loaded, _CALLS, strict=True):
            for name, (result, *arguments) in calls.items():
                function = getattr(library, name)
                function.restype, function.argtypes = result, arguments
        self._connection = self._xcb.xcb_connect(display.encode(), None)
        weakref.finalize(self, self._xcb.xcb_disconnect, self._connection)
        self._require_life()
        self._done = self._completion()
        self._visuals = plain_visuals(self._setup())
        # Whoever forgets a loan has it taken back at once, drawn or not: none is held here.
        self._pending: weakref.WeakValueDictionary[int, Loan] = weakref.WeakValueDictionary()
        self._context = 0

    def fileno(self) -> int:
        """Return the socket's descriptor."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def lend(self, surface: Surface) -> Loan:
        """Have the X server see the surface. Raises Refused."""
        if surface.descriptor is None:
            raise Refused("memory of this process alone")
        number = self._xcb.xcb_generate_id(self._connection)
        descriptor = os.dup(surface.descriptor)  # the library closes it
        self._check(self._shm.xcb_shm_attach_fd_checked(self._connection, number, descriptor, 1))
        self.look()  # a guest may have another screen each moment: nobody looks after the last
        loan = Loan(number, surface)
        weakref.finalize(loan, self._take_back, number)
        return loan

    def require_plain(self, window: int) -> None:
        """Raise Refused unless the pixels of that window are as those of a surface."""
        asked = self._xcb.xcb_get_window_attributes(self._connection, window)
        told = self._xcb.xcb_get_window_attributes_reply(self._connection, asked, None)
        if self._bytes(told, 12)[8:] not in self._visuals:
            raise Refused("pixels of another kind")
        if not self._context:
            self._context = self._xcb.xcb_generate_id(self._connection)
            self._xcb.xcb_create_gc(self._connection, self._context, window, 0, None)

    def draw(self, window: int, loan: Loan, rects: tuple[Rect, ...], x: int, y: int) -> None:
        """Have these parts of a surface drawn, whose corner is at `x`, `y` in that window."""
        connection, put, last = self._connection, self._shm.xcb_shm_put_image, len(rects) - 1
        if loan.ahead + 1 < AHEAD_MOST:
            last = -1
        numbers = [
            put(connection, window, self._context, loan.width, loan.height, *rect,
                x + rect.x, y + rect.y, _DEPTH, _WHOLE_PIXELS, number == last, loan.number, 0)
            for number, rect in enumerate(rects)
        ]  # fmt: skip
        self._xcb.xcb_flush(connection)
        if not loan.ahead:
            self._pending[loan.number] = loan
        loan.sent = (loan.sent[0] if loan.ahead else numbers[0], numbers[-1])
        loan.ahead += 1

    def look(self) -> None:
        """Know what has been drawn by now, and what was refused. Raises Refused at its end."""
        event = self._xcb.xcb_poll_for_event(self._connection)
        while event:
            kind, number, request = _EVENT.unpack(ctypes.string_at(event, _EVENT.size))
            self._free(event)
            if kind & ~_SENT == self._done:
                self._know(number)
            elif kind == 0:
                self._refuse(request)
            # What came with it is here: that costs no look at the socket.
            event = self._xcb.xcb_poll_for_queued_event(self._connection)
        self._require_life()

    def wait(self) -> None:
        """Have all drawn that was sent. Raises Refused at the X server's end."""
        asked = self._xcb.xcb_get_input_focus(self._connection)
        self._free(self._xcb.xcb_get_input_focus_reply(self._connection, asked, None))
        self.look()
        for number in tuple(self._pending):
            self._know(number)

    def _know(self, number: int) -> None:
        if loan := self._pending.pop(number, None):
            loan.ahead = 0

    def _refuse(self, request: int) -> None:
        for loan in tuple(self._pending.values()):
            if loan.sent[0] <= request <= loan.sent[1]:
                del self._pending[loan.number]
                loan.ahead, loan.is_refused = 0, True

    def _take_back(self, number: int) -> None:
        self._shm.xcb_shm_detach(self._connection, number)
        self._xcb.xcb_flush(self._connection)

    def _completion(self) -> int:
        """Return the number of the event that tells what was drawn."""
        shm = ctypes.byref(ctypes.c_char.in_dll(self._shm, "xcb_shm_id"))
        found = self._xcb.xcb_get_extension_data(self._connection, shm)
        if not found or not ctypes.string_at(found, 12)[8]:
            raise Refused("MIT-SHM is missing")
        asked = self._shm.xcb_shm_query_version(self._connection)
        told = self._shm.xcb_shm_query_version_reply(self._connection, asked, None)
        if struct.unpack("=HH", self._bytes(told, 12)[8:]) < _LEAST_VERSION:
            raise Refused("MIT-SHM is too old")
        return ctypes.string_at(found, 12)[10]

    def _setup(self) -> bytes:
        setup = self._xcb.xcb_get_setup(self._connection)
        (words,) = struct.unpack("=H", ctypes.string_at(setup, 8)[6:])
        return ctypes.string_at(setup, 8 + 4 * words)

    def _check(self, request: int) -> None:
        error = self._xcb.xcb_request_check(self._connection, request)
        if error:
            raise Refused(f"error {self._bytes(error, 2)[1]}")
        self._require_life()

    def _require_life(self) -> None:
        if self._xcb.xcb_connection_has_error(self._connection):
            raise Refused("the connection is broken")

    def _bytes(self, told: int | None, count: int) -> bytes:
        """Return what the library tells, which it need not keep any more."""
        if not told:
            raise Refused("no answer")
        data = ctypes.string_at(told, count)
        self._free(told)
        return data


@lru_cache(maxsize=1)
def server() -> XServer | None:
    """Return the one of this program; None if there is none that draws from our memory."""
    try:
        return XServer()
    except Refused:
        return None


def plain_visuals(setup: bytes) -> frozenset[bytes]:
    """Return the kinds of windows whose pixels are as those of a surface, as X numbers them."""
    vendor, roots, formats, order = _SETUP.unpack_from(setup)
    at = _SETUP.size + vendor + -vendor % 4
    depths = [_FORMAT.unpack_from(setup, at + n * _FORMAT.size) for n in range(formats)]
    at += formats * _FORMAT.size
    found = set()
    for _root in range(roots):
        (allowed,) = _ROOT.unpack_from(setup, at)
        at += _ROOT.size
        for _depth in range(allowed):
            depth, count = _ALLOWED.unpack_from(setup, at)
            at += _ALLOWED.size
            for start in range(at, at + count * _VISUAL.size, _VISUAL.size):
                _number, kind, *masks = _VISUAL.unpack_from(setup, start)
                if depth == _DEPTH and kind == _TRUE_COLOUR and tuple(masks) == _MASKS:
                    found.add(setup[start : start + 4])
            at += count * _VISUAL.size
    return frozenset(found) if order == 0 and (_DEPTH, 32, 32) in depths else frozenset()


def _is_local(display: str) -> bool:
    """Whether it is reached by a socket of this computer, which alone carries descriptors."""
    return display.startswith((":", "unix:", "/"))
