"""Network adapters: https://libvirt.org/formatdomain.html#network-interfaces ."""

import re
from typing import Final

from backend.errors import NetworkMissing, Problem
from backend.objections import MacUnfit
from backend.refusals import NetworkInactive
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import (
    Declared,
    Scene,
    among,
    between,
    choices,
    free,
    shaped,
)
from backend.xmldesc.settings.facts import KIB
from backend.xmldesc.settings.lens import (
    AMOUNT,
    NUMBER,
    YES_NO,
    Attribute,
    Computed,
    Rate,
    drop,
    forget_address,
    reach,
)

USER: Final = "user"
_HOST_S_OWN: Final = {"bridge": "bridge", "direct": "dev"}
_MAC: Final = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", re.IGNORECASE)
_TAG: Final = re.compile(r"\d{1,4}")
_TAG_MAXIMUM: Final = 4094
_NO_VLAN: Final = Problem("VlanNeedsOpenVSwitch")


def _read_switch(nic: tree.Element) -> Value:
    kind = str(nic.get("type", ""))
    if kind == "network" or tree.attribute(nic, "source", "network"):
        return tree.attribute(nic, "source", "network") or None
    if kind in _HOST_S_OWN:
        return f"{kind}:{tree.attribute(nic, 'source', _HOST_S_OWN[kind])}"
    return kind or None


def as_defined(nic: tree.Element) -> None:
    """Have an adapter that runs described as its definition does it, for libvirt to take it again.

    What its network made of it, as type "bridge", libvirt would take for another place.
    """
    source = nic.find("source")
    if source is not None and source.get("network") and nic.get("type") != "network":
        nic.set("type", "network")
        for name in set(source.keys()) - {"network", "portgroup"}:
            del source.attrib[name]


def _write_switch(nic: tree.Element, value: Value) -> None:
    """Plug the adapter in elsewhere. What only the old place understood goes with it."""
    if value == _read_switch(nic) or not isinstance(value, str):
        return
    for tag in ("source", "virtualport", "backend"):
        for found in nic.findall(tag):
            nic.remove(found)
    kind, _, name = value.partition(":")
    if value == USER:
        nic.set("type", USER)
    elif name and kind in _HOST_S_OWN:
        nic.set("type", kind)
        reach(nic, "source").set(_HOST_S_OWN[kind], name)
        if kind == "direct":
            reach(nic, "source").set("mode", "bridge")
    else:
        nic.set("type", "network")
        reach(nic, "source").set("network", value)


def _switches(scene: Scene) -> Bounds:
    found = [
        Choice(name, None if is_active else NetworkInactive(name=name).problem)
        for name, is_active in scene.facts.switches
    ]
    return Bounds(choices=(*found, Choice(USER)), is_open=True)


def _switch_doubt(scene: Scene, value: Value) -> Problem | None:
    there = dict(scene.facts.switches)
    if not isinstance(value, str) or ":" in value or not there:
        return None
    if value != USER and value not in there:
        return NetworkMissing(name=value).problem
    is_tagged = scene.element.find("vlan/tag") is not None
    return _NO_VLAN if is_tagged and value not in scene.facts.vlan_switches else None


def _read_link(nic: tree.Element) -> Value:
    return tree.attribute(nic, "link", "state") != "down"


def _write_link(nic: tree.Element, value: Value) -> None:
    if value != _read_link(nic):
        Attribute("link", "state").write(nic, None if value else "down")


def _write_model(nic: tree.Element, value: Value) -> None:
    Attribute("model", "type").write(nic, value)
    forget_address(nic)  # another model may be on another bus


def _mac(_scene: Scene, value: Value) -> Problem | None:
    if not isinstance(value, str) or not _MAC.fullmatch(value) or int(value[:2], 16) & 1:
        return MacUnfit(value=str(value)).problem
    return None


def _write_mac(nic: tree.Element, value: Value) -> None:
    reach(nic, "mac").set("address", str(value).lower())


def _read_mac(nic: tree.Element) -> Value:
    return tree.attribute(nic, "mac", "address").lower() or None


def _read_vlan(nic: tree.Element) -> Value:
    return tuple(str(tag.get("id", "")) for tag in nic.iterfind("vlan/tag")) or None


def _write_vlan(nic: tree.Element, value: Value) -> None:
    """Put the adapter into these. Of a trunk, the one whose frames have no tag stays that one."""
    if value == _read_vlan(nic):
        return
    native = {tag.get("id"): tag.get("nativeMode") for tag in nic.iterfind("vlan/tag")}
    if (vlan := nic.find("vlan")) is not None:
        drop(vlan, nic)
    tags = value if isinstance(value, tuple) else ()
    for tag in tags:
        written = tree.add(reach(nic, "vlan"), "tag", id=str(int(tag)))
        if len(tags) > 1 and (mode := native.get(written.get("id"))):
            written.set("nativeMode", mode)
    if len(tags) > 1:
        reach(nic, "vlan").set("trunk", "yes")


def _vlan(scene: Scene, value: Value) -> Problem | None:
    for tag in value if isinstance(value, tuple) else ():
        if not _TAG.fullmatch(tag) or int(tag) > _TAG_MAXIMUM:
            return shaped(_TAG, "10")(scene, "")
    return None


def _vlan_doubt(scene: Scene, value: Value) -> Problem | None:
    """Libvirt's own switches carried no tags until 11.0."""
    if not value or scene.element.get("type") not in ("network", USER):
        return None
    is_open = tree.attribute(scene.element, "virtualport", "type") == "openvswitch"
    knows = tree.attribute(scene.element, "source", "network") in scene.facts.vlan_switches
    return None if is_open or knows else _NO_VLAN


def _filters(scene: Scene) -> Bounds:
    return Bounds(choices=choices(scene.facts.filters), can_be_unset=True, is_open=True)


def _write_filter(nic: tree.Element, value: Value) -> None:
    """Set the filter; what was told to the one before means nothing to another."""
    if (found := nic.find("filterref")) is not None and found.get("filter") != value:
        drop(found, nic)
    if value is not None:
        reach(nic, "filterref").set("filter", str(value))


def _rate(field: Field, path: str, name: str) -> Declared:
    return Declared(field, ValueKind.BYTES, Rate(f"bandwidth/{path}", name), between(KIB, step=KIB))


DECLARED: Final = (
    Declared(
        Field.ADAPTER_SWITCH,
        ValueKind.WORD,
        Computed(_read_switch, _write_switch),
        _switches,
        doubt=_switch_doubt,
    ),
    Declared(Field.ADAPTER_LINK, ValueKind.SWITCH, Computed(_read_link, _write_link)),
    Declared(
        Field.ADAPTER_MODEL,
        ValueKind.WORD,
        Computed(Attribute("model", "type").read, _write_model),
        among("virtio", "e1000e", "e1000", "rtl8139", is_open=True),
    ),
    Declared(Field.ADAPTER_MAC, ValueKind.TEXT, Computed(_read_mac, _write_mac), check=_mac),
    Declared(
        Field.ADAPTER_VLAN,
        ValueKind.LIST,
        Computed(_read_vlan, _write_vlan),
        free(),
        check=_vlan,
        doubt=_vlan_doubt,
    ),
    Declared(
        Field.ADAPTER_FILTER,
        ValueKind.WORD,
        Computed(Attribute("filterref", "filter").read, _write_filter),
        _filters,
    ),
    _rate(Field.ADAPTER_IN_AVERAGE, "inbound", "average"),
    _rate(Field.ADAPTER_IN_PEAK, "inbound", "peak"),
    _rate(Field.ADAPTER_IN_BURST, "inbound", "burst"),
    _rate(Field.ADAPTER_OUT_AVERAGE, "outbound", "average"),
    _rate(Field.ADAPTER_OUT_PEAK, "outbound", "peak"),
    _rate(Field.ADAPTER_OUT_BURST, "outbound", "burst"),
    Declared(
        Field.ADAPTER_MTU, ValueKind.NUMBER, Attribute("mtu", "size", NUMBER), between(68, 65535)
    ),
    Declared(
        Field.ADAPTER_QUEUES,
        ValueKind.NUMBER,
        Attribute("driver", "queues", AMOUNT),
        between(1, 256),
        applies=lambda nic: tree.attribute(nic, "model", "type") == "virtio",
    ),
    Declared(
        Field.ADAPTER_ISOLATED, ValueKind.SWITCH, Attribute("port", "isolated", YES_NO), free()
    ),
    Declared(
        Field.ADAPTER_TRUSTED,
        ValueKind.SWITCH,
        Attribute(".", "trustGuestRxFilters", YES_NO),
        free(),
    ),
)
