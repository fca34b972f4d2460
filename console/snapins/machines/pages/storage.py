"""The page Storage: each drive, the file behind it, and what that is based on."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.devices import Device, DeviceKind
from backend.model import Disk, Domain, Kind, Record, Ref, StoragePool, StorageVolume
from backend.operations import uses
from backend.operations.uses import Volumes
from console.sdk import wording
from console.sdk.context import Context, Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell
from console.snapins.machines.devices import kinds
from console.snapins.machines.pages.device_table import DeviceTablePage
from console.widgets.table_model import Line, TableColumn

_ICONS = {"disk": "ph.hard-drive", "cdrom": "ph.disc", "floppy": "ph.floppy-disk"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class StoragePage(DeviceTablePage):
    """The drives of a machine, with the chains of images below them."""

    beside = frozenset({Kind.STORAGE_POOL, Kind.STORAGE_VOLUME})
    what = kinds.NEW_DISK

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = (
            TableColumn(_tr("Drive"), 18),
            TableColumn(_tr("Medium"), 30),
            TableColumn(_tr("Format"), 9),
            TableColumn(_tr("Size"), 11, Align.RIGHT),
            TableColumn(_tr("On Disk"), 11, Align.RIGHT),
            TableColumn(_tr("Location"), 20),
        )
        super().__init__(context, _tr("Storage"), columns, parent)
        self.table.show_tree()

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        return lines(record, self.context.lookup) if isinstance(record, Domain) else ()

    @override
    def device_of(self, key: str) -> Device | None:
        made_of = self.record.configuration if isinstance(self.record, Domain) else None
        disk = next((d for d in made_of.disks if d.target == key), None) if made_of else None
        if disk is None:
            return None
        return Device(DeviceKind.DVD_DRIVE if disk.device == "cdrom" else DeviceKind.DISK, key)

    @override
    def empty(self, record: Record | None) -> str:
        return _tr("This machine has no drive.")


def lines(domain: Domain, lookup: Lookup) -> tuple[Line, ...]:
    """Return a line for each drive, with the images that its own is based on below."""
    volumes = uses.by_path(lookup.records(StorageVolume, domain.ref.host))
    made_of = domain.configuration
    return tuple(_drive(disk, volumes, lookup) for disk in made_of.disks) if made_of else ()


def _drive(disk: Disk, volumes: Volumes, lookup: Lookup) -> Line:
    path = uses.place_of(disk, volumes)
    volume = volumes.get(path)
    below = tuple(
        _base(disk.target, base, volumes, lookup) for base in uses.bases_of(path, volumes)
    )
    name = _tr("{target} ({bus})").format(target=disk.target, bus=disk.bus)
    drive = Cell(name, _ICONS.get(disk.device, "ph.hard-drive"), Tone.MUTED)
    medium = Cell(_file(path), tooltip=path) if path else Cell(_tr("Empty"), tone=Tone.MUTED)
    figures = _figures(volume, lookup, disk.format if path else "")
    key = (disk.target, volume.ref) if volume else (disk.target,)
    return Line(key, (drive, medium, *figures), below)


def _base(target: str, path: str, volumes: Volumes, lookup: Lookup) -> Line:
    volume = volumes.get(path)
    mark = Cell(_tr("based on"), "ph.arrow-elbow-down-right", Tone.MUTED)
    key: tuple[str | Ref, ...] = (target, path, volume.ref) if volume else (target, path)
    return Line(key, (mark, Cell(_file(path), tooltip=path), *_figures(volume, lookup, "")))


def _figures(volume: StorageVolume | None, lookup: Lookup, told: str) -> tuple[Cell, ...]:
    """Return format, size, size on disk and location, as far as a pool tells them."""
    if volume is None:
        outside = _tr("in no storage location") if told else ""
        return Cell(told), Cell(""), Cell(""), Cell(outside, tone=Tone.MUTED)
    pool = lookup.record(volume.pool, StoragePool)
    return (
        Cell(volume.format),
        Cell(wording.size(volume.capacity_bytes)),
        Cell(wording.size(volume.allocation_bytes)),
        Cell(pool.name if pool else "", tooltip=pool.path if pool else ""),
    )


def _file(path: str) -> str:
    return path.rpartition("/")[2] or path
