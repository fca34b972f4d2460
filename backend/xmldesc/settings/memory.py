"""Memory: https://libvirt.org/formatdomain.html#memory-allocation ."""

from typing import Final

from backend.errors import Problem
from backend.objections import HugePagesMissing
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.xmldesc import metadata, room, tree
from backend.xmldesc.settings.declared import Declared, Scene, always, among, between, free
from backend.xmldesc.settings.facts import KIB
from backend.xmldesc.settings.lens import (
    NUMBER,
    ON_OFF,
    Absence,
    Attribute,
    Computed,
    Presence,
    Size,
    drop,
    ours,
    reach,
)

_MIB: Final = 2**20
_MINIMUM_BYTES: Final = 1 * _MIB
_SLOTS: Final = 16
_PLAIN: Final = frozenset({"id", "cpus", "memory", "unit"})
_USUAL_PAGES: Final = 0
_maximum, _startup = Size("memory"), Size("currentMemory")
_limit = Size("maxMemory")


def _bounds(scene: Scene) -> Bounds:
    # Beyond what the host has a machine can be defined: it fails at its start, or swaps.
    return Bounds(_MINIMUM_BYTES, scene.facts.memory_bytes or None, step=KIB)


_optional: Final = between(_MINIMUM_BYTES, step=KIB)


def _read_startup(domain: tree.Element) -> Value:
    return _startup.read(domain) or _maximum.read(domain)


def _write_startup(domain: tree.Element, value: Value) -> None:
    """Set what the guest starts with; a machine that is not dynamic stays so."""
    before, maximum = _read_startup(domain), _maximum.read(domain)
    if isinstance(value, int) and isinstance(maximum, int):
        if before == maximum or value > maximum:
            room.set_memory(domain, value)
        _startup.write(domain, value)


def _write_maximum(domain: tree.Element, value: Value) -> None:
    startup = _read_startup(domain)
    if isinstance(value, int) and isinstance(startup, int):
        _startup.write(domain, min(startup, value))
        room.set_memory(domain, value)


def _write_limit(domain: tree.Element, value: Value) -> None:
    """Set how far memory can be plugged in; the NUMA node that is only for that goes with it."""
    if isinstance(value, int):
        room.give_memory_room(domain, value, 0)
        if Attribute("maxMemory", "slots", NUMBER).read(domain) == 0:
            reach(domain, "maxMemory").set("slots", str(_SLOTS))
        return
    _limit.write(domain, None)
    cells = domain.findall("cpu/numa/cell")
    if len(cells) == 1 and not len(cells[0]) and set(cells[0].attrib) <= _PLAIN:
        drop(cells[0], domain)


def _read_huge_pages(domain: tree.Element) -> Value:
    if domain.find("memoryBacking/hugepages") is None:
        return None
    page = domain.find("memoryBacking/hugepages/page")
    if page is None:
        return _USUAL_PAGES
    return int(str(page.get("size", "0"))) * tree.UNITS.get(str(page.get("unit", "KiB")), KIB)


def _write_huge_pages(domain: tree.Element, value: Value) -> None:
    if (found := domain.find("memoryBacking/hugepages")) is not None:
        drop(found, domain)
    if isinstance(value, int):
        pages = reach(domain, "memoryBacking/hugepages")
        if value != _USUAL_PAGES:
            tree.add(pages, "page", size=str(value // KIB), unit="KiB")


def _huge_pages(scene: Scene) -> Bounds:
    pages = scene.facts.pages
    sizes = tuple(pages) or (2 * _MIB, 1024 * _MIB)
    found = [Choice(_USUAL_PAGES, _no_pages(any(pages.values()) or not pages))]
    found += [Choice(size, _no_pages(bool(pages.get(size, 1)))) for size in sizes]
    return Bounds(choices=tuple(found), can_be_unset=True)


def _no_pages(are_there: bool) -> Problem | None:  # noqa: FBT001
    return None if are_there else HugePagesMissing().problem


def _read_shared(domain: tree.Element) -> Value:
    return tree.attribute(domain, "memoryBacking/access", "mode") == "shared"


def _write_shared(domain: tree.Element, value: Value) -> None:
    """Share it: memory that is nobody's file cannot be, so then it is one that has no name."""
    source = Attribute("memoryBacking/source", "type")
    Attribute("memoryBacking/access", "mode").write(domain, "shared" if value else None)
    has_pages = domain.find("memoryBacking/hugepages") is not None
    if value and source.read(domain) is None and not has_pages:
        source.write(domain, "memfd")
    if not value and source.read(domain) == "memfd":
        source.write(domain, None)


DECLARED: Final = (
    Declared(
        Field.MEMORY_STARTUP, ValueKind.BYTES, Computed(_read_startup, _write_startup), _bounds
    ),
    Declared(
        Field.MEMORY_MAXIMUM, ValueKind.BYTES, Computed(_maximum.read, _write_maximum), _bounds
    ),
    Declared(
        Field.MEMORY_MINIMUM,
        ValueKind.BYTES,
        ours(metadata.MEMORY_MINIMUM, NUMBER),
        _optional,
        remark=always(Problem("KeptByCeladon")),
        acts_at_once=True,
    ),
    Declared(Field.MEMORY_LIMIT, ValueKind.BYTES, Computed(_limit.read, _write_limit), _optional),
    Declared(
        Field.MEMORY_SLOTS,
        ValueKind.NUMBER,
        Attribute("maxMemory", "slots", NUMBER),
        between(1, 255, can_be_unset=True),
        applies=lambda domain: domain.find("maxMemory") is not None,
    ),
    Declared(
        Field.MEMORY_BALLOON,
        ValueKind.WORD,
        Attribute("devices/memballoon", "model"),
        among("virtio", "none", can_be_unset=False),
    ),
    Declared(
        Field.MEMORY_REPORTING,
        ValueKind.SWITCH,
        Attribute("devices/memballoon", "freePageReporting", ON_OFF),
        free(),
    ),
    Declared(
        Field.MEMORY_HUGE_PAGES,
        ValueKind.WORD,
        Computed(_read_huge_pages, _write_huge_pages),
        _huge_pages,
    ),
    Declared(Field.MEMORY_LOCKED, ValueKind.SWITCH, Presence("memoryBacking/locked")),
    Declared(Field.MEMORY_SHARED, ValueKind.SWITCH, Computed(_read_shared, _write_shared)),
    Declared(Field.MEMORY_MERGEABLE, ValueKind.SWITCH, Absence("memoryBacking/nosharepages")),
    Declared(Field.MEMORY_HARD_LIMIT, ValueKind.BYTES, Size("memtune/hard_limit"), _optional),
    Declared(Field.MEMORY_SOFT_LIMIT, ValueKind.BYTES, Size("memtune/soft_limit"), _optional),
)
