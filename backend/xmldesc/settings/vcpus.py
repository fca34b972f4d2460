"""Virtual processors: https://libvirt.org/formatdomain.html#cpu-allocation ."""

from typing import Final

from backend.settings import Bounds, Field, Value, ValueKind
from backend.xmldesc import room, tree
from backend.xmldesc.settings.declared import Declared, Scene
from backend.xmldesc.settings.lens import NUMBER, Attribute, Computed, Content

_maximum, _current = Content("vcpu", NUMBER), Attribute("vcpu", "current", NUMBER)


def _bounds(scene: Scene) -> Bounds:
    return Bounds(1, scene.facts.vcpus_maximum or None)


def _read_count(domain: tree.Element) -> Value:
    return _current.read(domain) or _read_maximum(domain)


def _read_maximum(domain: tree.Element) -> Value:
    return _maximum.read(domain) or 1


def _write_count(domain: tree.Element, value: Value) -> None:
    """Set how many there are at the start; a machine that can get no more stays so."""
    maximum = _read_maximum(domain)
    if isinstance(value, int) and isinstance(maximum, int):
        follows = _read_count(domain) == maximum or value >= maximum
        room.set_processors(domain, value, value if follows else maximum)


def _write_maximum(domain: tree.Element, value: Value) -> None:
    count = _read_count(domain)
    if isinstance(value, int) and isinstance(count, int):
        room.set_processors(domain, min(count, value), value)


DECLARED: Final = (
    Declared(
        Field.PROCESSOR_COUNT,
        ValueKind.NUMBER,
        Computed(_read_count, _write_count),
        _bounds,
    ),
    Declared(
        Field.PROCESSOR_MAXIMUM,
        ValueKind.NUMBER,
        Computed(_read_maximum, _write_maximum),
        _bounds,
    ),
)
