"""Drives: https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms ."""

import string
from typing import Final

from backend.errors import Problem
from backend.objections import FormatDiffers
from backend.refusals import ImageInUse
from backend.settings import Bounds, Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, Scene, among, between, free
from backend.xmldesc.settings.lens import (
    AMOUNT,
    Attribute,
    Computed,
    Content,
    Presence,
    forget_address,
)

_PLACES: Final = ("file", "dev", "dir", "name")
_SECTOR: Final = 512
_REMOVABLE: Final = ("cdrom", "floppy")
_BY_UNIT: Final = {"sata": 6, "scsi": 7, "ide": 2}
"""Buses on which drives have numbers, and how many one controller takes."""


def _read_source(disk: tree.Element) -> Value:
    source = disk.find("source")
    if source is None:
        return None
    if pool := source.get("pool"):
        return f"{pool}/{source.get('volume', '')}"
    return next((str(source.get(name)) for name in _PLACES if source.get(name)), None)


def keep_owner(disk: tree.Element) -> None:
    """Have libvirt leave a disc to whom it belongs: it would give it to QEMU's user."""
    source = disk.find("source")
    if source is not None and disk.get("device") == "cdrom":
        tree.add(source, "seclabel", model="dac", relabel="no")


def _write_source(disk: tree.Element, value: Value) -> None:
    """Put an image or a device in. Who may read the one before says nothing of this one."""
    policy = tree.attribute(disk, "source", "startupPolicy")
    for tag in ("source", "backingStore", "mirror"):
        for found in disk.findall(tag):
            disk.remove(found)
    if isinstance(value, str):
        is_device = value.startswith("/dev/")
        disk.set("type", "block" if is_device else "file")
        source = tree.add(disk, "source", **{"dev" if is_device else "file": value})
        if policy:
            source.set("startupPolicy", policy)
    elif disk.get("type") not in ("file", "block"):
        disk.set("type", "file")


def _is_disk(disk: tree.Element) -> bool:
    return disk.get("device", "disk") == "disk"


def _is_virtio(disk: tree.Element) -> bool:
    return tree.attribute(disk, "target", "bus") == "virtio"


def _source_bounds(scene: Scene) -> Bounds:
    return Bounds(can_be_unset=scene.element.get("device") in _REMOVABLE)


def _source(scene: Scene, value: Value) -> Problem | None:
    """Return why a file will not do as a disk: what the guest writes would destroy something."""
    known = scene.facts.files.get(str(value))
    target = tree.attribute(scene.element, "target", "dev")
    disk = scene.domain.find(f"devices/disk/target[@dev='{target}']/..")
    if known is None or disk is None or not _is_disk(disk):
        return None
    is_shared = disk.find("shareable") is not None or disk.find("readonly") is not None
    if known.user and not is_shared:
        return ImageInUse(path=str(value), name=known.user).problem
    wanted = tree.attribute(disk, "driver", "type")
    if known.format and wanted and known.format != wanted:
        return FormatDiffers(path=str(value), found=known.format, wanted=wanted).problem
    return None


def _write_bus(disk: tree.Element, value: Value) -> None:
    """Put the drive on a bus, under the name that it has, where no other one is."""
    if tree.attribute(disk, "target", "bus") == value:
        return
    Attribute("target", "bus").write(disk, value)
    forget_address(disk)
    devices = disk.getparent()
    per_controller = _BY_UNIT.get(str(value))
    if per_controller and devices is not None:
        others = [other for other in devices.iterfind("disk") if other is not disk]
        taken = {_number(other, per_controller) for other in others if _bus(other) == value}
        number = next(n for n in range(len(others) + 1) if n not in taken)
        controller, unit = divmod(number, per_controller)
        tree.add(
            disk, "address", type="drive", controller=str(controller), bus="0", target="0",
            unit=str(unit),
        )  # fmt: skip


def _bus(disk: tree.Element) -> str:
    return tree.attribute(disk, "target", "bus")


def _number(disk: tree.Element, per_controller: int) -> int:
    """Return which of its bus a drive is: by its address, else by its name, as libvirt does."""
    address = disk.find("address[@type='drive']")
    if address is not None:
        controller, unit = (int(str(address.get(name, "0"))) for name in ("controller", "unit"))
        return controller * per_controller + unit
    return _index(tree.attribute(disk, "target", "dev")[len("sd") :])


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        if letter not in string.ascii_lowercase:
            break
        number = number * 26 + string.ascii_lowercase.index(letter) + 1
    return max(0, number - 1)


def _driver(name: str) -> Attribute:
    return Attribute("driver", name)


def _limit(field: Field, name: str, kind: ValueKind) -> Declared:
    return Declared(field, kind, Content(f"iotune/{name}", AMOUNT), between(1))


DECLARED: Final = (
    Declared(
        Field.DRIVE_SOURCE,
        ValueKind.TEXT,
        Computed(_read_source, _write_source),
        _source_bounds,
        check=_source,
    ),
    Declared(
        Field.DRIVE_FORMAT,
        ValueKind.WORD,
        _driver("type"),
        among("qcow2", "raw", can_be_unset=False, is_open=True),
        applies=_is_disk,
    ),
    Declared(
        Field.DRIVE_SIZE,
        ValueKind.BYTES,
        bounds=between(_SECTOR, step=_SECTOR, can_be_unset=False),
        applies=_is_disk,
    ),
    Declared(
        Field.DRIVE_BUS,
        ValueKind.WORD,
        Computed(Attribute("target", "bus").read, _write_bus),
        among("virtio", "sata", "scsi", "usb", ability="disk/bus", can_be_unset=False),
    ),
    Declared(
        Field.DRIVE_CACHE,
        ValueKind.WORD,
        _driver("cache"),
        among("none", "writeback", "writethrough", "directsync", "unsafe"),
    ),
    Declared(Field.DRIVE_DISCARD, ValueKind.WORD, _driver("discard"), among("unmap", "ignore")),
    Declared(
        Field.DRIVE_DETECT_ZEROES,
        ValueKind.WORD,
        _driver("detect_zeroes"),
        among("off", "on", "unmap"),
    ),
    Declared(Field.DRIVE_IO, ValueKind.WORD, _driver("io"), among("threads", "native", "io_uring")),
    Declared(
        Field.DRIVE_ON_ERROR,
        ValueKind.WORD,
        _driver("error_policy"),
        among("stop", "report", "ignore", "enospace"),
    ),
    Declared(
        Field.DRIVE_QUEUES,
        ValueKind.NUMBER,
        Attribute("driver", "queues", AMOUNT),
        between(1, 256),
        applies=_is_virtio,
    ),
    Declared(Field.DRIVE_READ_ONLY, ValueKind.SWITCH, Presence("readonly"), applies=_is_disk),
    Declared(Field.DRIVE_SHAREABLE, ValueKind.SWITCH, Presence("shareable"), applies=_is_disk),
    Declared(Field.DRIVE_SERIAL, ValueKind.TEXT, Content("serial"), free(), applies=_is_disk),
    _limit(Field.DRIVE_TOTAL_BYTES_S, "total_bytes_sec", ValueKind.BYTES),
    _limit(Field.DRIVE_READ_BYTES_S, "read_bytes_sec", ValueKind.BYTES),
    _limit(Field.DRIVE_WRITE_BYTES_S, "write_bytes_sec", ValueKind.BYTES),
    _limit(Field.DRIVE_TOTAL_IOPS, "total_iops_sec", ValueKind.NUMBER),
    _limit(Field.DRIVE_READ_IOPS, "read_iops_sec", ValueKind.NUMBER),
    _limit(Field.DRIVE_WRITE_IOPS, "write_iops_sec", ValueKind.NUMBER),
)
