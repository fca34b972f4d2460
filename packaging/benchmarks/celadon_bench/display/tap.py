"""Stands between a viewer and a VNC server: has it use one encoding, and counts what comes.

In threads of this process, so that it costs no viewer anything; the same for every viewer.
"""

import contextlib
import socket
import threading
from pathlib import Path
from typing import Final

from celadon_bench.display.asks import ENCODINGS, only, read_message
from celadon_bench.display.meter import Meter, Sent

_BLOCK: Final = 1 << 20
_HANDSHAKE: Final = (12, 1, 1)
"""What a viewer says first: its version, its choice of security (none) and of sharing."""


class Tap:
    """Leads one viewer after the other from the socket `place` to `server`; close it."""

    def __init__(self, place: Path, server: Path, size: tuple[int, int], encoding: int) -> None:
        self.place, self.size = place, size
        self._server, self._encoding = server, encoding
        self.sent = Sent()
        """What came for all that were led."""
        self.problem = ""
        """What of the server's it did not understand; its counts then stand still."""
        place.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(place))
        self._listener.listen()
        self._thread = threading.Thread(target=self._run, name="tap", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Lead nobody any more; whoever is led has to have left."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5.0)

    def _run(self) -> None:
        while True:
            try:
                viewer, _address = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            with viewer, server, contextlib.suppress(OSError):
                server.connect(str(self._server))
                asking = threading.Thread(target=self._hand_on, args=(viewer, server), daemon=True)
                asking.start()
                self._bring(server, viewer)

    def _hand_on(self, viewer: socket.socket, server: socket.socket) -> None:
        stream = viewer.makefile("rb")
        with contextlib.suppress(OSError):
            for size in _HANDSHAKE:
                server.sendall(stream.read(size))
            while message := read_message(stream):
                is_list = message[0] == ENCODINGS
                server.sendall(only(self._encoding, message) if is_list else message)
            server.shutdown(socket.SHUT_RDWR)

    def _bring(self, server: socket.socket, viewer: socket.socket) -> None:
        meter, block = Meter(self.sent), memoryview(bytearray(_BLOCK))
        while count := server.recv_into(block):
            viewer.sendall(block[:count])
            if not self.problem:
                try:
                    meter.feed(block[:count])
                except ValueError as error:
                    self.problem = str(error)
