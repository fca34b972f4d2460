"""Envelopes of the Open Virtualization Format, 1.x and 2.x (DMTF DSP0243, DSP8023). Pure.

Programs differ in what they write, so elements are known by their names alone, whatever namespace
they stand in; what is not said is left out, and what cannot be brought in is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.model import Firmware
from backend.packages import PackageUnfit
from backend.xmldesc import tree, written

# CIM_ResourceAllocationSettingData.ResourceType
_PROCESSOR, _MEMORY, _ADAPTER, _FLOPPY, _CD, _DVD, _DISK = "3", "4", "10", "14", "15", "16", "17"
_SPECIAL: Final = {"1": "", _FLOPPY: "floppy", _CD: "dvd", _DVD: "dvd"}
_MODELS: Final = {
    "virtio": "virtio", "vmxnet3": "vmxnet3", "e1000e": "e1000e", "e1000": "e1000",
    "pcnet32": "pcnet", "pcnet": "pcnet", "rtl8139": "rtl8139",
}  # fmt: skip
_ANY_MODEL: Final = "e1000e"
_POWER: Final = re.compile(r"^(?:byte\s*\*\s*)?(\d+)\s*\^\s*(\d+)$")
_WORDS: Final = {
    "": 1, "byte": 1, "bytes": 1, "kilobytes": 2**10, "kb": 2**10, "megabytes": 2**20,
    "mb": 2**20, "gigabytes": 2**30, "gb": 2**30, "terabytes": 2**40, "tb": 2**40,
}  # fmt: skip
_MOST_BYTES: Final = 2**60
_NAME: Final = re.compile(r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*")
_NAME_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class EnvelopeDisk:
    """A disk: its file, "" for an empty one, its size, and libvirt's word for its bus."""

    file: str
    capacity_bytes: int
    bus: str


@dataclass(frozen=True, slots=True)
class EnvelopeAdapter:
    """A network adapter: the network's name there, and libvirt's word for its model."""

    network: str
    model: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A machine as an envelope tells of it; 0 and "" where it does not say.

    `files` are all that it comes with and their sizes. `media` are drives that had an image.
    `program` is what the hardware was made for ("vmx-19").
    """

    name: str
    notes: str
    memory_bytes: int
    vcpus: int
    firmware: Firmware
    has_secure_boot: bool
    disks: tuple[EnvelopeDisk, ...]
    adapters: tuple[EnvelopeAdapter, ...]
    media: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, int], ...]
    program: str


def parse(text: str) -> Envelope:
    """Read an envelope with one machine.

    Raises PackageUnfit for what cannot be brought in, and what `written.parsed` does.
    """
    root = written.parsed(text)
    if _tag(root) != "Envelope":
        raise PackageUnfit(what=f"<{_tag(root)}>")
    systems = list(_all(root, "VirtualSystem"))
    if len(systems) != 1:
        raise PackageUnfit(what=f"VirtualSystem: {len(systems)}")
    (system,) = systems
    files = dict(_files(root))
    hardware = next(_all(system, "VirtualHardwareSection"), None)
    items = [_fields(item) for item in ([] if hardware is None else hardware) if _is_item(item)]
    disks = {_get(disk, "diskId"): disk for disk in _all(root, "Disk")}
    return Envelope(
        name=_child(system, "Name") or _get(system, "id"),
        notes=_annotation(system),
        memory_bytes=sum(_bytes(i, "VirtualQuantity", 2**20) for i in items if _is(i, _MEMORY)),
        vcpus=sum(_number(i.get("VirtualQuantity", "")) for i in items if _is(i, _PROCESSOR)),
        firmware=_firmware(system),
        has_secure_boot=_config(system, "uefi.secureBoot.enabled") == "true",
        disks=tuple(_disk(i, items, disks, files) for i in items if _is(i, _DISK)),
        adapters=tuple(_adapter(i) for i in items if _is(i, _ADAPTER)),
        media=tuple(_media(items, files)),
        files=tuple((name, size) for name, size in files.values()),
        program=next((_words(found) for found in _all(system, "VirtualSystemType")), ""),
    )


Fields = dict[str, str]


def _tag(element: tree.Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(root: tree.Element, name: str) -> Iterator[tree.Element]:
    return (element for element in root.iter() if _tag(element) == name)


def _get(element: tree.Element, name: str) -> str:
    found = (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name)
    return next(found, "")


def _words(element: tree.Element) -> str:
    return (element.text or "").strip()


def _child(element: tree.Element, name: str) -> str:
    return next((_words(child) for child in element if _tag(child) == name), "")


def _is_item(element: tree.Element) -> bool:
    return _tag(element) in ("Item", "StorageItem", "EthernetPortItem")


def _fields(item: tree.Element) -> Fields:
    return {_tag(child): _words(child) for child in item}


def _is(item: Fields, kind: str) -> bool:
    return item.get("ResourceType") == kind


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _unit(text: str, default: int) -> int:
    if not text.strip():
        return default
    if found := _POWER.match(text.strip().lower()):
        base, power = int(found[1][:4]), int(found[2][:4])
        return base**power if base in (2, 10) and power <= 60 else default
    return _WORDS.get(text.strip().lower(), default)


def _bytes(item: Fields, name: str, default: int) -> int:
    return min(_number(item.get(name, "")) * _unit(item.get("AllocationUnits", ""), default),
               _MOST_BYTES)  # fmt: skip


def _files(root: tree.Element) -> Iterator[tuple[str, tuple[str, int]]]:
    for file in _all(root, "File"):
        name = _get(file, "href")
        if not _NAME.fullmatch(name) or len(name.encode(errors="replace")) > _NAME_LONGEST:
            raise PackageUnfit(what=f"href: {name[:_NAME_LONGEST]}")
        for attribute in ("compression", "chunkSize"):
            if value := _get(file, attribute):
                raise PackageUnfit(what=f"{name}: {attribute} {value}")
        yield _get(file, "id"), (name, _number(_get(file, "size")))


def _disk(
    item: Fields,
    items: list[Fields],
    disks: dict[str, tree.Element],
    files: dict[str, tuple[str, int]],
) -> EnvelopeDisk:
    key = item.get("HostResource", "").rpartition("/")[2]
    disk = disks.get(key)
    if disk is None or _get(disk, "parentRef"):
        raise PackageUnfit(what=f"Disk: {key or item.get('ElementName', '')}")
    reference = _get(disk, "fileRef")
    if reference and reference not in files:
        raise PackageUnfit(what=f"fileRef: {reference}")
    unit = _unit(_get(disk, "capacityAllocationUnits"), 1)
    capacity = min(_number(_get(disk, "capacity")) * unit, _MOST_BYTES)
    return EnvelopeDisk(files[reference][0] if reference else "", capacity, _bus(item, items))


def _bus(item: Fields, items: list[Fields]) -> str:
    """Return the bus: any system finds a SATA disk, and only who had virtio has its driver."""
    parent = next((i for i in items if i.get("InstanceID") == item.get("Parent", "-")), Fields())
    subtype = parent.get("ResourceSubType", "").lower()
    if "virtio" not in subtype:
        return "sata"
    return "scsi" if "scsi" in subtype or parent.get("ResourceType") == "6" else "virtio"


def _adapter(item: Fields) -> EnvelopeAdapter:
    model = _MODELS.get(item.get("ResourceSubType", "").lower(), _ANY_MODEL)
    return EnvelopeAdapter(item.get("Connection", ""), model)


def _media(items: list[Fields], files: dict[str, tuple[str, int]]) -> Iterator[tuple[str, str]]:
    for item in items:
        kind = _SPECIAL.get(item.get("ResourceType", ""), "")
        reference = item.get("HostResource", "").rpartition("/")[2]
        if kind and reference in files:
            yield files[reference][0], kind


def _annotation(system: tree.Element) -> str:
    return next((_words(found) for found in _all(system, "Annotation")), "")


def _config(system: tree.Element, key: str) -> str:
    found = (_get(c, "value") for c in _all(system, "Config") if _get(c, "key") == key)
    return next(found, "").lower()


def _firmware(system: tree.Element) -> Firmware:
    by_box = (_get(found, "type").upper() for found in _all(system, "Firmware"))
    is_uefi = _config(system, "firmware") == "efi" or next(by_box, "").startswith("EFI")
    return Firmware.UEFI if is_uefi else Firmware.BIOS
