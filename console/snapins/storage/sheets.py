"""The property sheets of storage locations and of virtual hard disks."""

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Kind, Record, Ref, StoragePool, StorageVolume
from backend.operations import amend
from backend.operations.domain import Autostart
from console.sdk import wording
from console.sdk.context import Context, JobHandle
from console.sdk.forms import Row
from console.sdk.property_page import FieldSpec, SheetPage, check
from console.sdk.snapin import Amendment, Changes, PropertyPage
from console.snapins.storage import columns

AUTOSTART = "is_autostart"


def _tr(text: str) -> str:
    return QCoreApplication.translate("storage", text)


class PoolPage(SheetPage):
    """Automatic start; below, what the storage location is and how full."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _tr("General"))
        label = _tr("Start with the server")
        self.autostart = check(FieldSpec(AUTOSTART, label, lambda pool: pool.is_autostart))
        self.add(self.autostart)

    @override
    def facts(self, record: Record) -> tuple[Row, ...]:
        if not isinstance(record, StoragePool):
            return ()
        used = wording.size_of(record.allocation_bytes, record.capacity_bytes)
        return (
            Row(_tr("State"), _tr("Active") if record.is_active else _tr("Not active")),
            Row(_tr("Type"), record.type),
            Row(_tr("Path"), record.path),
            Row(_tr("Used"), used if record.capacity_bytes else ""),
            Row(_tr("Free"), wording.size(record.available_bytes) if record.is_active else ""),
            Row(_tr("Identity"), record.ref.key),
        )


class VolumePage(SheetPage):
    """What a virtual hard disk is, and who uses it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _tr("General"))

    @override
    def facts(self, record: Record) -> tuple[Row, ...]:
        if not isinstance(record, StorageVolume):
            return ()
        lookup = self.context.lookup
        pool = lookup.record(record.pool, StoragePool)
        return (
            Row(_tr("Storage location"), pool.name if pool else ""),
            Row(_tr("Path"), record.path),
            Row(_tr("Format"), record.format),
            Row(_tr("Size"), wording.size(record.capacity_bytes)),
            Row(_tr("In use"), wording.size(record.allocation_bytes)),
            Row(_tr("Based on"), record.backing),
            Row(_tr("Machines"), "\n".join(columns.users(record, lookup)) or _tr("None")),
        )


def _submit(context: Context, ref: Ref, changes: Changes) -> JobHandle:
    setting = Autostart(int(bool(changes[AUTOSTART])))
    return context.submit(amend.pool_autostart, ref, setting)


def pages() -> tuple[PropertyPage, ...]:
    """Return the pages of the sheets of storage."""
    return (
        PropertyPage("pool.general", _tr("General"), Kind.STORAGE_POOL, PoolPage),
        PropertyPage("volume.general", _tr("General"), Kind.STORAGE_VOLUME, VolumePage),
    )


def amendments() -> tuple[Amendment, ...]:
    """Return how the changes of a storage location's sheet are handed in."""
    return (Amendment(Kind.STORAGE_POOL, _submit),)
