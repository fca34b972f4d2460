"""What libvirt tells only to those who ask for it: taken out of a definition, and put back. Pure.

These are the passwords of displays and the cookies of disks that come by HTTP.
https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/domain_conf.c (what is formatted SECURE)
"""

import copy
from collections.abc import Iterator

from backend.xmldesc import tree


def without(definition: tree.Element) -> tree.Element:
    """Return a definition as libvirt tells it to everybody: a new tree."""
    root = copy.deepcopy(definition)
    for graphics in root.iterfind("devices/graphics"):
        graphics.attrib.pop("passwd", "")
    for source in root.iterfind("devices/disk//source"):
        for cookies in source.findall("cookies"):
            source.remove(cookies)
    return root


def put_back(definition: tree.Element, whole: tree.Element) -> None:
    """Give a definition what is hidden in another one of the machine, where both have the place."""
    there = dict(_places(whole))
    for key, element in _places(definition):
        other = there.get(key)
        if other is None:
            continue
        if element.tag == "graphics" and (word := other.get("passwd")) is not None:
            _set_as_before(element, other, str(word))
        for cookies in other.findall("cookies") if element.tag == "source" else ():
            element.insert(_place_of(cookies, element), copy.deepcopy(cookies))


def lost(definition: tree.Element, whole: tree.Element) -> tuple[str, ...]:
    """Return the types of displays that a definition has and the other, with its secrets, has not.

    Whether they had a password nobody can tell.
    """
    there = dict(_places(whole))
    return tuple(
        str(element.get("type", ""))
        for key, element in _places(definition)
        if element.tag == "graphics" and key not in there and element.get("type") != "egl-headless"
    )


def _places(root: tree.Element) -> Iterator[tuple[tuple[str, ...], tree.Element]]:
    """Yield where something can be hidden, each under a name that is the same in both."""
    seen: dict[str, int] = {}
    for graphics in root.iterfind("devices/graphics"):
        kind = str(graphics.get("type", ""))
        seen[kind] = seen.get(kind, 0) + 1
        yield ("graphics", kind, str(seen[kind])), graphics
    for disk in root.iterfind("devices/disk"):
        target = tree.attribute(disk, "target", "dev")
        for number, source in enumerate(disk.iter("source")):
            address = [tree.attribute(host, ".", "name") for host in source.findall("host")]
            name = str(source.get("name", ""))
            yield ("disk", target, str(number), name, *address), source


def _set_as_before(element: tree.Element, other: tree.Element, word: str) -> None:
    """Set a password where it stands in the other, which is where libvirt writes it."""
    order = [str(name) for name in other.attrib]
    told = {str(name): str(value) for name, value in element.attrib.items()} | {"passwd": word}
    known = [name for name in order if name in told]
    names = known + [name for name in told if name not in known]
    element.attrib.clear()
    for name in names:
        element.set(name, told[name])


def _place_of(cookies: tree.Element, element: tree.Element) -> int:
    """Return where cookies stand among what is beside them: as in the definition they are of."""
    before = cookies.getprevious()
    while before is not None:
        found = element.findall(str(before.tag))
        if found:
            return element.index(found[-1]) + 1
        before = before.getprevious()
    return 0
