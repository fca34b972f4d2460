"""Memory: https://libvirt.org/formatdomain.html#memory-allocation ."""

from typing import Final

from backend.settings import Bounds, Field, Value, ValueKind
from backend.xmldesc import room, tree
from backend.xmldesc.settings.declared import Declared, Scene
from backend.xmldesc.settings.lens import KIB, Computed, Size

_MIB: Final = 2**20
_MINIMUM_BYTES: Final = 1 * _MIB
_maximum, _startup = Size("memory"), Size("currentMemory")


def _bounds(scene: Scene) -> Bounds:
    # Beyond what the host has a machine can be defined: it fails at its start, or swaps.
    return Bounds(_MINIMUM_BYTES, scene.facts.memory_bytes or None, step=KIB)


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


DECLARED: Final = (
    Declared(
        Field.MEMORY_STARTUP,
        ValueKind.BYTES,
        Computed(_read_startup, _write_startup),
        _bounds,
    ),
    Declared(
        Field.MEMORY_MAXIMUM,
        ValueKind.BYTES,
        Computed(_maximum.read, _write_maximum),
        _bounds,
    ),
)
