"""A virtual network's description (https://libvirt.org/formatnetwork.html)."""

from dataclasses import dataclass

from backend.xmldesc import tree

ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class NetworkDescription:
    """What a <network> says."""

    uuid: str
    name: str
    forward: str
    bridge: str
    subnets: tuple[str, ...]
    virtual_port: str = ""


def parse(text: str) -> NetworkDescription:
    """Read a <network>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    forward = root.find("forward")
    return NetworkDescription(
        uuid=tree.text_of(root, "uuid"),
        name=tree.text_of(root, "name"),
        forward=ISOLATED if forward is None else str(forward.get("mode", "nat")),
        bridge=tree.attribute(root, "bridge", "name"),
        subnets=tuple(_subnet(ip) for ip in root.iterfind("ip")),
        virtual_port=tree.attribute(root, "virtualport", "type"),
    )


def _subnet(ip: tree.Element) -> str:
    suffix = str(ip.get("prefix") or ip.get("netmask") or "")
    return f"{ip.get('address', '')}/{suffix}"
