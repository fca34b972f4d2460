"""A machine's other devices <-> parts, without a word on what they mean (`backend.kinds` has it).

https://libvirt.org/formatdomain.html#devices
"""

from collections.abc import Iterator

from backend.parts import Part
from backend.xmldesc import tree

# Drives and adapters are records of their own; of the rest nothing comes and goes.
_OTHERS = frozenset({"disk", "interface", "emulator", "audio", "hub", "memory"})
# Where libvirt keeps a port's other end is chosen anew at each start.
_PASSING = frozenset({"@tty", "source@path", "source@mode", "alias@name"})
# Of a display everything else is said in Settings, or chosen anew at each start.
_LASTING = {"graphics": frozenset({"@type", "@p2p"})}


def parse(root: tree.Element) -> tuple[Part, ...]:
    """Return the devices of a <domain> that are neither drives nor adapters, as they stand."""
    return tuple(part_of(element) for element in elements(root))


def elements(root: tree.Element) -> Iterator[tree.Element]:
    """Yield the elements that are parts."""
    for element in root.iterfind("devices/*"):
        if isinstance(element.tag, str) and element.tag not in _OTHERS and not _is_bridge(element):
            yield element


def _is_bridge(element: tree.Element) -> bool:
    # A machine has dozens of them. One that was added as such is looked for by its alias.
    is_pci = element.tag == "controller" and element.get("type") == "pci"
    return is_pci and not tree.attribute(element, "alias", "name").startswith("ua-")


def part_of(element: tree.Element) -> Part:
    """Return what stands in a device's element."""
    facts: dict[str, str] = {}
    for path, value in _facts(element, ""):
        facts.setdefault(path, value)
    passing = _PASSING if element.tag in ("serial", "console", "channel") else frozenset[str]()
    lasting = _LASTING.get(str(element.tag), frozenset(facts))
    kept = tuple((p, v) for p, v in facts.items() if p in lasting - passing)
    return Part(
        str(element.tag),
        tuple((path, value) for path, value in kept if path != "alias@name"),
        tree.attribute(element, "alias", "name"),
    )


def _facts(element: tree.Element, path: str) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        yield f"{path}@{name!s}", str(value)
    if path and element.text and element.text.strip():
        yield path, element.text.strip()
    for child in element:
        if isinstance(child.tag, str):
            yield from _facts(child, f"{path}/{child.tag}" if path else str(child.tag))


def add(parent: tree.Element, part: Part) -> tree.Element:
    """Append a part to a description, with its alias if it has one."""
    element = tree.add(parent, part.tag)
    for path, value in part.facts:
        write(element, path, value)
    if part.alias:
        tree.add(element, "alias", name=part.alias)
    return element


def dump(part: Part) -> str:
    """Return the element to be added."""
    return tree.write(add(tree.new("devices"), part))


def write(root: tree.Element, path: str, value: str) -> None:
    """Have a value stand at a path of an element; what is missing on the way there is made."""
    way, at, name = path.partition("@")
    element = root
    for tag in way.split("/") if way else ():
        found = element.find(tag)
        element = tree.add(element, tag) if found is None else found
    if at:
        element.set(name, value)
    else:
        element.text = value
