"""Opens the way to a machine's screen: a connected socket. Blocking: for workers only."""

import contextlib
import os
import socket
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import libvirt

from backend.errors import DisplayMissing, DisplayUnreachable
from backend.hypervisor.ssh import forward, workplace
from backend.xmldesc import graphics as graphics_xml
from backend.xmldesc.graphics import Graphics

Connect = Any  # libvirt.virConnect: the binding has no types
_SECURE: Final = libvirt.VIR_DOMAIN_XML_SECURE
_CONNECT_S = 4.0
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  # what a server listens on, not we
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Way:
    """A socket that a VNC server answers on; it belongs to whoever gets it.

    `password` is the server's, where it will ask and we may know it; no representation shows it.
    `host` is the name that the server has to prove, by the `certificates` of the host's own address
    (libvirt's pkipath) or the usual ones; `is_private` says that nobody on the way can read.
    """

    sock: socket.socket
    transport: str
    is_local: bool
    password: str = field(default="", repr=False)
    host: str = "localhost"
    is_private: bool = True
    certificates: Path | None = None


def open_vnc(connect: Connect, uuid: str) -> Way:
    """Return a way to the machine's VNC server that takes it from nobody.

    Raises DisplayMissing where it has none, DisplayUnreachable where none of its ways is open.
    """
    domain = connect.lookupByUUIDString(uuid)
    found = [one for one in graphics_xml.parse(_describe(domain)) if one.type == "vnc"]
    if not found:
        raise DisplayMissing(name=str(domain.name()))
    if is_here(connect):
        return Way(_hand_over(domain, found[0]), "VNC", is_local=True)
    where = urlsplit(str(connect.getURI()))
    said = parse_qs(where.query)
    host, command = where.hostname or "localhost", Path(said.get("command", [""])[0])
    # Another program than our master's, named by the user, knows nothing of what we would tell it.
    if where.scheme.endswith("+ssh") and workplace.is_ours(command):
        way = _open_through_ssh(found[0], host, command)
    else:
        way = _open_tcp(found[0], host)
    return replace(way, certificates=Path(said["pkipath"][0]) if "pkipath" in said else None)


@dataclass(frozen=True, slots=True)
class DbusWay:
    """A socket to QEMU's D-Bus display; `run` is the number of the machine's run."""

    sock: socket.socket
    run: int


def open_dbus(connect: Connect, uuid: str) -> DbusWay:
    """Return a way to the machine's D-Bus display, which takes it from whoever has it.

    Raises DisplayMissing where it has none, or where libvirt is not on this computer.
    """
    domain = connect.lookupByUUIDString(uuid)
    found = [one for one in graphics_xml.parse(_describe(domain)) if one.is_peer_to_peer]
    if not found or not is_here(connect):
        raise DisplayMissing(name=str(domain.name()))
    return DbusWay(_hand_over(domain, found[0]), int(domain.ID()))


def is_here(connect: Connect) -> bool:
    """Whether libvirt can hand over descriptors, which cannot go through a tunnel.

    The attempt alone would cost the management connection (measured).
    """
    where = urlsplit(str(connect.getURI()))
    return not where.hostname and where.scheme.partition("+")[2] in ("", "unix")


def run_of(connect: Connect, uuid: str) -> int:
    """Return the number of the machine's run, which no later one has; -1 while it is off."""
    return int(connect.lookupByUUIDString(uuid).ID())


def _describe(domain: Any) -> str:
    try:
        return str(domain.XMLDesc(_SECURE))
    except libvirt.libvirtError as error:
        if error.get_error_code() not in (
            libvirt.VIR_ERR_OPERATION_DENIED,
            libvirt.VIR_ERR_ACCESS_DENIED,
        ):
            raise
        return str(domain.XMLDesc(0))  # a reader may look, but learns no password


def _hand_over(domain: Any, graphics: Graphics) -> socket.socket:
    skip = libvirt.VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH
    descriptor = domain.openGraphicsFD(graphics.number, skip)
    os.set_inheritable(descriptor, False)  # noqa: FBT003  # the standard library's own signature
    return socket.socket(fileno=descriptor)


def _open_through_ssh(graphics: Graphics, host: str, command: Path) -> Way:
    address = "127.0.0.1" if graphics.address in _EVERYWHERE else graphics.address
    there = f"[{address}]" if ":" in address else address
    place = graphics.socket or f"{there}:{graphics.port or 0}"
    sock = forward.connect(command, host, place)
    told = f"VNC, SSH to {host}"
    return Way(sock, told, is_local=False, password=graphics.password, host=host)


def _open_tcp(graphics: Graphics, host: str) -> Way:
    if graphics.port is None:
        raise DisplayUnreachable(place=graphics.socket or host)
    address = host if graphics.address in _EVERYWHERE else graphics.address
    place = f"{address}:{graphics.port}"
    if address in _LOOPBACK and host not in _LOOPBACK:
        raise DisplayUnreachable(place=place, detail=(f"only {host} itself may connect there",))
    try:
        sock = socket.create_connection((address, graphics.port), _CONNECT_S)
    except OSError as error:
        raise DisplayUnreachable(place=place, detail=(str(error),)) from error
    with contextlib.suppress(OSError):
        # A key must not wait for the next; and a host that vanished has to be noticed.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 15)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
    is_private = address in _LOOPBACK
    return Way(sock, f"VNC, {place}", is_local=False, password=graphics.password, host=host,
               is_private=is_private)  # fmt: skip
