"""Devices of the host, and what few machines have: watchdog, panic, random numbers, shares, vsock.

https://libvirt.org/formatdomain.html#host-device-assignment and what follows there.
"""

from typing import Final

from backend.errors import Problem
from backend.objections import SharedMemoryNeeded
from backend.refusals import NoIommu
from backend.settings import Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, Scene, among, between, free, if_said
from backend.xmldesc.settings.lens import (
    NUMBER,
    ON_OFF,
    YES_NO,
    Attribute,
    Computed,
    Content,
    Presence,
    drop,
    forget_address,
    reach,
)


def _is_pci(device: tree.Element) -> bool:
    return device.get("type") == "pci"


def _is_usb(device: tree.Element) -> bool:
    return device.get("type") == "usb"


def _iommu(scene: Scene) -> Problem | None:
    is_missing = scene.facts.has_iommu is False and scene.element.get("type") == "pci"
    return NoIommu().problem if is_missing else None


def _singleton(path: str) -> Computed:
    """Return the place of a device's model; without one there is no device."""
    model = Attribute(path, "model")

    def write(domain: tree.Element, value: Value) -> None:
        found = domain.find(path)
        if value is None:
            if found is not None:
                drop(found, domain)
            return
        if found is not None and found.get("model") != value:
            forget_address(found)
        model.write(domain, value)

    return Computed(model.read, write)


_WATCHDOGS: Final = "devices/watchdog"


def _own_watchdog(domain: tree.Element) -> tree.Element | None:
    """Find the one that can be chosen: that of a q35's chipset (itco) is there for good."""
    return next((one for one in domain.findall(_WATCHDOGS) if one.get("model") != "itco"), None)


def _read_watchdog(domain: tree.Element) -> Value:
    found = _own_watchdog(domain)
    return found.get("model") if found is not None else None


def _write_watchdog(domain: tree.Element, value: Value) -> None:
    found = _own_watchdog(domain)
    if found is not None and value is None:
        drop(found, domain)
    elif found is None and value is not None:
        alike = tree.attribute(domain, _WATCHDOGS, "action")
        tree.add(reach(domain, "devices"), "watchdog", model=str(value), action=alike or "reset")
    elif found is not None and found.get("model") != value:
        forget_address(found)
        found.set("model", str(value))


def _write_watchdog_action(domain: tree.Element, value: Value) -> None:
    Attribute(_WATCHDOGS, "action").write(domain, value)
    # libvirt wants all watchdogs of a machine to act alike.
    for one in domain.findall(_WATCHDOGS):
        Attribute(".", "action").write(one, value)


def _write_share_driver(share: tree.Element, value: Value) -> None:
    Attribute("driver", "type").write(share, value)
    if value == "virtiofs":
        share.set("accessmode", "passthrough")


def _share_doubt(scene: Scene, value: Value) -> Problem | None:
    is_shared = tree.attribute(scene.domain, "memoryBacking/access", "mode") == "shared"
    return None if value != "virtiofs" or is_shared else SharedMemoryNeeded().problem


def _write_vsock(domain: tree.Element, value: Value) -> None:
    found = domain.find("devices/vsock")
    if not value:
        if found is not None:
            drop(found, domain)
    elif found is None:
        reach(domain, "devices/vsock").set("model", "virtio")
        reach(domain, "devices/vsock/cid").set("auto", "yes")


def _read_cid(domain: tree.Element) -> Value:
    is_auto = tree.attribute(domain, "devices/vsock/cid", "auto") == "yes"
    return None if is_auto else Attribute("devices/vsock/cid", "address", NUMBER).read(domain)


def _write_cid(domain: tree.Element, value: Value) -> None:
    if domain.find("devices/vsock") is None:
        return
    cid = reach(domain, "devices/vsock/cid")
    cid.set("auto", "yes" if value is None else "no")
    Attribute("devices/vsock/cid", "address", NUMBER).write(domain, value)


DECLARED: Final = (
    Declared(
        Field.HOST_DEVICE_MANAGED,
        ValueKind.SWITCH,
        Attribute(".", "managed", YES_NO),
        free(),
        applies=_is_pci,
        remark=_iommu,
    ),
    Declared(
        Field.HOST_DEVICE_ROM,
        ValueKind.SWITCH,
        Attribute("rom", "bar", ON_OFF),
        free(),
        applies=_is_pci,
    ),
    Declared(
        Field.HOST_DEVICE_ROM_FILE,
        ValueKind.TEXT,
        Attribute("rom", "file"),
        free(),
        applies=_is_pci,
    ),
    Declared(
        Field.HOST_DEVICE_STARTUP,
        ValueKind.WORD,
        Attribute("source", "startupPolicy"),
        among("mandatory", "requisite", "optional"),
        applies=_is_usb,
    ),
    Declared(
        Field.WATCHDOG_MODEL,
        ValueKind.WORD,
        Computed(_read_watchdog, _write_watchdog),
        among("i6300esb", "ib700", is_open=True),
    ),
    Declared(
        Field.WATCHDOG_ACTION,
        ValueKind.WORD,
        Computed(Attribute(_WATCHDOGS, "action").read, _write_watchdog_action),
        among("reset", "shutdown", "poweroff", "pause", "dump", "inject-nmi", "none"),
    ),
    Declared(
        Field.PANIC_MODEL,
        ValueKind.WORD,
        _singleton("devices/panic"),
        among("isa", "hyperv", is_open=True),
    ),
    Declared(
        Field.RNG_SOURCE,
        ValueKind.TEXT,
        Content("backend"),
        free(can_be_unset=False),
        applies=lambda rng: tree.attribute(rng, "backend", "model") == "random",
    ),
    Declared(Field.RNG_RATE_BYTES, ValueKind.BYTES, Attribute("rate", "bytes", NUMBER), between(1)),
    Declared(
        Field.RNG_RATE_PERIOD_MS, ValueKind.NUMBER, Attribute("rate", "period", NUMBER), between(1)
    ),
    Declared(
        Field.SHARE_SOURCE, ValueKind.TEXT, Attribute("source", "dir"), free(can_be_unset=False)
    ),
    Declared(Field.SHARE_TAG, ValueKind.TEXT, Attribute("target", "dir"), free(can_be_unset=False)),
    Declared(
        Field.SHARE_DRIVER,
        ValueKind.WORD,
        Computed(Attribute("driver", "type").read, _write_share_driver),
        among("path", "virtiofs", ability="filesystem/driverType"),
        doubt=_share_doubt,
    ),
    Declared(
        Field.SHARE_ACCESS,
        ValueKind.WORD,
        Attribute(".", "accessmode"),
        among("passthrough", "mapped", "squash"),
    ),
    Declared(Field.SHARE_READ_ONLY, ValueKind.SWITCH, Presence("readonly")),
    Declared(Field.VSOCK, ValueKind.SWITCH, Computed(Presence("devices/vsock").read, _write_vsock)),
    Declared(
        Field.VSOCK_CID,
        ValueKind.NUMBER,
        Computed(_read_cid, _write_cid),
        between(3, 2**32 - 2),
        runs_as=if_said,
    ),
)
