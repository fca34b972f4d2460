"""Three descriptions made one: what was changed between two of them is changed in a third. Pure.

What stands in several places (devices, features) is known again by what names it: a drive by its
target, an adapter by its address. What we know nothing of is merged as all the rest.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from lxml import etree

from backend.xmldesc import tree

Key = tuple[str, tuple[str, ...], int]
_NAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "disk": (("target", "dev"),),
    "interface": (("mac", "address"),),
    "controller": ((".", "type"), (".", "index")),
    "filesystem": (("target", "dir"),),
    "channel": (("target", "name"),),
    "graphics": ((".", "type"),),
    "input": ((".", "type"), (".", "bus")),
    "boot": ((".", "dev"),),
    "feature": ((".", "name"),),
    "timer": ((".", "name"),),
    "entry": ((".", "name"), (".", "file")),
    "env": ((".", "name"),),
    "vcpupin": ((".", "vcpu"),),
    "vcpu": ((".", "id"),),
    "cell": ((".", "id"),),
}
"""What tells elements of one name from each other: attributes, by the way to them."""
_PLACE: Final = (
    "type", "domain", "controller", "bus", "slot", "port", "function", "target", "unit",
)  # fmt: skip
_WHOLE: Final = frozenset({"address"})
"""Elements whose attributes mean nothing apart."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was changed again since: where, and what it is now and would be ("" for not there)."""

    path: str
    now: str
    wanted: str


@dataclass
class Merger:
    """Makes in a description as it is `now` the change that leads from `base` to `wanted`.

    What was changed since `base` in the very same place is told in `overlaps`, and is as `wanted`.
    """

    overlaps: list[Overlap] = field(default_factory=list)

    def merge(self, base: tree.Element, now: tree.Element, wanted: tree.Element) -> tree.Element:
        """Return the description as it comes to be: a new tree."""
        return self._merge(base, now, wanted, "")

    def _merge(
        self, base: tree.Element, now: tree.Element, wanted: tree.Element, path: str
    ) -> tree.Element:
        if same(base, now) or same(now, wanted):
            return copy.deepcopy(wanted)
        if same(base, wanted):
            return copy.deepcopy(now)
        if _name(wanted) in _WHOLE:
            return self._settle(now, wanted, path)
        spaces = cast("dict[str, str]", wanted.nsmap | now.nsmap)
        made = etree.Element(wanted.tag, nsmap=spaces)
        self._merge_values(made, (base, now, wanted), path)
        self._merge_children(made, (base, now, wanted), path)
        return made

    def _settle(self, now: tree.Element, wanted: tree.Element, path: str) -> tree.Element:
        self.overlaps.append(Overlap(path, _brief(now), _brief(wanted)))
        return copy.deepcopy(wanted)

    def _merge_values(self, made: tree.Element, three: tuple[tree.Element, ...], path: str) -> None:
        names = dict.fromkeys(str(name) for one in (three[1], three[2]) for name in one.attrib)
        for name in names:
            values = tuple(_attribute(one, name) for one in three)
            if (value := self._value(values, f"{path}/@{name}")) is not None:
                made.set(name, value)
        texts = tuple((one.text or "").strip() or None for one in three)
        made.text = self._value(texts, path)

    def _value(self, three: tuple[str | None, ...], path: str) -> str | None:
        base, now, wanted = three
        if base == wanted:
            return now
        if now not in (base, wanted):
            self.overlaps.append(Overlap(path, now or "", wanted or ""))
        return wanted

    def _merge_children(
        self, made: tree.Element, three: tuple[tree.Element, ...], path: str
    ) -> None:
        shared = _single(three)
        base, now, wanted = (_children(one, shared) for one in three)
        kept: dict[Key, tree.Element] = {}
        for key in (*now, *(key for key in wanted if key not in now)):
            whole = f"{path}/{_step(key)}".lstrip("/")
            child = self._child(base.get(key), now.get(key), wanted.get(key), whole)
            if child is not None:
                kept[key] = child
        for key in _order(list(base), list(now), list(wanted)):
            if key in kept:
                made.append(kept[key])

    def _child(
        self,
        base: tree.Element | None,
        now: tree.Element | None,
        wanted: tree.Element | None,
        path: str,
    ) -> tree.Element | None:
        if now is not None and wanted is not None:
            empty = etree.Element(wanted.tag) if base is None else base
            return self._merge(empty, now, wanted, path)
        if now is None and wanted is not None:
            if base is not None and same(base, wanted):
                return None  # it was taken out since
            if base is not None:
                self.overlaps.append(Overlap(path, "", _brief(wanted)))
            return copy.deepcopy(wanted)
        if now is not None and base is not None:
            if not same(base, now):
                self.overlaps.append(Overlap(path, _brief(now), ""))
            return None  # the change took it out
        return copy.deepcopy(now)  # it came since


def same(one: tree.Element, other: tree.Element) -> bool:
    """Return whether two descriptions say the same, however they are indented."""
    return (
        one.tag == other.tag
        and _attributes(one) == _attributes(other)
        and (one.text or "").strip() == (other.text or "").strip()
        and len(ours := _elements(one)) == len(theirs := _elements(other))
        and all(same(*pair) for pair in zip(ours, theirs, strict=True))
    )


def differing(one: tree.Element, other: tree.Element, path: str = "") -> Iterator[str]:
    """Yield the ways to what differs: "devices/disk[vda]/driver/@cache", "+" or "-" before it.

    They begin so where the whole element is in `other` (+) or in `one` (-) alone.
    """
    names = dict.fromkeys(str(name) for element in (one, other) for name in element.attrib)
    yield from (f"{path}/@{n}" for n in names if _attribute(one, n) != _attribute(other, n))
    if (one.text or "").strip() != (other.text or "").strip():
        yield path
    shared = _single((one, other))
    before, after = _children(one, shared), _children(other, shared)
    for key in (*before, *(key for key in after if key not in before)):
        whole = f"{path}/{_step(key)}".lstrip("/")
        if key not in after:
            yield f"-{whole}"
        elif key not in before:
            yield f"+{whole}"
        elif not same(before[key], after[key]):
            yield from differing(before[key], after[key], whole)


def _elements(parent: tree.Element) -> list[tree.Element]:
    return [child for child in parent if isinstance(child.tag, str)]


def _single(parents: Iterable[tree.Element]) -> frozenset[str]:
    """Return the names of which no parent has two children: they need nothing else."""
    names = [[str(child.tag) for child in _elements(parent)] for parent in parents]
    found = {name for of_one in names for name in of_one}
    return frozenset(name for name in found if all(of_one.count(name) < 2 for of_one in names))


def _children(parent: tree.Element, single: frozenset[str]) -> dict[Key, tree.Element]:
    """Return the children in order, each under a name that no other one has."""
    found: dict[Key, tree.Element] = {}
    for child in _elements(parent):
        name = str(child.tag)
        told = () if name in single and name not in _NAMES else _identity(child)
        number = 0
        while (name, told, number) in found:
            number += 1
        found[name, told, number] = child
    return found


def _identity(element: tree.Element) -> tuple[str, ...]:
    ways = _NAMES.get(_name(element), ())
    told = tuple(tree.attribute(element, path, name).lower() for path, name in ways)
    if any(told):
        return told
    place = element.find("address")
    if place is not None and not ways:
        return tuple(str(place.get(name, "")) for name in _PLACE)
    return () if ways else (element.get("name", ""),)


def _order(base: Sequence[Key], now: Sequence[Key], wanted: Sequence[Key]) -> list[Key]:
    """Return all in the order of now; in that of wanted, if only the change has moved any."""
    was_moved = _both(now, base) != _both(base, now)
    first, second = (now, wanted) if was_moved else (wanted, now)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            before = next((k for k in reversed(second[:place]) if k in order), None)
            order.insert(0 if before is None else order.index(before) + 1, key)
    return order


def _both(ones: Sequence[Key], others: Sequence[Key]) -> list[Key]:
    return [key for key in ones if key in others]


def _attribute(element: tree.Element, name: str) -> str | None:
    value = element.get(name)
    return None if value is None else str(value)


def _attributes(element: tree.Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _name(element: tree.Element) -> str:
    return str(etree.QName(element).localname)


def _step(key: Key) -> str:
    name, told, number = key
    words = ":".join(word for word in told if word)
    words = words or (str(number) if number else "")
    local = name.rpartition("}")[2]
    return f"{local}[{words}]" if words else local


def _brief(element: tree.Element) -> str:
    """Return an element in a line."""
    text = (element.text or "").strip()
    told = (f"{name}={value}" for name, value in _attributes(element).items())
    return " ".join(filter(None, (text, *told)))
