"""Where a server is: from what somebody types to libvirt's URI, and back. Pure."""

import shlex
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit


class Way(Enum):
    """How one gets there."""

    SYSTEM = "system"
    SESSION = "session"
    SSH = "ssh"
    TLS = "tls"
    TCP = "tcp"
    URI = "uri"


class Scope(Enum):
    """Whose machines: the system's, or those of the user that one is there."""

    SYSTEM = "system"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Address:
    """A server as its fields hold it; each counts only for some ways. Texts are as typed."""

    way: Way
    server: str = ""
    port: str = ""
    user: str = ""
    key: str = ""
    jump: str = ""
    scope: Scope = Scope.SYSTEM
    certificates: str = ""
    uri: str = ""


PORTS: Final = {Way.SSH: "22", Way.TLS: "16514", Way.TCP: "16509"}
_LOCAL: Final = {Way.SYSTEM: "qemu:///system", Way.SESSION: "qemu:///session"}
_FAR: Final = {"qemu+ssh": Way.SSH, "qemu+tls": Way.TLS, "qemu": Way.TLS, "qemu+tcp": Way.TCP}
_PARAMETERS: Final = {Way.SSH: {"keyfile"}, Way.TLS: {"pkipath"}, Way.TCP: set[str]()}
# An option of ssh that is followed by what it is about.
_SSH_VALUES: Final = set("BbcDEeFIiJLlmOopQRSWw")


def uri(address: Address) -> str:
    """Return libvirt's URI of an address; "" while the server is not named."""
    address = tidy(address)
    if address.way in _LOCAL:
        return _LOCAL[address.way]
    if address.way is Way.URI:
        return address.uri.strip()
    if not address.server:
        return ""
    server = f"[{address.server}]" if ":" in address.server else address.server
    user = f"{quote(address.user, safe='')}@" if address.user else ""
    port = f":{address.port}" if address.port else ""
    is_ssh = address.way is Way.SSH
    path = address.scope.value if is_ssh else Scope.SYSTEM.value
    given = {"keyfile": _whole(address.key), "pkipath": _whole(address.certificates)}
    counting = {key: value for key, value in given.items() if value}
    query = f"?{urlencode(counting, quote_via=quote, safe='/')}" if counting else ""
    return f"qemu+{address.way.value}://{user}{server}{port}/{path}{query}"


def tidy(address: Address) -> Address:
    """Return the same with each part in its field, where a user or a port stands with the server.

    What does not count for its way is left out.
    """
    way = address.way
    bare = Address(way)
    if way is Way.URI:
        return replace(bare, uri=address.uri.strip())
    if way in _LOCAL:
        return bare
    user, server, port = split_place(address.server)
    known = replace(bare, server=server, port=port or address.port.strip())
    if way is Way.SSH:
        return replace(
            known,
            user=user or address.user.strip(),
            key=address.key.strip(),
            jump=address.jump.strip(),
            scope=address.scope,
        )
    if way is Way.TLS:
        return replace(known, certificates=address.certificates.strip())
    return replace(known, user=user or address.user.strip())


def read(text: str) -> Address | None:
    """Return what somebody means who pastes this: a URI, a place, a line for ssh or virsh.

    None if it is only the name of a server, or nothing.
    """
    text = text.strip()
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    if words[:1] == ["virsh"] and len(words) > 2 and words[1] in ("-c", "--connect"):
        return of_uri(words[2])
    if words[:1] == ["ssh"] and len(words) > 1:
        return _of_ssh(words[1:])
    if "://" in text:
        return of_uri(text)
    user, server, port = split_place(text)
    return Address(Way.SSH, server, port, user) if server and (user or port) else None


def of_uri(text: str, jump: str = "") -> Address:
    """Return the fields that a URI fills; those that no other way can express are `Way.URI`."""
    text = text.strip()
    as_it_is = Address(Way.URI, uri=text)
    try:
        split = urlsplit(text)
        parameters = dict(parse_qsl(split.query, keep_blank_values=True))
    except ValueError:
        return as_it_is
    for way, local in _LOCAL.items():
        if text.rstrip("/").replace("qemu+unix:", "qemu:") == local:
            return Address(way)
    way_there = _FAR.get(split.scheme)
    if way_there is None or not split.netloc or split.fragment:
        return as_it_is
    found = _fields(way_there, split, parameters, jump)
    says_all = set(parameters) <= _PARAMETERS[way_there]
    # What cannot be said in the fields would be lost.
    return found if says_all and essence(uri(found)) == essence(text) else as_it_is


def split_place(text: str) -> tuple[str, str, str]:
    """Return (user, server, port) of "user@server:port"; a server's name alone is a server."""
    text = text.strip()
    user, at, rest = text.rpartition("@")
    if rest.startswith("[") and "]" in rest:
        server, _, port = rest[1:].partition("]")
        return user if at else "", server, port.removeprefix(":")
    if rest.count(":") == 1:
        server, _, port = rest.partition(":")
        return user, server, port
    return user, rest, ""


def essence(text: str) -> tuple[str, ...]:
    """Return what tells one server from another in a URI, however it is written."""
    try:
        split = urlsplit(text.strip())
        port = str(split.port or "")
    except ValueError:
        return (text.strip(),)
    driver, _, transport = split.scheme.partition("+")
    transport = "" if transport == "unix" else transport
    if not transport and split.netloc:
        transport = "tls"
    way = _FAR.get(f"{driver}+{transport}")
    port = "" if way and port == PORTS[way] else port
    # These lead to another place; keys, certificates and the like are only how one gets there.
    places = sorted(
        f"{k}={v}" for k, v in parse_qsl(split.query) if k in ("socket", "mode", "name")
    )
    user, server = unquote(split.username or ""), split.hostname or ""
    return (driver, transport, user, server, port, split.path.rstrip("/"), *places)


def name(address: Address) -> str:
    """Return what a server is called in the list if nobody gives it a name; "" if that is open."""
    address = tidy(address)
    if address.way is not Way.URI:
        return address.server
    try:
        return urlsplit(address.uri).hostname or address.uri
    except ValueError:
        return address.uri


def _fields(way: Way, split: SplitResult, parameters: dict[str, str], jump: str) -> Address:
    user, server, port = split_place(split.netloc)
    path = split.path.strip("/")
    return Address(
        way,
        server,
        "" if port == PORTS[way] else port,
        unquote(user),
        key=parameters.get("keyfile", ""),
        jump=jump,
        scope=Scope.SESSION if path == Scope.SESSION.value else Scope.SYSTEM,
        certificates=parameters.get("pkipath", ""),
    )


def _of_ssh(words: list[str]) -> Address | None:
    """Return what a command line of ssh leads to."""
    options: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            user, server, port = split_place(word.removeprefix("ssh://"))
            return Address(
                Way.SSH,
                server,
                options.get("p", port),
                options.get("l", user),
                key=options.get("i", ""),
                jump=options.get("J", ""),
            )
        letter = word[1:2]
        if letter in _SSH_VALUES | {"p"}:
            options[letter] = word[2:] or next(rest, "")
    return None


def _whole(path: str) -> str:
    return str(Path(path).expanduser()) if path.startswith("~/") else path
