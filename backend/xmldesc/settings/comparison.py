"""Two definitions of a machine compared: settings, devices, and what neither tells of. Pure."""

import copy
from collections.abc import Iterable

from backend.settings import Comparison, Edit, Place, ValueChange
from backend.xmldesc import merging, tree
from backend.xmldesc.settings import catalogue, devices


def compare(before: tree.Element, after: tree.Element) -> Comparison:
    """Return what differs."""
    values = tuple(_values(before, after))
    was, now = _devices(before), _devices(after)
    went = {key: one for key, one in was.items() if key not in now}
    came = {key: one for key, one in now.items() if key not in was}
    return Comparison(
        values,
        tuple(place for place, _element in came.values()),
        tuple(place for place, _element in went.values()),
        tuple(_rest(before, after, values, went.keys() | came.keys())),
    )


_Key = tuple[object, str]


def _values(before: tree.Element, after: tree.Element) -> Iterable[ValueChange]:
    there = catalogue.settings(after)
    places = {(one.section, one.device): one for one, _element in catalogue.places(after)}
    for setting, found in catalogue.settings(before).items():
        other = there.get(setting)
        if other is not None and found.value != other.value:
            place = places[setting.field.section, setting.device]
            kind = found.declared.kind
            yield ValueChange(setting, place, kind, found.value, other.value)


def _devices(domain: tree.Element) -> dict[_Key, tuple[Place, tree.Element]]:
    return {
        (place.section, place.device): (place, element)
        for place, element in catalogue.places(domain)
        if place.section in devices.SHELVES
    }


def _rest(
    before: tree.Element,
    after: tree.Element,
    values: tuple[ValueChange, ...],
    said: set[_Key],
) -> Iterable[str]:
    """Yield the ways to what is not said yet: with the values set, what else differs.

    A value may stand in another place once it is set by us: that is no difference of these two.
    """
    one, other = copy.deepcopy(before), copy.deepcopy(after)
    for root in (one, other):
        for key, (_place, element) in _devices(root).items():
            parent = element.getparent()
            if key in said and parent is not None:
                parent.remove(element)
    catalogue.write(one, [Edit(value.setting, value.after) for value in values])
    left, touched = set(merging.differing(one, other)), set(merging.differing(before, one))
    ways = (way for way in merging.differing(before, after) if way in left)
    return (way for way in ways if way.partition("/@")[0] not in touched)
