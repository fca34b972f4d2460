"""Lenses: a value in a description, read and patched without touching what is beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from backend.fields import Value
from backend.xmldesc import metadata, tree

KIB = 1024
_STEP = re.compile(r"([\w.{}:/-]+?)(?:\[@(\w+)='([^']*)'\])?$")


class Lens(Protocol):
    """A place for a value below an element: the domain's own, or a device's."""

    def read(self, element: tree.Element) -> Value:
        """Return the value; None if there is none."""

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value. None takes away what is there, and what is empty then."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value is spelt in an attribute or a text."""

    read: Callable[[str], Value]
    write: Callable[[Value], str]


def _number(text: str) -> Value:
    try:
        return int(text, 0)
    except ValueError:
        return None


def _amount(text: str) -> Value:
    return _number(text) or None


def _switch(yes: str, no: str) -> Codec:
    return Codec(lambda text: text == yes, lambda value: yes if value else no)


TEXT = Codec(lambda text: text, str)
NUMBER = Codec(_number, str)
AMOUNT = Codec(_amount, str)
"""A number of which 0 is none."""
YES_NO = _switch("yes", "no")
ON_OFF = _switch("on", "off")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the element at `path`, "." for the element itself."""

    path: str
    name: str
    codec: Codec = TEXT

    def read(self, element: tree.Element) -> Value:
        """Return the value; None if there is none."""
        found = element.find(self.path)
        text = None if found is None else found.get(self.name)
        return None if text is None else self.codec.read(str(text))

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value."""
        if value is not None:
            reach(element, self.path).set(self.name, self.codec.write(value))
        elif (found := element.find(self.path)) is not None:
            found.attrib.pop(self.name, "")
            prune(found, element)


@dataclass(frozen=True, slots=True)
class Content:
    """The text of the element at `path`. An empty one is none."""

    path: str
    codec: Codec = TEXT

    def read(self, element: tree.Element) -> Value:
        """Return the value; None if there is none."""
        text = tree.text_of(element, self.path)
        return self.codec.read(text) if text else None

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value."""
        text = "" if value is None else self.codec.write(value)
        if text:
            reach(element, self.path).text = text
        elif (found := element.find(self.path)) is not None:
            found.text = None
            prune(found, element)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether there is an element at `path`. It goes with all that is in it."""

    path: str

    def read(self, element: tree.Element) -> Value:
        """Return whether it is there."""
        return element.find(self.path) is not None

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value."""
        if value:
            reach(element, self.path)
        elif (found := element.find(self.path)) is not None:
            parent = found.getparent()
            if parent is not None:
                parent.remove(found)
                prune(parent, element)


@dataclass(frozen=True, slots=True)
class Absence:
    """Whether there is no element at `path`."""

    path: str

    def read(self, element: tree.Element) -> Value:
        """Return whether it is not there."""
        return not Presence(self.path).read(element)

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value."""
        Presence(self.path).write(element, not value)


@dataclass(frozen=True, slots=True)
class Size:
    """A size in bytes, the text of the element at `path`; libvirt's unit for it is KiB."""

    path: str

    def read(self, element: tree.Element) -> Value:
        """Return the value; None if there is none."""
        return tree.bytes_at(element, self.path) or None

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value, to the whole KiB."""
        if isinstance(value, int):
            found = reach(element, self.path)
            found.text = str(value // KIB)
            found.set("unit", "KiB")
        elif (found_ := element.find(self.path)) is not None:
            drop(found_, element)


@dataclass(frozen=True, slots=True)
class Rate:
    """A size in bytes, an attribute of the element at `path` in KiB. 0 is none."""

    path: str
    name: str

    def read(self, element: tree.Element) -> Value:
        """Return the value; None if there is none."""
        found = Attribute(self.path, self.name, NUMBER).read(element)
        return found * KIB if isinstance(found, int) and found else None

    def write(self, element: tree.Element, value: Value) -> None:
        """Make `read` return that value, to the whole KiB."""
        kib = value // KIB if isinstance(value, int) else None
        Attribute(self.path, self.name, NUMBER).write(element, kib)


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that stands in several places."""

    read: Callable[[tree.Element], Value]
    write: Callable[[tree.Element, Value], None]


def ours(name: str, codec: Codec = TEXT) -> Attribute:
    """Return the place of a value that libvirt has none for: among what Celadon notes."""
    return Attribute(f"metadata/{{{metadata.NAMESPACE}}}machine", name, codec)


def reach(element: tree.Element, path: str) -> tree.Element:
    """Return the element at `path`, made if it is not there: "a/b[@name='x']/c"."""
    if path == ".":
        return element
    for step in _steps(path):
        found = element.find(step)
        if found is None:
            tag, name, value = _parts(step)
            found = _made(element, tag)
            if name:
                found.set(name, value)
        element = found
    return element


def _made(parent: tree.Element, tag: str) -> tree.Element:
    if tag.startswith(f"{{{metadata.NAMESPACE}}}"):
        name = tag.rpartition("}")[2]
        parent.append(tree.new_qualified(name, metadata.PREFIX, metadata.NAMESPACE))
        return parent[-1]
    return tree.add(parent, tag)


def _steps(path: str) -> list[str]:
    return re.findall(r"(?:\{[^}]*\}|\[[^\]]*\]|[^/\[{])+", path)


def _parts(step: str) -> tuple[str, str, str]:
    match = _STEP.match(step)
    if match is None:
        raise ValueError(step)
    return match[1], match[2] or "", match[3] or ""


def forget_address(device: tree.Element) -> None:
    """Have libvirt choose a device's place in the machine anew."""
    for address in device.findall("address"):
        device.remove(address)


def drop(found: tree.Element, top: tree.Element) -> None:
    """Take an element away, and what is empty then above it, below `top`."""
    parent = found.getparent()
    if parent is not None and found is not top:
        parent.remove(found)
        prune(parent, top)


def _is_empty(element: tree.Element) -> bool:
    return not len(element) and not element.attrib and not (element.text or "").strip()


def prune(found: tree.Element, top: tree.Element) -> None:
    """Take an element away if nothing is in it, and then those above it, below `top`."""
    while found is not top and _is_empty(found):
        parent = found.getparent()
        if parent is None:
            return
        parent.remove(found)
        found = parent
