"""The open serial ports of one host: they end with its connection, whoever holds them."""

import contextlib
import threading
import weakref
from typing import Final

from backend.errors import BackendError, ConnectionLost
from backend.hypervisor.connection import Connection
from backend.hypervisor.consoles import Connect, ConsoleLine, Opening

_LET_GO_DEADLINE_S: Final = 5.0


class Consoles:
    """Opens serial ports on a connection of their own, so that a flood holds up nothing else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opening: set[threading.Event] = set()
        self._open: weakref.WeakSet[ConsoleLine] = weakref.WeakSet()

    async def open(self, opening: Opening, *, deadline_s: float) -> ConsoleLine:
        """Return the line that `opening` makes of the virConnect. Raises our errors."""
        given_up = threading.Event()
        begun: list[ConsoleLine] = []

        def begin(connect: Connect) -> ConsoleLine:
            line = opening(connect)
            begun.append(line)
            if given_up.is_set():
                line.close()  # or nobody could have the port while this host is connected
                raise ConnectionLost
            return line

        self._opening.add(given_up)
        try:
            line = await self._connection.call(begin, deadline_s=deadline_s)
        except BaseException:
            given_up.set()
            for late in begun:  # it was there in the moment in which nobody waited any more
                _close_beside(late)
            raise
        finally:
            self._opening.discard(given_up)
        if given_up.is_set():
            _close_beside(line)
            raise ConnectionLost  # the connection was closed in this very moment
        self._open.add(line)
        return line

    async def let_go(self, line: ConsoleLine) -> None:
        """The line is closed, or the daemon does not answer: that is waited for in a worker.

        One that went with its connection has none opened for it.
        """
        if line not in self._open:
            _close_beside(line)
            return
        with contextlib.suppress(BackendError):
            await self._connection.call(lambda _c: line.close(), deadline_s=_LET_GO_DEADLINE_S)
        line.lose()  # tells nothing of one that is closed

    def close(self) -> None:
        """End them all without waiting: a stream of theirs would keep the connection open."""
        for given_up in self._opening:
            given_up.set()
        for line in list(self._open):
            line.lose()
        self._open.clear()
        self._connection.close()


def _close_beside(line: ConsoleLine) -> None:
    threading.Thread(target=line.close, name="hypervisor-let-go", daemon=True).start()
