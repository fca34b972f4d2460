"""Brings a fresh embedded host its storage pool and its networks."""

import contextlib
import zlib
from ipaddress import IPv4Network
from typing import Any

import libvirt

from backend.errors import Problem
from backend.hypervisor.embedded import plan, subnets
from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.record import EmbeddedHost, EmbeddedMode

POOL = "default"
NAT = "nat"
ISOLATED = "isolated"


def provision(connection: libvirt.virConnect, host: EmbeddedHost) -> tuple[Problem, ...]:
    """Make pool and networks, whatever of them is missing; return what could not be.

    The pool "default" lies at `host.images`. The networks "nat" (to the outside by NAT) and
    "isolated" (guests among themselves) each have DHCP and a bridge of this host's own; libvirt
    turns IPv4 forwarding on for NAT. What exists is left as it is, only started. Problems:
    UserModeNetworking (there are no networks here, guests have QEMU's own NAT instead),
    EmbeddedNetworkFailed, EmbeddedPoolFailed, QemuUserMissing, ImagesOutOfReach, QemuRunsAsNobody.
    """
    problems = [*plan.notes(host), *_provide_pool(connection, host)]
    if host.mode is EmbeddedMode.SESSION:
        return (*problems, Problem("UserModeNetworking"))
    networks = [*_provide_network(connection, host, NAT, 0)]
    networks += _provide_network(connection, host, ISOLATED, 1)
    if any(dict(problem.arguments).get("network") == NAT for problem in networks):
        networks.append(Problem("UserModeNetworking"))
    return (*problems, *networks)


def _provide_pool(connection: libvirt.virConnect, host: EmbeddedHost) -> tuple[Problem, ...]:
    try:
        pool = _find(connection.listAllStoragePools(), POOL)
        if pool is None:
            pool = connection.storagePoolDefineXML(_pool_xml(host))
        pool.setAutostart(1)
        if not pool.isActive():
            pool.create()
    except libvirt.libvirtError as error:
        return (Problem("EmbeddedPoolFailed", (("pool", POOL),), (str(error),)),)
    return ()


def _provide_network(
    connection: libvirt.virConnect, host: EmbeddedHost, name: str, number: int
) -> tuple[Problem, ...]:
    made = None
    try:
        network = _find(connection.listAllNetworks(), name)
        if network is None:
            subnet = subnets.choose(_seed(host) + number, subnets.used_subnets())
            if subnet is None:
                return (Problem("EmbeddedNetworkFailed", (("network", name),)),)
            network = made = connection.networkDefineXML(_network_xml(host, name, number, subnet))
        if not network.isActive():
            network.create()
        network.setAutostart(1)
    except libvirt.libvirtError as error:
        if made is not None:
            with contextlib.suppress(libvirt.libvirtError):
                made.undefine()  # nobody is shown a network that cannot be
        return (Problem("EmbeddedNetworkFailed", (("network", name),), (str(error),)),)
    return ()


def _find(things: list[Any], name: str) -> Any:
    return next((thing for thing in things if thing.name() == name), None)


def _seed(host: EmbeddedHost) -> int:
    return zlib.crc32(str(host.root).encode())


def _pool_xml(host: EmbeddedHost) -> str:
    path = _escaped(str(host.images))
    return f"<pool type='dir'><name>{POOL}</name><target><path>{path}</path></target></pool>"


def _network_xml(host: EmbeddedHost, name: str, number: int, subnet: IPv4Network) -> str:
    bridge = Layout(host.root, host.mode, "").bridge(number)
    forward = "<forward mode='nat'/>" if name == NAT else ""
    first, last = subnet[2], subnet[254]
    return (
        f"<network><name>{name}</name>{forward}<bridge name='{bridge}' stp='off' delay='0'/>"
        f"<ip address='{subnet[1]}' netmask='{subnet.netmask}'>"
        f"<dhcp><range start='{first}' end='{last}'/></dhcp></ip></network>"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
