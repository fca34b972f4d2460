"""What Celadon does not know survives each edit, and an edit that is taken back leaves no trace."""

import functools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.settings import Edit, Setting, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.catalogue import Found
from backend.xmldesc.settings.declared import Scene
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.foreign import CORPUS

TEXTS: dict[str, tuple[Value, ...]] = {
    "adapter.mac": ("52:54:00:00:00:99",),
    "processor.pinning": (("0=0",),),
    "processor.features": (("require vmx",),),
    "processor.cpuset": ("0-3",),
    "processor.emulator_pin": ("1",),
    "adapter.vlan": (("7",), ("7", "8")),
}


def candidates(domain: tree.Element, found: Found) -> Iterator[Value]:
    """Yield values that a setting can have."""
    declared = found.declared
    limits = declared.bounds(Scene(Facts(), domain, found.element))
    if limits.can_be_unset:
        yield None
    if declared.kind is ValueKind.SWITCH:
        yield from (True, False)
    elif declared.kind in (ValueKind.NUMBER, ValueKind.BYTES):
        least = limits.minimum or 0
        yield from (least, least + limits.step * 7)
    elif declared.field.value in TEXTS:
        yield from (*TEXTS[declared.field.value],)
    elif declared.kind is ValueKind.LIST:
        if limits.choices:
            yield tuple(str(choice.value) for choice in reversed(limits.choices))
    elif limits.choices:
        yield from (choice.value for choice in limits.choices)
    else:
        yield "/a/place"


NAMES = ["nova", "passthrough", "numa", "proxmox"]
WRITTEN_ANEW: dict[str, tuple[str, ...]] = {
    "firmware.kind": ("firmware", "loader", "nvram"),
    "firmware.boot_order": ("boot",),
    "security.secure_boot": ("loader", "nvram", "feature"),
    "security.tpm": ("tpm",),
    "memory.limit": ("cell", "maxMemory"),
    "memory.huge_pages": ("hugepages",),
    "memory.mergeable": ("nosharepages",),
    "memory.locked": ("locked",),
    "processor.count": ("vcpus",),
    "processor.maximum": ("vcpus",),
    "processor.model": ("model", "vendor", "feature"),
    "processor.features": ("feature",),
    "processor.pinning": ("vcpupin",),
    "drive.source": ("source",),
    "drive.bus": ("address",),
    "drive.read_only": ("readonly",),
    "adapter.switch": ("source", "virtualport"),
    "adapter.vlan": ("vlan",),
    "display.kind": ("graphics", "listen"),
    "display.listen": ("listen",),
    "serial.kind": ("source",),
    "watchdog.model": ("watchdog",),
    "panic.model": ("panic", "address"),
    "vsock.enabled": ("vsock",),
}
"""What a field replaces as a whole, or takes away: with all that is in it."""


def marked(text: str) -> tree.Element:
    """Return a definition in which each element has an attribute that nobody knows."""
    root = tree.read(text)
    for number, element in enumerate(root.iter()):
        element.set("{urn:foreign}mark", str(number))
    return root


def lost(before: tree.Element, after: tree.Element) -> set[str]:
    """Return the tags of the topmost elements that have gone, or have lost what they had."""
    there = {element.get("{urn:foreign}mark") for element in after.iter()}
    gone = [e for e in before.iter() if e.get("{urn:foreign}mark") not in there]
    return {str(e.tag) for e in gone if e.getparent() not in gone}


def canonical(element: tree.Element) -> tuple[object, ...]:
    """Return an element whatever the order is in which its parts stand: libvirt has its own."""
    children = sorted((canonical(child) for child in element), key=repr)
    return str(element.tag), (element.text or "").strip(), sorted(element.items()), children


def editable(domain: tree.Element) -> list[Found]:
    return [
        found
        for found in catalogue.settings(domain).values()
        if found.declared.lens and not found.declared.by_command
    ]


@pytest.mark.parametrize("text", CORPUS, ids=NAMES)
def test_each_field_reads_what_it_wrote(text: str) -> None:
    for found in editable(tree.read(text)):
        setting, name = found.setting, found.setting.field.value
        for value in candidates(tree.read(text), found):
            edited = tree.read(text)
            catalogue.write(edited, [Edit(setting, value)])
            if name == "adapter.mac":
                setting = Setting(setting.field, str(value))
            if name not in NEEDS_OTHER:
                after = catalogue.settings(edited).get(setting)
                read = None if after is None else after.value
                assert read == value or (value is None and found.value is not None), setting
            setting = found.setting


@pytest.mark.parametrize("text", CORPUS, ids=NAMES)
def test_what_is_not_known_survives_each_edit(text: str) -> None:
    for found in editable(tree.read(text)):
        allowed = set(WRITTEN_ANEW.get(found.setting.field.value, ()))
        for value in candidates(tree.read(text), found):
            before, after = marked(text), marked(text)
            catalogue.write(after, [Edit(found.setting, value)])
            assert lost(before, after) <= allowed, (found.setting, value)


@functools.cache
def offered(text: str) -> tuple[tuple[Setting, tuple[Value, ...]], ...]:
    """Return the settings of a definition and what each can be.

    Once: to look for it in each example takes so long on a busy computer that Hypothesis gives up.
    """
    domain = tree.read(text)
    found = ((one.setting, tuple(candidates(domain, one))) for one in editable(domain))
    return tuple((setting, some) for setting, some in found if some)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Return a definition, and edits of several of its settings."""
    text = draw(st.sampled_from(CORPUS))
    chosen = draw(st.lists(st.sampled_from(offered(text)), min_size=1, max_size=8))
    pairs = {setting: draw(st.sampled_from(some)) for setting, some in chosen}
    return text, [Edit(setting, value) for setting, value in pairs.items()]


@settings(max_examples=150, deadline=None)
@given(edits())
def test_what_is_not_known_survives_edits_together(case: tuple[str, list[Edit]]) -> None:
    text, wanted = case
    before, after = marked(text), marked(text)
    catalogue.write(after, wanted)
    names = {edit.setting.field.value for edit in wanted}
    assert lost(before, after) <= {tag for name in names for tag in WRITTEN_ANEW.get(name, ())}
    foreign = [e.get("{urn:foreign}mark") for e in before.iter() if "}" in str(e.tag)]
    assert set(foreign) <= {e.get("{urn:foreign}mark") for e in after.iter()}


@settings(max_examples=150, deadline=None)
@given(edits())
def test_edits_do_not_hang_on_their_order(case: tuple[str, list[Edit]]) -> None:
    text, wanted = case
    one, other = tree.read(text), tree.read(text)
    catalogue.write(one, wanted)
    catalogue.write(other, reversed(wanted))
    assert tree.write(one) == tree.write(other)


@settings(max_examples=150, deadline=None)
@given(edits())
def test_a_second_time_changes_nothing(case: tuple[str, list[Edit]]) -> None:
    text, wanted = case
    root = tree.read(text)
    # An adapter with another address has another name, in the boot order too.
    still = [e for e in wanted if e.setting.field.section.value not in ("memory", "processor")]
    still = [e for e in still if e.setting.field.value != "adapter.mac"]
    catalogue.write(root, still)
    once = canonical(root)
    catalogue.write(root, still)
    assert canonical(root) == once


NEEDS_OTHER = frozenset(
    {
        "watchdog.action", "security.tpm_model", "vsock.cid", "processor.sockets",
        "processor.dies", "processor.cores", "processor.threads", "processor.maximum",
        "memory.balloon",
    }
)  # fmt: skip
"""What means nothing without another setting, or is completed from others."""
