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
        self._servers = {spec.id: Server(spec, is_remembered=True) for spec in _kept(keeper)}
        by_uri = {server.spec.uri: server.spec for server in self._servers.values()}
        for spec in hosts:
            # Asked for by the command line: this time it is wanted, whatever is remembered of it.
            known = by_uri.get(spec.uri) if spec.uri else None
            self._servers[(known or spec).id] = Server(
                replace(known, is_wanted=True) if known else spec, is_remembered=known is not None
            )
        for server in self._servers.values():
            bridge.manage(self._told(server.spec))

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
        self.bridge.manage(self._told(replace(server.spec, is_wanted=True)))

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

    def _told(self, spec: HostSpec) -> HostSpec:
        return replace(spec, ssh_config=self._ssh_config) if self._ssh_config else spec

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


def _kept(keeper: Keeper) -> Iterator[HostSpec]:
    entries = {host_id: keeper.value(host_id) for host_id in keeper.keys("")}
    for host_id, value in entries.items():
        if isinstance(value, dict) and (spec := _spec(host_id, value)):
            yield spec


def _spec(host_id: str, said: dict[str, Json]) -> HostSpec | None:
    """Return an entry as a spec; None if it does not say where the server is."""
    uri, name, jump = said.get("uri"), said.get("name"), said.get("jump")
    prometheus = said.get("prometheus")
    if not isinstance(uri, str) or not uri:
        return None
    return HostSpec(
        host_id,
        name if isinstance(name, str) and name else uri,
        uri,
        jump if isinstance(jump, str) else "",
        is_wanted=said.get("connect_at_start") is not False,
        # Whoever only wanted to look must not be given more by a word that was garbled.
        is_read_only=said.get("read_only", False) is not False,
        prometheus=prometheus if isinstance(prometheus, str) else "",
    )
