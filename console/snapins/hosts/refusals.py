"""Why a field of an address will not do, said while somebody types. Pure."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from console.snapins.hosts.address import Address, Way, split_place, tidy


class Field(Enum):
    """What is asked for, in the order in which one reads."""

    SERVER = "server"
    PORT = "port"
    USER = "user"
    KEY = "key"
    JUMP = "jump"
    CERTIFICATES = "certificates"
    URI = "uri"


_NAME: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?")
_NUMBERS: Final = re.compile(r"[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9]*(\+[a-z0-9]+)?")
_PORT_MAXIMUM: Final = 65535


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def refusals(address: Address) -> dict[Field, str]:
    """Return why fields of an address will not do, the first that one reads first."""
    return dict(_refusals(tidy(address)))


def _refusals(address: Address) -> Iterator[tuple[Field, str]]:
    if address.way in (Way.SYSTEM, Way.SESSION):
        return
    judged: tuple[tuple[Field, str], ...] = ((Field.URI, _about_uri(address.uri)),)
    if address.way is not Way.URI:
        judged = (
            (Field.SERVER, _about_server(address.server)),
            (Field.PORT, _about_port(address.port)),
            (Field.USER, _about_user(address.user)),
            (Field.KEY, _about_path(address.key)),
            (Field.JUMP, _about_jump(address.jump)),
            (Field.CERTIFICATES, _about_path(address.certificates)),
        )
    yield from ((field, reason) for field, reason in judged if reason)


def _about_server(server: str) -> str:
    if not server:
        return _tr("Type the server's name or address.")
    if " " in server or "/" in server:
        return _tr("The name of a server has no space and no slash in it.")
    is_fit = _NUMBERS.fullmatch(server) if ":" in server else _NAME.fullmatch(server)
    return "" if is_fit else _tr("This cannot be the name or the address of a server.")


def _about_port(port: str) -> str:
    is_fit = not port or (port.isascii() and port.isdigit() and 0 < int(port) <= _PORT_MAXIMUM)
    return "" if is_fit else _tr("A port is a number from 1 to 65535.")


def _about_user(user: str) -> str:
    if ":" in user:
        return _tr("Leave the password out: you are asked for it, and nothing writes it down.")
    if user.startswith("-") or any(letter.isspace() or letter == "/" for letter in user):
        return _tr("The name of a user has no space and no slash in it, and begins with no dash.")
    return ""


def _about_path(path: str) -> str:
    is_whole = not path or path.startswith(("/", "~/"))
    return "" if is_whole else _tr("Type the whole path, from / or ~/ on.")


def _about_jump(jump: str) -> str:
    for place in jump.split(",") if jump else ():
        user, server, port = split_place(place)
        reason = _about_server(server) or _about_port(port) or _about_user(user)
        if reason:
            return _tr("Type it as user@server:port, several with commas between. {reason}").format(
                reason=reason
            )
    return ""


def _about_uri(uri: str) -> str:
    if not uri:
        return _tr("Type or paste libvirt's URI of the server.")
    if any(letter.isspace() for letter in uri):
        return _tr("A URI has no space in it; write %20 in its place.")
    scheme, separator, _rest = uri.partition("://")
    if not separator or not _SCHEME.fullmatch(scheme):
        return _tr("A URI begins with the driver, such as qemu:// or qemu+ssh://.")
    try:
        split = urlsplit(uri)
        _port = split.port
    except ValueError:
        return _tr("A URI names its server as user@server:port, or no server at all.")
    return _about_user(f"{split.username}:" if split.password is not None else "")
