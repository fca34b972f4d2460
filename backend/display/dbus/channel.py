"""The D-Bus display as a viewer holds it: a process reads it, a thread hears what it tells.

QEMU gives its display to one client at a time, and a second takes it from the first. So there is
one `Carrier` a machine in this program, which all views of that machine share.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from typing_extensions import override

from backend.display.channel import (
    Board,
    ChannelState,
    FramebufferChannel,
    News,
    PointerMode,
    Standing,
    Tally,
    Transport,
)
from backend.display.dbus import hands, words
from backend.display.dbus.spare import spare
from backend.display.dbus.waits import ANSWER_S, OPEN_S, SILENT_S
from backend.display.dbus.words import End, Packet
from backend.display.failures import DisplayTaken
from backend.display.input import Event, Leds
from backend.display.surface import BYTES_PER_PIXEL, Cursor, Rect, Surface
from backend.errors import (
    BackendError,
    DisplayBroken,
    DisplayEnded,
    DisplayRefused,
    DisplayStalled,
    Problem,
    Unexpected,
)

_LAST_S: Final = 1.0

IsRunning = Callable[[], bool]
"""Whether the machine still runs as it did. Asked on a thread that may wait."""


class Carrier:
    """One machine's display, for all who look: it begins when it is given the way to QEMU.

    `is_over` says that it will carry nothing any more.
    """

    def __init__(self) -> None:
        self.is_over = False
        self._is_stuck = self._is_unseen = False
        self._is_running: IsRunning = _never
        self._on_alone: Callable[[], None] | None = None
        # A view that is forgotten leaves on whatever thread notices, also within what this guards.
        self._lock = threading.RLock()
        self._boards: list[Board] = []
        self._belled: set[Board] = set()
        self._standing = Standing(transport="D-Bus", kind=Transport.DBUS)
        self._surface: Surface | None = None
        self._sheet = 0
        self._tally = Tally()
        # Before libvirt is asked, which takes as long as Python takes to start.
        self._desk, self._slot, self._process = spare.take()
        self._poll = select.epoll()
        self._poll.register(self._desk, select.EPOLLIN)
        self._poll.register(self._slot.out, 0)
        threading.Thread(target=self._run, name="display-dbus", daemon=True).start()
        guard = threading.Thread(target=_guard, args=(self._process.pid,), daemon=True)
        guard.name = "display-dbus-guard"
        guard.start()

    def begin(self, sock: socket.socket, is_running: IsRunning) -> None:
        """Carry what comes by this socket from QEMU; it is the reader's from here on."""
        self._is_running = is_running
        with sock:
            self._say({"open": 1}, (sock.fileno(),))

    def view(self) -> "DbusChannel":
        """Return a view of it, as it stands now."""
        board = Board(self._standing)
        with self._lock:
            self._boards.append(board)
            self._mind()
            board.put(self._standing, self._surface, tally=self._tally)
        return DbusChannel(self, board)

    def keep(self, on_alone: Callable[[], None]) -> None:
        """End no more with the last view, but call this then, on any thread, and at the end.

        Whoever keeps it has to close it.
        """
        self._on_alone = on_alone
        if self.is_over:
            on_alone()

    @property
    def is_alone(self) -> bool:
        """Whether nobody looks."""
        return not self._boards

    def leave(self, board: Board) -> None:
        """One view fewer; without any, this ends, unless it is kept."""
        with self._lock:
            if board in self._boards:
                self._boards.remove(board)
            self._belled.discard(board)
            self._mind()
            is_last = not self._boards
        if is_last:
            (self._on_alone or self.close)()

    def close(self) -> None:
        """Let the display go: its thread and its process end by themselves."""
        self.is_over = True
        with contextlib.suppress(OSError):
            self._desk.shutdown(socket.SHUT_RDWR)

    def send(self, events: tuple[Event, ...]) -> None:
        """Have the guest feel these, if there is a picture of it."""
        surface = self._surface
        if surface is not None:
            size = (surface.width, surface.height)
            calls = [call for event in events for call in hands.actions(event, size)]
            self._say({"calls": calls})

    def bell(self, board: Board) -> int | None:
        """Return what can be read while there is a picture, which this does not hear of then."""
        with self._lock:
            try:
                found = None if self._poll.closed else os.dup(self._slot.out)
            except OSError:
                return None  # as many are open as may be
            if found is not None:
                self._belled.add(board)
                self._mind()
            return found

    def take(self, board: Board) -> News:
        """Return what is new for one who looks; the others are told of it. Be told more."""
        with self._lock:
            news = board.take(self._gather(but=board))
            is_unseen, self._is_unseen = self._is_unseen, False
        if is_unseen:
            self._say({"seen": 1})
        return news

    def resize(self, width: int, height: int) -> None:
        """Ask the guest for that size, in pixels."""
        self._say({"size": (max(1, width), max(1, height))})

    def _say(self, said: dict[str, object], descriptors: tuple[int, ...] = ()) -> None:
        try:
            words.say(self._desk, said, descriptors)
        except BlockingIOError:
            self._is_stuck = True  # the reader does not read: it was stopped
            self.close()
        except OSError:
            pass  # the thread has heard so, and tells

    # The thread

    def _run(self) -> None:
        reason: Problem | None = None
        try:
            while (packet := self._next()) is not None and "end" not in packet.said:
                if "are_you_there" in packet.said:
                    self._say({"here": 1})
                else:
                    self._take(packet)
            reason = self._why(packet)
        except BackendError as error:
            reason = error.problem
        except OSError as error:
            reason = DisplayEnded(detail=(str(error),)).problem
        except Exception as error:  # noqa: BLE001  # a fault here ends one picture, and is told
            reason = Unexpected(detail=(repr(error),)).problem
        self.is_over = True
        ended = replace(self._standing, state=ChannelState.ENDED, reason=reason)
        self._put(ended, self._surface, self._sheet, self._tally)
        if self._on_alone is not None:
            self._on_alone()
        self._bury()

    def _next(self) -> Packet | None:
        """Return the next packet; of pictures only those are told of who have no bell for them."""
        while True:
            for descriptor, _event in self._poll.poll():
                if descriptor == self._desk.fileno():
                    return _heard(self._desk)
                with self._lock:
                    self._gather()

    def _mind(self) -> None:
        """Hear of pictures while somebody wants to, and nobody does it instead."""
        if not self._poll.closed:
            is_minded = self._boards and not self._belled
            self._poll.modify(self._slot.out, select.EPOLLIN if is_minded else 0)

    def _gather(self, but: Board | None = None) -> News | None:
        """Tell all of the pictures that came; return it for the one that is left out."""
        if self._poll.closed:
            return None
        damage: list[Rect] = []
        tally = self._tally
        for frames, received, sheet, areas in self._slot.take():
            tally = Tally(frames, received)
            if sheet == self._sheet:  # another is new as a whole, once it is here
                damage += [Rect(*area) for area in areas]
        if tally is self._tally:
            return None
        self._tally = tally
        news = News(self._standing, self._surface, tuple(damage), tally)
        for board in tuple(self._boards):
            if board is not but:
                board.put(*news)
        return news

    def _take(self, packet: Packet) -> None:
        """Take over all that is no picture, and the surface, which may have been handed over."""
        said, surface, sheet = packet.said, self._surface, self._sheet
        now, descriptors = _with_facts(self._standing, said), iter(packet.descriptors)
        tally, is_first = self._tally, surface is None
        try:
            if "surface" in said:
                width, height, sheet = said["surface"]
                surface = Surface(width, height, next(descriptors))
                tally = Tally(said["frames"], said["received"])
            if "cursor" in said:
                now = replace(now, cursor=_cursor(said["cursor"], descriptors))
        finally:
            for descriptor in packet.descriptors:
                os.close(descriptor)
        self._put(now, surface, sheet, tally)
        if is_first:
            spare.have()  # the next screen need not wait for Python, and this one is there

    def _put(self, standing: Standing, surface: Surface | None, sheet: int, tally: Tally) -> None:
        with self._lock:
            self._standing, self._surface, self._is_unseen = standing, surface, True
            self._sheet, self._tally = sheet, max(self._tally, tally)
            for board in tuple(self._boards):
                board.put(standing, surface, (), self._tally)

    def _why(self, packet: Packet | None) -> Problem | None:
        """Return why the reader ended; None if that was wanted here."""
        end = End(packet.said["end"]) if packet else End.CLOSED
        detail = (packet.said["detail"],) if packet and packet.said["detail"] else ()
        if self._is_stuck or end is End.ALONE:
            return DisplayStalled(seconds=round(SILENT_S)).problem
        if self.is_over:
            return None
        if end is End.CLOSED:
            was_taken = packet is not None and self._surface is not None and self._is_running()
            return (DisplayTaken() if was_taken else DisplayEnded(detail=detail)).problem
        if end is End.SILENT:
            seconds = OPEN_S if self._surface is None else ANSWER_S
            return DisplayStalled(seconds=round(seconds)).problem
        return (DisplayBroken if end is End.BROKEN else DisplayRefused)(detail=detail).problem

    def _bury(self) -> None:
        with self._lock:
            self._poll.close()
            self._slot.close()
        self._desk.close()
        try:
            self._process.wait(_LAST_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class DbusChannel(FramebufferChannel):
    """One view of a machine's D-Bus display."""

    def __init__(self, carrier: Carrier, board: Board) -> None:
        self._carrier, self._board = carrier, board
        # One that was never fetched is no view of it any more.
        weakref.finalize(self, carrier.leave, board)

    @property
    def standing(self) -> Standing:
        """How it stands now; nothing is taken by looking."""
        return self._board.standing

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self._board.listen(wake)

    @override
    def bell(self) -> int | None:
        return self._carrier.bell(self._board)

    @override
    def take(self) -> News:
        return self._carrier.take(self._board)

    @override
    def send(self, *events: Event) -> None:
        self._carrier.send(events)

    @override
    def resize(self, width: int, height: int) -> None:
        self._carrier.resize(width, height)

    @override
    def close(self) -> None:
        self._board.silence()
        self._carrier.leave(self._board)


def _heard(desk: socket.socket) -> Packet | None:
    try:
        return words.hear(desk)
    except ConnectionResetError:
        # Said once where the reader ended and left something of ours unread: why, it said before.
        return words.hear(desk)


def _guard(process: int) -> None:
    """Wait for the reader's end; one that is stopped is ended, or QEMU would grow or hang."""
    with contextlib.suppress(OSError):
        found = os.waitid(os.P_PID, process, os.WEXITED | os.WSTOPPED | os.WNOWAIT)
        if found is not None and found.si_code in (os.CLD_STOPPED, os.CLD_TRAPPED):
            os.kill(process, signal.SIGKILL)


def _never() -> bool:
    return False


def _with_facts(now: Standing, said: dict[str, Any]) -> Standing:
    mode = PointerMode.ABSOLUTE if said["absolute"] else PointerMode.RELATIVE
    leds = now.leds if said["leds"] is None else Leds(said["leds"])
    return replace(
        now,
        state=ChannelState.LIVE,
        pointer=mode,
        leds=leds,
        transport="D-Bus, shared memory" if said["is_shared"] else "D-Bus",
        can_resize=said["can_resize"],
    )


def _cursor(shape: list[int] | None, descriptors: Iterator[int]) -> Cursor | None:
    if shape is None:
        return None
    width, height, hot_x, hot_y = shape
    pixels = os.pread(next(descriptors), width * height * BYTES_PER_PIXEL, 0)
    return Cursor(width, height, hot_x, hot_y, pixels)
