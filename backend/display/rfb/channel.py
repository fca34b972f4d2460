"""RFB over a connected socket, on a thread of its own that waits for nobody.

The thread sleeps until the server sends, the viewer has taken a picture, or a key was pressed: an
idle guest costs nothing. It asks for the next update only once the viewer has taken the last.
"""

import contextlib
import os
import select
import socket
import struct
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import replace

from typing_extensions import override

from backend.display.channel import (
    Board,
    ChannelState,
    FramebufferChannel,
    News,
    PointerMode,
    Standing,
    Tally,
)
from backend.display.input import Event, PointerBy, PointerTo
from backend.display.rfb import patience
from backend.display.rfb.access import Access
from backend.display.rfb.canvas import Remarks
from backend.display.rfb.gauge import Gauge
from backend.display.rfb.messages import Link, encodings_for
from backend.display.rfb.patience import Patience
from backend.display.rfb.protocol import RfbProtocol
from backend.errors import BackendError, DisplayEnded, DisplayStalled, Problem, Unexpected

_QUEUE_MOST = 1 << 16
_AT_ONCE = struct.pack("ll", 0, 20_000)
"""For a picture that does not come on is waited so long, in seconds and microseconds."""


class RfbChannel(FramebufferChannel):
    """A screen by VNC. The channel owns `sock`, and closes it in the end, whatever happens."""

    def __init__(
        self,
        sock: socket.socket,
        *,
        transport: str,
        link: Link = Link.LOCAL,
        access: Access | None = None,
        remark: Problem | None = None,
    ) -> None:
        self._board = Board(Standing(transport=transport, remark=remark))
        self._tasks = _Tasks()
        reader = _Reader(sock, access or Access(), link, self._board, self._tasks)
        threading.Thread(target=reader.run, name="display-rfb", daemon=True).start()
        # The thread does not hold the channel: one that was never fetched ends its thread too.
        weakref.finalize(self, self._tasks.close)

    @override
    def listen(self, wake: Callable[[], None]) -> None:
        self._board.listen(wake)

    @property
    def standing(self) -> Standing:
        """How it stands now; of its coming to life or its end, whoever listens is told."""
        return self._board.standing

    @override
    def take(self) -> News:
        news = self._board.take()
        if news.standing.state is ChannelState.LIVE:
            self._tasks.ask()
        return news

    @override
    def send(self, *events: Event) -> None:
        self._tasks.send(events)

    @override
    def resize(self, width: int, height: int) -> None:
        self._tasks.resize(width, height)

    @override
    def close(self) -> None:
        self._board.silence()
        self._tasks.close()


class _Tasks:
    """What a viewer wants of the thread, and the bell that wakes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._is_over = False
        self._events: list[Event] = []
        self.is_asked = False
        self.is_closed = False
        self.size: tuple[int, int] | None = None

    def fileno(self) -> int:
        """What can be read when there is something to do."""
        return self._bell

    def ask(self) -> None:
        """The last picture was taken."""
        with self._lock:
            if not self.is_asked:
                self.is_asked = True
                self._ring()

    def send(self, events: tuple[Event, ...]) -> None:
        """These were done, after what was done before; of moves, the last alone counts."""
        with self._lock:
            for event in events:
                _append(self._events, event)
            if len(self._events) <= _QUEUE_MOST:
                self._ring()

    def resize(self, width: int, height: int) -> None:
        """The viewer would have this size."""
        with self._lock:
            self.size = (width, height)
            self._ring()

    def close(self) -> None:
        """Nobody wants anything any more."""
        with self._lock:
            self.is_closed = True
            self._ring()

    def take(self) -> tuple[tuple[Event, ...], tuple[int, int] | None]:
        """Return what is to be sent, and begin anew."""
        with self._lock:
            with contextlib.suppress(BlockingIOError):
                os.eventfd_read(self._bell)
            events, self._events = tuple(self._events), []
            size, self.size = self.size, None
            return events, size

    def end(self) -> None:
        """The thread is gone: nothing wakes it."""
        with self._lock:
            if not self._is_over:
                self._is_over = True
                os.close(self._bell)

    def _ring(self) -> None:
        if not self._is_over:
            os.eventfd_write(self._bell, 1)


def _append(events: list[Event], event: Event) -> None:
    last = events[-1] if events else None
    match last, event:
        case PointerTo(), PointerTo():
            events[-1] = event
        case PointerBy(dx, dy), PointerBy(more_x, more_y):
            events[-1] = PointerBy(dx + more_x, dy + more_y)
        case _ if len(events) < _QUEUE_MOST:
            events.append(event)
        case _:
            pass  # a server that takes nothing for so long is about to be given up


class _Reader:
    """The thread's work."""

    def __init__(
        self,
        sock: socket.socket,
        access: Access,
        link: Link,
        board: Board,
        tasks: _Tasks,
    ) -> None:
        self._sock, self._access, self._board, self._tasks = sock, access, board, tasks
        self._protocol = RfbProtocol(encodings_for(link), access)
        self._gauge = Gauge(link)
        self._sent_at: float | None = None
        self._poll = select.poll()
        self._received = 0
        self._updates_told = 0
        self._remarks_told = Remarks()
        self._is_send_waiting = False
        self._patience = Patience()

    def run(self) -> None:
        """Read until the end, and tell why it came."""
        reason: Problem | None = None
        try:
            self._read()
        except BackendError as error:
            reason = error.problem
        except OSError as error:
            reason = DisplayEnded(detail=(str(error),)).problem
        except Exception as error:  # noqa: BLE001  # a fault here ends one picture, and is told
            reason = Unexpected(detail=(repr(error),)).problem
        finally:
            self._tasks.end()
            self._sock.close()
            self._protocol.close()
        ended = replace(self._board.standing, state=ChannelState.ENDED, reason=reason)
        self._board.put(ended)

    def _read(self) -> None:
        sock, tasks, poll = self._sock, self._tasks, self._poll
        sock.settimeout(None)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _AT_ONCE)
        server, bell = sock.fileno(), tasks.fileno()
        poll.register(bell, select.POLLIN)
        poll.register(server, select.POLLIN)
        self._do_tasks()
        while not tasks.is_closed:
            if self._protocol.outgoing or self._is_send_waiting:
                self._send()
            # Few calls for each piece: of a picture there come a dozen.
            ready = dict(poll.poll(self._patiently_ms()))
            has_come = ready.get(server, 0) & ~select.POLLOUT
            if has_come:
                self._receive()
            if not ready or bell in ready:
                self._do_tasks()
            if has_come or not ready:
                self._tell(is_quiet=not ready)
        self._say_the_last()

    def _send(self) -> None:
        outgoing = self._protocol.outgoing
        with contextlib.suppress(BlockingIOError):
            del outgoing[: self._sock.send(outgoing, socket.MSG_DONTWAIT)]
            self._sent_at = time.monotonic()
        if bool(outgoing) is not self._is_send_waiting:
            self._is_send_waiting = bool(outgoing)
            self._poll.register(self._sock, select.POLLIN | (select.POLLOUT if outgoing else 0))

    def _say_the_last(self) -> None:
        """Send what was done before the channel was closed: keys that went up, above all."""
        self._do_tasks()
        with contextlib.suppress(BlockingIOError):
            self._sock.send(self._protocol.outgoing, socket.MSG_DONTWAIT)

    def _do_tasks(self) -> None:
        events, size = self._tasks.take()
        for event in events:
            self._protocol.send(event)
        now = time.monotonic()
        if events and self._protocol.surface is not None:
            self._patience.felt(now)
        if self._patience.needs_sign(now):
            self._protocol.ask_for_sign()
        if size:
            self._protocol.resize(*size)
        self._ask()
        if len(self._protocol.outgoing) > _QUEUE_MOST:
            raise DisplayStalled(seconds=round(patience.STALL_S))

    def _ask(self) -> None:
        """Ask for the next picture, if the viewer is ready for it and the last has come."""
        if self._tasks.is_asked and not self._protocol.is_asked:
            self._tasks.is_asked = False
            self._protocol.ask()

    def _receive(self) -> None:
        # What is there is taken, and the viewer sees it; large rectangles the kernel gathers.
        how = socket.MSG_WAITALL if self._protocol.line.is_pouring else socket.MSG_DONTWAIT
        try:
            count = self._sock.recv_into(self._protocol.room(), 0, how)
        except BlockingIOError:
            return
        if count == 0:
            self._protocol.ended()
        self._received += count
        self._patience.received()
        was_live = self._protocol.surface is not None
        self._protocol.received(count)
        if not was_live or self._gauge.link is not Link.LOCAL:
            self._measure(count, was_live=was_live)
        self._ask()

    def _measure(self, count: int, *, was_live: bool) -> None:
        """Have pictures written as it suits the link, by what is known of it now."""
        now = time.monotonic()
        if was_live:
            self._gauge.received(count, now, is_within=self._protocol.is_within)
        elif self._sent_at is not None:  # what it says first is no answer
            self._gauge.answered(now - self._sent_at)
        if not was_live and self._protocol.surface is not None:
            self._gauge.greeted()
        self._protocol.prefer(encodings_for(self._gauge.link))

    def _introduced(self, standing: Standing) -> Standing:
        """Return it with what is to be said of the way, now that both sides have agreed on it."""
        is_sealed = self._protocol.line.is_sealed
        transport = f"{standing.transport}, TLS" if is_sealed else standing.transport
        remark = standing.remark or self._access.remark_on(is_sealed=is_sealed)
        return replace(standing, transport=transport, remark=remark)

    def _tell(self, *, is_quiet: bool) -> None:
        """Put a whole picture on the board, or the part of one that is slow to come."""
        protocol = self._protocol
        if protocol.surface is None:
            return
        standing, remarks = self._board.standing, protocol.remarks
        # Who was let in, or is told of a pointer's new shape, may have no picture for a long time.
        is_news = standing.state is not ChannelState.LIVE or remarks != self._remarks_told
        is_to_come = protocol.is_within or (protocol.is_asked and not is_news)
        if is_to_come and not is_quiet and protocol.updates == self._updates_told:
            return
        self._updates_told = protocol.updates
        if is_news:
            self._remarks_told = replace(remarks)
            standing = self._remarked(standing, remarks)
        tally = Tally(protocol.updates, self._received)
        self._board.put(standing, protocol.surface, protocol.take_damage(), tally)

    def _remarked(self, before: Standing, remarks: Remarks) -> Standing:
        return replace(
            before if before.state is ChannelState.LIVE else self._introduced(before),
            state=ChannelState.LIVE,
            pointer=PointerMode.ABSOLUTE if remarks.is_absolute else PointerMode.RELATIVE,
            cursor=remarks.cursor,
            leds=remarks.leds,
            can_resize=remarks.can_resize,
        )

    def _patiently_ms(self) -> float | None:
        """Return how long may be slept. Raises DisplayStalled if the server hangs."""
        protocol, now = self._protocol, time.monotonic()
        # Something is under way, in or out.
        is_busy = protocol.is_within or bool(protocol.outgoing)
        is_live = protocol.surface is not None
        self._patience.check(now, self._received, is_live=is_live, is_busy=is_busy)
        return self._patience.wait_ms(now, is_busy=is_busy)
