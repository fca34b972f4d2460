"""The open serial ports of one host: they end with its connection, whoever holds them."""

import weakref

from backend.hypervisor.connection import Connection
from backend.hypervisor.consoles import ConsoleLine, Opening


class Consoles:
    """Opens serial ports on a connection of their own, so that a flood holds up nothing else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: weakref.WeakSet[ConsoleLine] = weakref.WeakSet()

    async def open(self, opening: Opening, *, deadline_s: float) -> ConsoleLine:
        """Return the line that `opening` makes of the virConnect. Raises our errors."""
        line = await self._connection.call(opening, deadline_s=deadline_s)
        self._open.add(line)
        return line

    def close(self) -> None:
        """End them all without waiting: a stream of theirs would keep the connection open."""
        for line in list(self._open):
            line.lose()
        self._connection.close()
