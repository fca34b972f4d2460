"""Devices of the host itself that a guest has for its own: on its USB, or on its PCI."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Rule,
    Values,
    first,
    needs_controller,
    needs_slot,
)
from backend.kinds.moment import Moment, NodeDevice
from backend.parts import Part
from backend.refusals import (
    HostDevicesUnknown,
    HostNeedsDevice,
    NoHostDevices,
    NoIommu,
    TakenByMachine,
)

_BRIDGE: Final = 0x06


def _pci_address(part: Part) -> str:
    names = ("domain", "bus", "slot", "function")
    numbers = [int(part.get(f"source/address@{name}", "0"), 0) for name in names]
    return "{:04x}:{:02x}:{:02x}.{:x}".format(*numbers)


def _usb_name(part: Part) -> str:
    """Return "vendor:product", or "bus.number" of one that is given by its place."""
    ids = [part.get(f"source/{n}@id").removeprefix("0x") for n in ("vendor", "product")]
    if all(ids):
        return ":".join(ids)
    return ".".join(part.get(f"source/address@{n}") for n in ("bus", "device"))


def _is_pci(part: Part) -> bool:
    return part.tag == "hostdev" and part.get("@type") == "pci"


def _is_usb(part: Part) -> bool:
    return part.tag == "hostdev" and part.get("@type") == "usb"


def _is_same(part: Part, device: NodeDevice) -> bool:
    if device.bus == "pci":
        return _is_pci(part) and _pci_address(part) == device.address
    return _is_usb(part) and _usb_name(part) in (device.id, device.address)


def _taken(device: NodeDevice, moment: Moment) -> Problem | None:
    own = (moment.domain.name, *(part for part in moment.parts if _is_same(part, device)))
    if len(own) > 1:
        return TakenByMachine(name=moment.domain.name).problem
    users = (name for name, part in moment.host.taken if _is_same(part, device))
    user = next(users, "") if moment.is_live else ""
    return TakenByMachine(name=user).problem if user else None


def _needed(device: NodeDevice) -> Problem | None:
    return HostNeedsDevice(disks=", ".join(device.disks)).problem if device.disks else None


def _words(device: NodeDevice) -> tuple[str, ...]:
    name = " ".join(word for word in (device.vendor, device.product) if word)
    return tuple(word for word in (name, device.address, device.id, *device.adapters) if word)


def _usb(moment: Moment) -> tuple[Candidate, ...]:
    found = [d for d in moment.host.devices or () if d.bus == "usb" and not d.is_hub]
    twins = {d.id for d in found if sum(other.id == d.id for other in found) > 1}
    # Where it is plugged in changes with each plug; what it is does not.
    return tuple(
        Candidate(d.address if d.id in twins else d.id, _taken(d, moment) or _needed(d), _words(d))
        for d in found
    )


def _pci(moment: Moment) -> tuple[Candidate, ...]:
    found = [d for d in moment.host.devices or () if d.bus == "pci" and d.klass >> 16 != _BRIDGE]
    return tuple(
        Candidate(d.address, _no_group(d) or _taken(d, moment) or _needed(d), _words(d))
        for d in found
    )


def _no_group(device: NodeDevice) -> Problem | None:
    return None if device.has_iommu_group else NoIommu().problem


def _none_there(bus: str) -> Rule:
    def rule(moment: Moment) -> Problem | None:
        if moment.host.devices is None:
            return HostDevicesUnknown().problem
        is_there = _usb(moment) if bus == "usb" else _pci(moment)
        return None if is_there else NoHostDevices().problem

    return rule


def _make_usb(values: Values, _moment: Moment) -> tuple[Part, ...]:
    chosen = values["device"]
    kind = (("@mode", "subsystem"), ("@type", "usb"), ("@managed", "yes"))
    if ":" in chosen:
        vendor, product = chosen.split(":")
        # Without it the machine would not start: a stick is soon pulled out.
        source = (
            ("source@startupPolicy", "optional"),
            ("source/vendor@id", f"0x{vendor}"),
            ("source/product@id", f"0x{product}"),
        )
        return (Part("hostdev", (*kind, *source)),)
    bus, number = chosen.split(".")
    source_of = (("source/address@bus", bus), ("source/address@device", number))
    return (Part("hostdev", (*kind, *source_of)),)


def _make_pci(values: Values, _moment: Moment) -> tuple[Part, ...]:
    domain, bus, rest = values["device"].split(":")
    slot, function = rest.split(".")
    numbers = zip(("domain", "bus", "slot", "function"), (domain, bus, slot, function), strict=True)
    return (
        Part(
            "hostdev",
            (
                ("@mode", "subsystem"),
                ("@type", "pci"),
                ("@managed", "yes"),
                *((f"source/address@{name}", f"0x{number}") for name, number in numbers),
            ),
        ),
    )


def _no_iommu(moment: Moment) -> Problem | None:
    devices = [d for d in moment.host.devices or () if d.bus == "pci"]
    is_off = devices and not any(d.has_iommu_group for d in devices)
    return NoIommu().problem if is_off and moment.is_live else None


USB_DEVICE: Final = PartKind(
    DeviceKind.USB_DEVICE,
    _is_usb,
    _make_usb,
    (Field("device", _usb),),
    comes=first(_none_there("usb"), needs_controller("usb")),
    key=_usb_name,
)

PCI_DEVICE: Final = PartKind(
    DeviceKind.PCI_DEVICE,
    _is_pci,
    _make_pci,
    (Field("device", _pci),),
    comes=first(_none_there("pci"), _no_iommu, needs_slot),
    key=_pci_address,
    means=(("doesn't support passthrough", NoIommu),),
)
