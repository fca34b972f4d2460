"""All fields together: a description read as settings, and edits patched into it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backend.settings import Edit, Field, Place, Section, Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.devices import device_of
from backend.xmldesc.settings import (
    adapters,
    controllers,
    devices,
    drives,
    extras,
    firmware,
    harmony,
    inputs,
    management,
    memory,
    screens,
    security,
    vcpus,
)
from backend.xmldesc.settings.declared import Declared

ALL: Final[Mapping[Field, Declared]] = {
    one.field: one
    for page in (
        firmware,
        security,
        memory,
        vcpus,
        controllers,
        drives,
        adapters,
        screens,
        inputs,
        extras,
        management,
    )
    for one in page.DECLARED
}
"""Each field where it is declared. Edits are written in this order."""
_BY_SECTION: Final = {
    section: tuple(one for one in ALL.values() if one.field.section is section)
    for section in Section
}
_ONLY: Final = {
    Section.WATCHDOG: "devices/watchdog",
    Section.PANIC: "devices/panic",
    Section.VSOCK: "devices/vsock",
}
"""What a machine has one of at most stands on a page of the machine's own."""
_ORDER: Final = {field: number for number, field in enumerate(ALL)}


@dataclass(frozen=True, slots=True)
class Found:
    """A setting in a description: its declaration, and the element below which it stands."""

    setting: Setting
    declared: Declared
    element: tree.Element

    @property
    def value(self) -> Value:
        """What it is; None also of what is in no description."""
        return self.declared.lens.read(self.element) if self.declared.lens else None


def places(domain: tree.Element) -> Iterator[tuple[Place, tree.Element]]:
    """Yield the pages of a machine, each with the element below which its settings stand."""
    for section in Section:
        shelf = devices.SHELVES.get(section)
        if shelf is None:
            only = domain.find(_ONLY[section]) if section in _ONLY else None
            removes = None if only is None else device_of(only)
            yield Place(section, removes=removes), domain
            continue
        for key, element in devices.on_shelf(domain, section):
            yield Place(section, key, shelf.detail(element), device_of(element)), element


def settings(domain: tree.Element) -> dict[Setting, Found]:
    """Return each setting that a machine has a place for."""
    found = {}
    for place, element in places(domain):
        for one in _BY_SECTION[place.section]:
            if one.applies(element):
                setting = Setting(one.field, place.device)
                found[setting] = Found(setting, one, element)
    return found


def write(domain: tree.Element, edits: Iterable[Edit]) -> None:
    """Patch edits into a description. What is set by command only, or has no place, is not."""
    there = settings(domain)
    for edit in sorted(edits, key=lambda one: _ORDER[one.setting.field]):
        # What an edit before it made room for is looked for again.
        found = there.get(edit.setting) or settings(domain).get(edit.setting)
        if found and found.declared.lens and not found.declared.by_command:
            found.declared.lens.write(found.element, edit.value)
    harmony.complete(domain)
