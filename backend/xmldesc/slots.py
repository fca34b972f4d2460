"""Which slots of PCI a <domain> has for devices that come while it runs, and what is in them.

https://libvirt.org/pci-hotplug.html
"""

from collections.abc import Iterator

from backend.xmldesc import tree

_PORTS = ("pcie-root-port", "pcie-switch-downstream-port")
# What libvirt keeps for the host bridge, the PIIX and the first display of a "pc".
_PC_RESERVED = frozenset({0, 1, 2})
_PC_SLOTS = 32
_OLD_BRIDGES = ("pcie-to-pci-bridge", "dmi-to-pci-bridge", "pci-bridge")


def count(root: tree.Element) -> tuple[int, int]:
    """Return how many there are, and how many of them are free."""
    return _conventional(root) if _is_conventional(root) else _express(root)


def count_free_old(root: tree.Element) -> int:
    """Return the free slots of conventional PCI: those of the board of a "pc", or of a bridge."""
    if _is_conventional(root):
        return _conventional(root)[1]
    bridges = {
        int(str(c.get("index", "0")))
        for c in root.iterfind("devices/controller[@type='pci']")
        if c.get("model") in _OLD_BRIDGES and tree.attribute(c, "target", "hotplug") != "off"
    }
    used = sum(bus in bridges for bus, _slot in _addresses(root))
    return len(bridges) * (_PC_SLOTS - 1) - used


def _is_conventional(root: tree.Element) -> bool:
    return root.find("devices/controller[@model='pcie-root']") is None


def _express(root: tree.Element) -> tuple[int, int]:
    ports = {
        int(str(c.get("index", "0")))
        for c in root.iterfind("devices/controller[@type='pci']")
        if c.get("model") in _PORTS and tree.attribute(c, "target", "hotplug") != "off"
    }
    used = {bus for bus, _slot in _addresses(root)}
    return len(ports), len(ports - used)


def _conventional(root: tree.Element) -> tuple[int, int]:
    buses = root.findall("devices/controller[@model='pci-root']")
    if not any(tree.attribute(c, "target", "hotplug") != "off" for c in buses):
        return 0, 0
    used = _PC_RESERVED | {slot for bus, slot in _addresses(root) if bus == 0}
    return _PC_SLOTS - len(_PC_RESERVED), _PC_SLOTS - len(used)


def _addresses(root: tree.Element) -> Iterator[tuple[int, int]]:
    for address in root.iterfind("devices/*/address[@type='pci']"):
        yield int(str(address.get("bus", "0")), 0), int(str(address.get("slot", "0")), 0)
