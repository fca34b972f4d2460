"""Virtual processors: https://libvirt.org/formatdomain.html#cpu-allocation ."""

import re
from typing import Final

from backend.errors import Problem
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.xmldesc import room, tree
from backend.xmldesc.settings import topology
from backend.xmldesc.settings.declared import Declared, Scene, between, choices, free, lack, shaped
from backend.xmldesc.settings.lens import NUMBER, Attribute, Computed, Content, drop, reach

_MODES: Final = ("host-passthrough", "host-model", "maximum")
_POLICIES: Final = ("require", "force", "optional", "disable", "forbid")
_CPUSET: Final = re.compile(r"\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*")
_PIN: Final = re.compile(rf"\d+=({_CPUSET.pattern})")
_FEATURE: Final = re.compile(rf"({'|'.join(_POLICIES)}) [\w.+-]+")
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


def _read_model(domain: tree.Element) -> Value:
    mode = tree.attribute(domain, "cpu", "mode")
    if mode in ("", "custom"):
        return tree.text_of(domain, "cpu/model") or None
    return mode


def _write_model(domain: tree.Element, value: Value) -> None:
    """Set mode and model. What only the old ones had goes; features and topology stay."""
    cpu = reach(domain, "cpu")
    for name in ("mode", "match", "check", "migratable"):
        cpu.attrib.pop(name, "")
    for tag in ("model", "vendor"):
        if (found := cpu.find(tag)) is not None:
            cpu.remove(found)
    if value is None:
        for feature in cpu.findall("feature"):
            cpu.remove(feature)  # without a model there is nothing to add them to
        if not len(cpu) and not cpu.attrib:
            drop(cpu, domain)
    elif value in _MODES:
        cpu.set("mode", str(value))
    else:
        cpu.set("mode", "custom")
        cpu.set("match", "exact")
        tree.add(cpu, "model", str(value), fallback="forbid")


def _models(scene: Scene) -> Bounds:
    facts = scene.facts
    modes = tuple(Choice(mode, lack(facts, "cpu/mode", mode)) for mode in _MODES)
    unusable = tuple(name for name, is_usable in facts.cpu_models.items() if not is_usable)
    named = choices(sorted(name for name, is_usable in facts.cpu_models.items() if is_usable))
    lacking = tuple(Choice(n, Problem("HostCannotRunModel", (("model", n),))) for n in unusable)
    return Bounds(choices=(*modes, *named, *lacking), can_be_unset=True, is_open=True)


def _read_features(domain: tree.Element) -> Value:
    found = domain.iterfind("cpu/feature")
    return tuple(f"{f.get('policy', 'require')} {f.get('name', '')}" for f in found) or None


def _write_features(domain: tree.Element, value: Value) -> None:
    for feature in domain.findall("cpu/feature"):
        drop(feature, domain)
    for one in value if isinstance(value, tuple) else ():
        policy, _, name = one.partition(" ")
        tree.add(reach(domain, "cpu"), "feature", policy=policy, name=name)


def _read_pinning(domain: tree.Element) -> Value:
    pins = domain.iterfind("cputune/vcpupin")
    return tuple(f"{pin.get('vcpu')}={pin.get('cpuset')}" for pin in pins) or None


def _write_pinning(domain: tree.Element, value: Value) -> None:
    for pin in domain.findall("cputune/vcpupin"):
        drop(pin, domain)
    for one in value if isinstance(value, tuple) else ():
        number, _, cpuset = one.partition("=")
        tree.add(reach(domain, "cputune"), "vcpupin", vcpu=number, cpuset=cpuset)


def _has_model(defined: Value, running: Value) -> bool:
    """Return whether a model runs: what is like the host's is told by its name then."""
    return defined in (None, "host-model") or defined == running


def _has_features(defined: Value, running: Value) -> bool:
    """Return whether features run: those of the model are told beside them then."""
    wanted = defined if isinstance(defined, tuple) else ()
    return set(wanted) <= set(running if isinstance(running, tuple) else ())


DECLARED: Final = (
    Declared(Field.PROCESSOR_COUNT, ValueKind.NUMBER, Computed(_read_count, _write_count), _bounds),
    Declared(
        Field.PROCESSOR_MAXIMUM, ValueKind.NUMBER, Computed(_read_maximum, _write_maximum), _bounds
    ),
    *(
        Declared(
            field,
            ValueKind.NUMBER,
            Attribute("cpu/topology", name, NUMBER),
            between(1, 512),
        )
        for field, name in topology.PARTS.items()
    ),
    Declared(
        Field.PROCESSOR_MODEL,
        ValueKind.WORD,
        Computed(_read_model, _write_model),
        _models,
        runs_as=_has_model,
    ),
    Declared(
        Field.PROCESSOR_FEATURES,
        ValueKind.LIST,
        Computed(_read_features, _write_features),
        free(),
        check=shaped(_FEATURE, "require vmx"),
        runs_as=_has_features,
    ),
    Declared(
        Field.PROCESSOR_CPUSET,
        ValueKind.TEXT,
        Attribute("vcpu", "cpuset"),
        free(),
        check=shaped(_CPUSET, "0-3,8"),
    ),
    Declared(
        Field.PROCESSOR_PINNING,
        ValueKind.LIST,
        Computed(_read_pinning, _write_pinning),
        free(),
        check=shaped(_PIN, "0=0-3"),
    ),
    Declared(
        Field.PROCESSOR_EMULATOR_PIN,
        ValueKind.TEXT,
        Attribute("cputune/emulatorpin", "cpuset"),
        free(),
        check=shaped(_CPUSET, "0-3,8"),
    ),
    Declared(
        Field.PROCESSOR_SHARES, ValueKind.NUMBER, Content("cputune/shares", NUMBER),
        between(2, 262_144),
    ),
    Declared(
        Field.PROCESSOR_PERIOD_US, ValueKind.NUMBER, Content("cputune/period", NUMBER),
        between(1000, 1_000_000),
    ),
    Declared(
        Field.PROCESSOR_QUOTA_US, ValueKind.NUMBER, Content("cputune/quota", NUMBER),
        between(1000),
    ),
)  # fmt: skip
