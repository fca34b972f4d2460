"""A description that somebody wrote or was sent: read with care, compared, made somebody's own."""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from backend.refusals import (
    DescriptionTooLarge,
    UuidInvalid,
    WrongDescription,
    XmlBroken,
    XmlForbidden,
)
from backend.xmldesc import tree

SIZE_MAXIMUM = 2**20
HIDDEN = "***"
_TRIES = 100
_NOT_REHEARSED = {("domain", "os", "type", f"@{name}") for name in ("arch", "machine")}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)")


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a <domain> is looked at before it is handed in."""

    name: str
    uuid: str
    disks: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    macs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a description, by the line where it begins (from 1)."""

    line: int
    text: str


def read(text: str, root: str) -> tree.Element:
    """Parse what somebody wrote, whose root has to be of that name.

    Raises as `parsed`, and WrongDescription.
    """
    found = parsed(text)
    if found.tag != root:
        raise WrongDescription(found=str(found.tag), wanted=root)
    return found


def parsed(text: str) -> tree.Element:
    """Parse what somebody wrote: no entity is expanded, no file and no network is touched.

    Raises DescriptionTooLarge, XmlForbidden, XmlBroken.
    """
    if len(text.encode(errors="replace")) > SIZE_MAXIMUM:
        raise DescriptionTooLarge(maximum_bytes=SIZE_MAXIMUM)
    if _FORBIDDEN.search(text):
        # Only these can make a small text huge, or have it read files.
        raise XmlForbidden
    # What it says of its encoding was true of the file; here it is text. Lines stay as they are.
    plain = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise XmlBroken(
            line=max(1, line), column=max(1, column), detail=(str(error.msg),)
        ) from error


def outline(text: str) -> Outline:
    """Return what stands in a <domain>. Raises as `read`."""
    root = read(text, "domain")
    return Outline(
        name=tree.text_of(root, "name"),
        uuid=_uuid(tree.text_of(root, "uuid")),
        disks=tuple(_texts(root, "devices/disk/source", "file")),
        networks=tuple(_texts(root, "devices/interface/source", "network")),
        macs=tuple(mac.lower() for mac in _texts(root, "devices/interface/mac", "address")),
    )


def mentioned(text: str) -> frozenset[str]:
    """Return what stands in a <domain> anywhere but among the notes on it: attributes and texts."""
    found = set[str]()
    for element in read(text, "domain").iter():
        if isinstance(element.tag, str) and not _is_in_metadata(element):
            found.add((element.text or "").strip())
            found |= set(map(str, element.attrib.values()))
    return frozenset(found)


def with_uuid(text: str, key: str) -> str:
    """Return a <domain> that has this UUID and is otherwise as it was."""
    root = read(text, "domain")
    for found in root.findall("uuid"):
        root.remove(found)
    name = root.find("name")
    element = etree.Element("uuid")
    element.text = key
    element.tail = "\n  "
    root.insert(0 if name is None else root.index(name) + 1, element)
    return tree.write(root)


def with_new_addresses(text: str) -> str:
    """Return a <domain> without UUID, and without the addresses of its adapters."""
    root = read(text, "domain")
    for found in root.findall("uuid"):
        root.remove(found)
    for adapter in root.findall("devices/interface"):
        for mac in adapter.findall("mac"):
            adapter.remove(mac)
    return tree.write(root)


def without_secrets(text: str) -> str:
    """Return a <domain> in which no password stands; the same text if none did."""
    root = read(text, "domain")
    found = [e for e in root.iter("graphics", "vnc", "spice") if e.get("passwd")]
    for element in found:
        element.set("passwd", HIDDEN)
    return tree.write(root) if found else text


def for_rehearsal(text: str) -> str:
    """Return a <domain> as libvirt's test driver takes it, under a name of its own."""
    root = read(text, "domain")
    root.set("type", "test")
    for found in (*root.findall("uuid"), *root.findall("metadata")):
        root.remove(found)
    for kind in root.findall("os/type"):
        for attribute in ("arch", "machine"):
            kind.attrib.pop(attribute, "")
    for name in root.findall("name"):
        name.text = "rehearsal"
    return tree.write(root)


def culprit(text: str, is_valid: Callable[[str], bool]) -> Part | None:
    """Return the smallest part without which a <domain> would be valid; None if there is none.

    A schema's own complaint names what is around that part, or beside it.
    """
    root = read(text, "domain")
    found = root
    while (smaller := _element(found, root, is_valid)) is not None:
        found = smaller
    # What has to be there can be wrong within: then an attribute is one too many.
    for element in [e for e in found.iter() if isinstance(e.tag, str)]:
        if name := _attribute(element, root, is_valid):
            value = str(element.get(name))
            return Part(_line(element), f'<{element.tag} {name}="{value}">')
    return None if found is root else Part(_line(found), f"<{found.tag}>")


def _element(
    parent: tree.Element, root: tree.Element, is_valid: Callable[[str], bool]
) -> tree.Element | None:
    """Return the child without which all would be valid."""
    for child in [child for child in parent if isinstance(child.tag, str)][:_TRIES]:
        place = parent.index(child)
        parent.remove(child)
        is_it = is_valid(tree.write(root))
        parent.insert(place, child)
        if is_it:
            return child
    return None


def _attribute(element: tree.Element, root: tree.Element, is_valid: Callable[[str], bool]) -> str:
    """Return the name of the attribute without which all would be valid, "" if there is none."""
    for name in map(str, list(element.attrib)):
        value = str(element.attrib.pop(name, ""))
        is_it = is_valid(tree.write(root))
        element.set(name, value)
        if is_it:
            return name
    return ""


def _line(element: tree.Element) -> int:
    return cast("int | None", element.sourceline) or 1


def dropped(wanted: str, kept: str) -> tuple[Part, ...]:
    """Return what of `wanted` is not in `kept`, which libvirt made of it: comments, unknown parts.

    Where a part stands, and what it holds, libvirt may change: only what has no counterpart at all
    is told. The parts of hypervisors' own namespaces are taken as kept.
    """
    there = Counter(way for way, _ in _parts(read(kept, "domain")))
    found: list[Part] = []
    gone: list[tuple[str, ...]] = []
    for way, part in _parts(read(wanted, "domain")):
        if there[way] > 0:
            there[way] -= 1
        elif way in _NOT_REHEARSED:
            continue
        elif not any(way[: len(above)] == above for above in gone):
            found.append(part)
            gone += [way] if part.text.startswith("<") and not part.text.startswith("<!") else []
    return tuple(found)


def _parts(root: tree.Element) -> Iterator[tuple[tuple[str, ...], Part]]:
    """Yield each element, attribute and comment by the way to it, identities left out."""
    for element in root.iter():
        line, tag = _line(element), element.tag
        if isinstance(element, etree._Comment):  # noqa: SLF001  # what etree.Comment() makes
            words = " ".join(str(element.text or "").split())
            yield (*_way(element.getparent()), "<!--"), Part(line, f"<!-- {words[:60]} -->")
        elif isinstance(tag, str) and "}" not in tag and not _is_in_metadata(element):
            way = _way(element)
            yield way, Part(line, f"<{tag}>")
            for name in map(str, element.attrib):
                if "}" not in name:
                    yield (*way, f"@{name}"), Part(line, f'<{tag} {name}="...">')


def _way(element: tree.Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    return (*_way(element.getparent()), str(element.tag))


def _is_in_metadata(element: tree.Element) -> bool:
    return any(
        above.tag == "metadata" or (isinstance(above.tag, str) and "}" in above.tag)
        for above in (element, *element.iterancestors())
    )


def _texts(root: tree.Element, path: str, name: str) -> Iterator[str]:
    for element in root.iterfind(path):
        if value := element.get(name):
            yield str(value)


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        raise UuidInvalid(uuid=text) from None
