"""How a machine's devices are found in its description, and what each is named by."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backend.settings import Section
from backend.xmldesc import tree

Key = Callable[[tree.Element, int], str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Devices of a kind: where they stand, what one is named by, what one knows it by."""

    path: str
    key: Key
    detail: Callable[[tree.Element], tuple[str, ...]]


def on_shelf(domain: tree.Element, section: Section) -> Iterator[tuple[str, tree.Element]]:
    """Yield the devices of a section, each under a name that no other one has."""
    shelf = SHELVES[section]
    seen: dict[str, int] = {}
    for number, element in enumerate(domain.iterfind(shelf.path)):
        key = shelf.key(element, number)
        count = seen.get(key, 0)
        seen[key] = count + 1
        yield (f"{key}#{count}" if count else key), element


def _named(path: str, name: str) -> Key:
    """Return the key of a device that has a name; its number, from 0, where it has none."""

    def key(element: tree.Element, number: int) -> str:
        return tree.attribute(element, path, name).lower() or str(number)

    return key


def _numbered(_element: tree.Element, number: int) -> str:
    return str(number)


def _controller(element: tree.Element, number: int) -> str:
    return f"{element.get('type', '')}:{element.get('index', number)}"


def _words(*ways: tuple[str, str]) -> Callable[[tree.Element], tuple[str, ...]]:
    def detail(element: tree.Element) -> tuple[str, ...]:
        found = (tree.attribute(element, path, name) for path, name in ways)
        return tuple(word for word in found if word)

    return detail


def _from(*kinds: str) -> tuple[tuple[str, str], ...]:
    return tuple(("source", kind) for kind in kinds)


def _host_device(element: tree.Element) -> tuple[str, ...]:
    """Return a device of the host as the host calls it: its bus, and vendor and product or slot."""
    source = element.find("source")
    kind = str(element.get("type", ""))
    if source is None:
        return (kind,)
    vendor, product = (tree.attribute(source, name, "id") for name in ("vendor", "product"))
    if vendor:
        return kind, f"{vendor.removeprefix('0x')}:{product.removeprefix('0x')}"
    if kind == "pci":
        names = ("domain", "bus", "slot", "function")
        told = [int(tree.attribute(source, "address", name) or "0", 0) for name in names]
        return kind, "{:04x}:{:02x}:{:02x}.{:x}".format(*told)
    return kind, tree.attribute(source, "address", "bus")


_KIND, _TYPE, _MODEL = (".", "device"), (".", "type"), (".", "model")
SHELVES: Final[Mapping[Section, Shelf]] = {
    Section.CONTROLLER: Shelf("devices/controller", _controller, _words(_TYPE, _MODEL)),
    Section.DRIVE: Shelf(
        "devices/disk",
        _named("target", "dev"),
        _words(_KIND, ("target", "bus"), *_from("file", "dev", "volume", "name")),
    ),
    Section.ADAPTER: Shelf(
        "devices/interface",
        _named("mac", "address"),
        _words(_TYPE, ("model", "type"), *_from("network", "bridge", "dev")),
    ),
    Section.DISPLAY: Shelf("devices/graphics", _numbered, _words(_TYPE)),
    Section.VIDEO: Shelf("devices/video", _numbered, _words(("model", "type"))),
    Section.INPUT: Shelf("devices/input", _numbered, _words(_TYPE, (".", "bus"))),
    Section.SOUND: Shelf("devices/sound", _numbered, _words(_MODEL)),
    Section.SERIAL: Shelf("devices/serial", _numbered, _words(_TYPE, *_from("path"))),
    Section.HOST_DEVICE: Shelf("devices/hostdev", _numbered, _host_device),
    Section.RNG: Shelf("devices/rng", _numbered, _words(("backend", "model"))),
    Section.SHARE: Shelf("devices/filesystem", _numbered, _words(("target", "dir"), *_from("dir"))),
}
"""The sections that have devices; the others are the machine's own."""
