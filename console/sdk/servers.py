"""The servers under management as the user wants them, and which outlive the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from backend.specs import HostSpec


@dataclass(frozen=True, slots=True)
class Server:
    """How a server is reached. `spec.is_wanted`: it is connected when the program starts."""

    spec: HostSpec
    is_remembered: bool


class Servers(Protocol):
    """The list of servers. What changes in it is on the disk soon after; a secret never is."""

    def find(self, host_id: str) -> Server | None:
        """Return what is known of how a host is reached."""

    def all(self) -> Iterator[Server]:
        """Yield all servers, this computer's own host too."""

    def manage(self, server: Server) -> None:
        """Have a server under management and connecting, in place of the one of that id."""

    def forget(self, host_id: str) -> None:
        """Manage a server no longer, and remember nothing of it."""

    def remove(self, host_id: str) -> None:
        """Forget a server because the user says so, who can take that back."""
