"""The ways to one host: a connection for each role, and threads for this computer's own files.

The reader hears events and lists; actions change things; what takes minutes (a save, an upload) has
the transfers to itself, so that Turn Off never waits for it; the monitor waits on guests and on
storage, so that a stuck one costs the monitor a thread, never the reader. Serial ports have a
connection of their own, which opens with the first of them.
"""

from backend.host.consoles import Consoles
from backend.hypervisor.connection import Connection, Opened
from backend.hypervisor.login import Login
from backend.hypervisor.workers import Workers


class Lines:
    """A host's connections; each opens when it is needed, at the `uri` of that moment."""

    def __init__(self, host: str, uri: str, opened: Opened) -> None:
        self.uri = uri
        self.login = Login()
        self.local = Workers(f"{host}-local", 2)
        self.reader = Connection(
            f"{host}-reader", self._get_uri, threads=1, login=self.login, opened=opened
        )
        # A test:///file.xml host is private to each connection, so one must do for all.
        is_private = uri.startswith("test:///") and uri != "test:///default"
        self.actions = self.reader if is_private else self._open_for(host, "actions", 3)
        self.monitor = self.reader if is_private else self._open_for(host, "monitor", 4)
        self.transfers = self.reader if is_private else self._open_for(host, "transfers", 16)
        self.consoles = Consoles(self._open_for(host, "consoles", 1))

    def close_connections(self) -> None:
        """Give the connections up without waiting; the next call opens one anew."""
        for connection in (self.reader, self.actions, self.monitor, self.transfers):
            connection.close()
        self.consoles.close()

    def close(self) -> None:
        """Let everything go without waiting."""
        self.close_connections()
        self.local.close()

    def _open_for(self, host: str, role: str, threads: int) -> Connection:
        return Connection(f"{host}-{role}", self._get_uri, threads=threads, login=self.login)

    def _get_uri(self) -> str:
        return self.uri
