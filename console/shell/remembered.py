"""Which servers there are at the start: the remembered ones and the command line's. Pure.

Known before Qt is: they connect while it is loaded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from backend.specs import HostSpec
from console.sdk.kept_file import Json
from console.sdk.servers import Server

SERVERS = "servers.json"
"""The file that remembers them, beside that of the settings."""


def known_servers(kept: Mapping[str, Json], hosts: Sequence[HostSpec]) -> dict[str, Server]:
    """Return the servers by their id; `hosts` are those of the command line."""
    servers = {spec.id: Server(spec, is_remembered=True) for spec in _remembered(kept)}
    by_uri = {server.spec.uri: server.spec for server in servers.values()}
    for spec in hosts:
        # Asked for by the command line: this time it is wanted, whatever is remembered of it.
        known = by_uri.get(spec.uri) if spec.uri else None
        servers[(known or spec).id] = Server(
            replace(known, is_wanted=True) if known else spec, is_remembered=known is not None
        )
    return servers


def reached_by(spec: HostSpec, ssh_config: Path | None) -> HostSpec:
    """Return how a server is reached where ssh reads this in place of the user's own file."""
    return replace(spec, ssh_config=ssh_config) if ssh_config else spec


def _remembered(kept: Mapping[str, Json]) -> Iterator[HostSpec]:
    for host_id, value in sorted(kept.items()):
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
