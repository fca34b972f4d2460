"""What other devices are plugged into: controllers, and the slots of PCI."""

from typing import Final

from backend.devices import DeviceKind
from backend.errors import Problem
from backend.kinds.kind import (
    Candidate,
    Field,
    PartKind,
    Values,
    choices,
    first,
    needs_slot,
    only_at_next_start,
    words,
)
from backend.kinds.moment import Moment
from backend.parts import Part
from backend.refusals import ControllerInUse, NoPortsHere, NotOnHost, OnlyAtNextStart, OnlyOne

# By what one chooses: libvirt's type and model.
_SORTS: Final = {
    "virtio-scsi": ("scsi", "virtio-scsi"),
    "virtio-serial": ("virtio-serial", ""),
    "usb3": ("usb", "qemu-xhci"),
    "sata": ("sata", ""),
    "lsi-scsi": ("scsi", "lsilogic"),
}
_HOT: Final = "virtio-scsi"


def _candidates(moment: Moment) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, _why_not(name, moment)) for name in _SORTS)


def _why_not(name: str, moment: Moment) -> Problem | None:
    if name == _HOT:
        return needs_slot(moment)
    if moment.is_live:
        return OnlyAtNextStart().problem
    kind, _model = _SORTS[name]
    is_there = moment.has("controller", "@type", kind)
    return OnlyOne(name=moment.domain.name).problem if kind == "usb" and is_there else None


def _make(values: Values, moment: Moment) -> tuple[Part, ...]:
    kind, model = _SORTS[values["model"]]
    used = {int(p.get("@index", "0")) for p in moment.parts
            if p.tag == "controller" and p.get("@type") == kind}  # fmt: skip
    index = next(number for number in range(len(used) + 1) if number not in used)
    facts = (("@type", kind), ("@index", str(index)))
    return (Part("controller", (*facts, *((("@model", model),) if model else ()))),)


def _leaves(part: Part, moment: Moment) -> Problem | None:
    name = (part.get("@type"), part.get("@index", "0"))
    if moment.room and name in moment.room.used:
        return ControllerInUse().problem
    is_hot = part.get("@type") == "scsi" and part.get("@model", "virtio-scsi") == "virtio-scsi"
    return None if is_hot else only_at_next_start(moment)


def _is_it(part: Part) -> bool:
    kinds = {kind for kind, _model in _SORTS.values()}
    if part.tag != "controller" or part.get("@type") not in kinds:
        return False
    # The first of USB's companions, and what is built into the board, are nobody's to take.
    is_built_in = part.get("address@bus") in ("0x00", "0") and part.get("@type") in ("sata", "usb")
    return not is_built_in


CONTROLLER: Final = PartKind(
    DeviceKind.CONTROLLER,
    _is_it,
    _make,
    (Field("model", _candidates),),
    leaves=_leaves,
    key=lambda part: f"{part.get('@type')} {part.get('@index', '0')}",
    detail=words("@model"),
)


def _no_ports(moment: Moment) -> Problem | None:
    if not moment.machine:
        return NotOnHost().problem
    return None if "q35" in moment.machine or "virt" in moment.machine else NoPortsHere().problem


SLOTS: Final = PartKind(
    DeviceKind.SLOTS,
    lambda part: part.tag == "controller" and part.get("@model") == "pcie-root-port",
    lambda values, _moment: (
        (Part("controller", (("@type", "pci"), ("@model", "pcie-root-port"))),)
        * int(values["count"])
    ),
    (Field("count", choices("8", "4", "2", "1", "16")),),
    comes=first(_no_ports, only_at_next_start),
    is_written=True,
)
