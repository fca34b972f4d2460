"""How the screen of a running domain can be had (libvirt: graphical framebuffers)."""

from dataclasses import dataclass, field

from backend.xmldesc import tree


@dataclass(frozen=True, slots=True)
class Graphics:
    """One <graphics> of a domain; `number` is its place among them, as libvirt counts.

    `port` is None and `address` or `socket` empty where there is none; the password is there only
    for who may read it.
    """

    number: int
    type: str
    port: int | None = None
    address: str = ""
    socket: str = ""
    password: str = field(default="", repr=False)
    is_peer_to_peer: bool = False


def parse(text: str) -> tuple[Graphics, ...]:
    """Read the graphics of a <domain>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    return tuple(
        _parse_one(number, element)
        for number, element in enumerate(root.iterfind("devices/graphics"))
    )


def _parse_one(number: int, element: tree.Element) -> Graphics:
    port = str(element.get("port", ""))
    return Graphics(
        number=number,
        type=str(element.get("type", "")),
        port=int(port) if port.isdigit() and int(port) > 0 else None,
        address=tree.attribute(element, "listen", "address") or str(element.get("listen", "")),
        socket=tree.attribute(element, "listen", "socket") or str(element.get("socket", "")),
        password=str(element.get("passwd", "")),
        is_peer_to_peer=element.get("type") == "dbus" and element.get("p2p") == "yes",
    )
