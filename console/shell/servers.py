"""The servers under management: those of the command line, and those that are remembered.

What is remembered stands in a file of its own, an entry a server; what a newer version wrote there
beside is left as it is. Secrets are no part of it: they belong to the desktop's keyring.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from backend.specs import HostSpec
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper
from console.sdk.kept_file import Json
from console.sdk.servers import Server
from console.shell.remembered import known_servers, reached_by


class ServerBook:
    """Implements the SDK's `Servers`. `hosts` are managed too, and not remembered.

    `ssh_config` is what ssh reads in place of the user's own configuration, on the way to all.
    """

    def __init__(
        self,
        bridge: Bridge,
        keeper: Keeper,
        hosts: Sequence[HostSpec] = (),
        ssh_config: Path | None = None,
    ) -> None:
        self.keeper = keeper
        self.on_removed: Callable[[Server], None] = _nobody_hears
        self.bridge = bridge
        self._ssh_config = ssh_config
        self._servers = known_servers(keeper.values, hosts)
        for server in self._servers.values():
            bridge.manage(reached_by(server.spec, ssh_config))

    def find(self, host_id: str) -> Server | None:
        """Return what is known of how a host is reached."""
        return self._servers.get(host_id)

    def all(self) -> Iterator[Server]:
        """Yield all servers."""
        yield from list(self._servers.values())

    def manage(self, server: Server) -> None:
        """Have a server under management and connecting."""
        self._servers[server.spec.id] = server
        if server.is_remembered:
            self._keep(server.spec)
        else:
            self.keeper.remove(server.spec.id)
        wanted = replace(server.spec, is_wanted=True)
        self.bridge.manage(reached_by(wanted, self._ssh_config))

    def forget(self, host_id: str) -> None:
        """Manage a server no longer."""
        self._servers.pop(host_id, None)
        self.keeper.remove(host_id)
        self.bridge.forget(host_id)

    def remove(self, host_id: str) -> None:
        """Forget a server because the user says so, who can take that back."""
        server = self.find(host_id)
        self.forget(host_id)
        if server:
            self.on_removed(server)

    def _keep(self, spec: HostSpec) -> None:
        before = self.keeper.value(spec.id)
        said: dict[str, Json] = {
            "name": spec.name,
            "uri": spec.uri,
            "jump": spec.jump,
            "connect_at_start": spec.is_wanted,
            "read_only": spec.is_read_only,
            "prometheus": spec.prometheus,
        }
        self.keeper.put(spec.id, {**(before if isinstance(before, dict) else {}), **said})


def _nobody_hears(_server: Server) -> None:
    return
