"""What a hypervisor says that it can (https://libvirt.org/formatdomaincaps.html)."""

from backend.kinds.moment import Abilities
from backend.xmldesc import tree


def parse(text: str) -> Abilities:
    """Read <domainCapabilities>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    words = {
        (str(device.tag), str(enum.get("name", "")), (value.text or "").strip())
        for device in root.iterfind("devices/*")
        if device.get("supported") == "yes"
        for enum in device.iterfind("enum")
        for value in enum.iterfind("value")
    }
    return Abilities(frozenset(words))
