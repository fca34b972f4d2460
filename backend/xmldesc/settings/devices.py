"""How a machine's devices are found in its description, and what each is named by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from backend.settings import Section
from backend.xmldesc import tree


@dataclass(frozen=True, slots=True)
class Shelf:
    """Devices of a kind: where they stand, what one is named by, what one knows it by."""

    path: str
    key: Callable[[tree.Element, int], str]
    detail: Callable[[tree.Element], tuple[str, ...]]


def _named(path: str, name: str) -> Callable[[tree.Element, int], str]:
    """Return the key of a device that has a name; its number, from 0, where it has none."""

    def key(element: tree.Element, number: int) -> str:
        return tree.attribute(element, path, name).lower() or str(number)

    return key


def _words(*ways: tuple[str, str]) -> Callable[[tree.Element], tuple[str, ...]]:
    def detail(element: tree.Element) -> tuple[str, ...]:
        found = (tree.attribute(element, path, name) for path, name in ways)
        return tuple(word for word in found if word)

    return detail


def _place(*kinds: str) -> tuple[tuple[str, str], ...]:
    return tuple(("source", kind) for kind in kinds)


SHELVES: Final[Mapping[Section, Shelf]] = {
    Section.DRIVE: Shelf(
        "devices/disk",
        _named("target", "dev"),
        _words((".", "device"), ("target", "bus"), *_place("file", "dev", "volume", "name")),
    ),
    Section.ADAPTER: Shelf(
        "devices/interface",
        _named("mac", "address"),
        _words((".", "type"), ("model", "type"), *_place("network", "bridge", "dev")),
    ),
}
"""The sections that have devices; the others are the machine's own."""
