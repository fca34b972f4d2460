"""The devices of a host, and what of the host hangs on them (https://libvirt.org/formatnode.html)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.kinds.moment import NodeDevice
from backend.xmldesc import tree

_HUB = "9"


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    parent: str
    capability: tree.Element

    @property
    def kind(self) -> str:
        return str(self.capability.get("type", ""))


def parse(texts: Iterable[str]) -> tuple[NodeDevice, ...]:
    """Return those of the devices that a guest could have. Raises DescriptionRefused."""
    nodes = [node for text in texts if (node := _node(tree.read(text)))]
    below = {node.name: list(_below(node.name, nodes)) for node in nodes}
    found = (_device(node, below[node.name]) for node in nodes)
    return tuple(device for device in found if device)


def _node(root: tree.Element) -> _Node | None:
    capability = root.find("capability")
    if capability is None:
        return None
    return _Node(tree.text_of(root, "name"), tree.text_of(root, "parent"), capability)


def _below(name: str, nodes: list[_Node]) -> Iterator[_Node]:
    """Yield what hangs on a device, however far down; a parent that is its own child ends it."""
    seen, fresh = {name}, [name]
    while fresh:
        children = [n for n in nodes if n.parent in fresh and n.name not in seen]
        seen |= {n.name for n in children}
        fresh = [n.name for n in children]
        yield from children


def _device(node: _Node, below: list[_Node]) -> NodeDevice | None:
    if node.kind not in ("pci", "usb_device"):
        return None
    told = node.capability
    ids = [tree.attribute(told, n, "id").removeprefix("0x") for n in ("vendor", "product")]
    numbers = [tree.text_of(told, n, "0") for n in ("domain", "bus", "slot", "function")]
    is_pci = node.kind == "pci"
    if is_pci:
        address = "{:04x}:{:02x}:{:02x}.{:x}".format(*(int(n, 0) for n in numbers))
    else:
        address = f"{int(numbers[1])}.{int(tree.text_of(told, 'device', '0'))}"
    classes = [tree.text_of(n.capability, "class") for n in below if n.kind == "usb"]
    return NodeDevice(
        "pci" if is_pci else "usb",
        address,
        ":".join(ids),
        tree.text_of(told, "vendor"),
        tree.text_of(told, "product"),
        int(tree.text_of(told, "class", "0") or "0", 16) if is_pci else 0,
        has_iommu_group=told.find("iommuGroup") is not None,
        # What the host's own buses begin with is no device.
        is_hub=_HUB in classes or ids[0] == "1d6b" or any(n.kind == "usb_device" for n in below),
        disks=_named(below, "storage", "block") if _is_used(below) else (),
        adapters=_named(below, "net", "interface"),
    )


def _is_used(below: list[_Node]) -> bool:
    return any(n.kind == "storage" for n in below)


def _named(below: list[_Node], kind: str, path: str) -> tuple[str, ...]:
    return tuple(tree.text_of(n.capability, path) for n in below if n.kind == kind)
