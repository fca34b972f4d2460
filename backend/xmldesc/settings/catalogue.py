"""All fields together: a description read as settings, and edits patched into it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backend.settings import Edit, Field, Place, Section, Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import management, memory, vcpus
from backend.xmldesc.settings.declared import Declared
from backend.xmldesc.settings.devices import SHELVES

ALL: Final[Mapping[Field, Declared]] = {
    one.field: one for page in (memory, vcpus, management) for one in page.DECLARED
}
"""Each field where it is declared. Edits are written in this order."""
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
        shelf = SHELVES.get(section)
        if shelf is None:
            yield Place(section), domain
            continue
        for number, element in enumerate(domain.iterfind(shelf.path)):
            yield Place(section, shelf.key(element, number), shelf.detail(element)), element


def settings(domain: tree.Element) -> dict[Setting, Found]:
    """Return each setting that a machine has a place for."""
    found = {}
    for place, element in places(domain):
        for one in ALL.values():
            if one.field.section is place.section and one.applies(element):
                setting = Setting(one.field, place.device)
                found[setting] = Found(setting, one, element)
    return found


def write(domain: tree.Element, edits: Iterable[Edit]) -> None:
    """Patch edits into a description. What is set by command only, or has no place, is not."""
    there = settings(domain)
    for edit in sorted(edits, key=lambda one: _ORDER[one.setting.field]):
        found = there.get(edit.setting)
        if found and found.declared.lens and not found.declared.by_command:
            found.declared.lens.write(found.element, edit.value)
