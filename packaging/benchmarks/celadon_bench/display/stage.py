"""A VNC server in a thread of this process: it plays frames, one for each update asked for."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from celadon_bench.display.asks import GREETING, REQUEST, read_message
from celadon_bench.display.encoders import Piece, Streams
from celadon_bench.display.meter import Sent

Frame = tuple[Piece, ...]
_LARGE: Final = 1 << 16
_FORMAT: Final = struct.pack(">BBBBHHHBBB3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)


class Play:
    """Frames, one after the other, from the beginning again after the last; or as `hold` says.

    `rate` is how many a second at most; None is: as fast as they are asked for.
    """

    def __init__(self, frames: Sequence[Frame], rate: float | None = None) -> None:
        self._frames = frames
        self._pause_s = 1 / rate if rate else 0.0
        self._turn = -1
        self._due = 0.0

    def next(self) -> Frame:
        """Return the next one, when it is due."""
        self._turn += 1
        now = time.perf_counter()
        if self._due > now:
            time.sleep(self._due - now)
        self._due = max(self._due, now - self._pause_s) + self._pause_s
        return self._frames[self._turn % len(self._frames)]


class Script:
    """The first frame at once, and each further one when it is told to show it."""

    def __init__(self, first: Frame) -> None:
        self._next = first
        self._may = threading.Semaphore(1)
        self.is_waited_for = threading.Event()
        """Whether a viewer has asked for the next."""

    def show(self, frame: Frame) -> None:
        """Send this one now."""
        self.is_waited_for.clear()
        self._next = frame
        self._may.release()

    def next(self) -> Frame:
        """Return the next one, once there is one."""
        self.is_waited_for.set()
        self._may.acquire()
        return self._next


class Stage:
    """Serves one viewer after the other on the socket `place`; close it. `sent` is of all."""

    def __init__(self, place: Path, size: tuple[int, int], play: Play | Script) -> None:
        self.sent = Sent()
        self.place = place
        self.came = 0.0
        """When the last viewer connected, by `time.perf_counter`."""
        self.size, self._play = size, play
        place.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(place))
        self._listener.listen()
        self._thread = threading.Thread(target=self._run, name="stage", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Serve nobody any more; whoever is served has to have left."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if isinstance(self._play, Script):
            self._play.show(())
        self._thread.join(5.0)

    def _run(self) -> None:
        while True:
            try:
                sock, _address = self._listener.accept()
            except OSError:
                return
            self.came = time.perf_counter()
            with sock, contextlib.suppress(OSError):
                self._serve(sock)

    def _serve(self, sock: socket.socket) -> None:
        stream, streams = sock.makefile("rb"), Streams()
        sock.sendall(GREETING)
        stream.read(12)
        sock.sendall(b"\1\1")
        stream.read(1)
        sock.sendall(bytes(4))
        stream.read(1)
        sock.sendall(struct.pack(">HH", *self.size) + _FORMAT + struct.pack(">I5s", 5, b"stage"))
        while message := read_message(stream):
            if message[0] == REQUEST:
                self._send(sock, self._play.next(), streams)

    def _send(self, sock: socket.socket, frame: Frame, streams: Streams) -> None:
        small = bytearray(struct.pack(">BxH", 0, len(frame)))
        for piece in frame:
            head, body = streams.write(piece)
            self.sent.received_bytes += len(head) + len(body)
            small += head
            if len(body) > _LARGE:  # sent without a copy, which would take as long as the sending
                sock.sendall(small)
                sock.sendall(body)
                small.clear()
            else:
                small += body
        sock.sendall(small)
        sizes = (struct.unpack_from(">HH", piece.head, 4) for piece in frame)
        self.sent.pixels += sum(width * height for width, height in sizes)
        self.sent.rects += len(frame)
        self.sent.updates += 1
