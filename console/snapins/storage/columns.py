"""The columns of pools and of the volumes in one."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, StoragePool, StorageVolume
from backend.operations import uses
from console.sdk import wording
from console.sdk.alert_cells import alert_cell
from console.sdk.context import Lookup
from console.sdk.fullness import fullness
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell, Column, Heading, Quantity, Sums


def _tr(text: str) -> str:
    return QCoreApplication.translate("storage", text)


def _used_share(pool: StoragePool) -> float:
    return pool.allocation_bytes / pool.capacity_bytes if pool.capacity_bytes else 0.0


def _pool_state(pool: StoragePool, lookup: Lookup) -> Cell:
    alert = alert_cell(pool.ref, lookup) if pool.is_active else None
    return alert or _state(pool)


def _state_value(pool: StoragePool, _lookup: Lookup) -> str:
    """Return the state that is chosen and grouped by: it is one of few, and no alert."""
    return _state(pool).text


def _state(pool: StoragePool) -> Cell:
    if not pool.is_active:
        return Cell(_tr("Not active"), tone=Tone.MUTED)
    if (tone := fullness(_used_share(pool))) is not Tone.PLAIN:
        return Cell(_tr("Nearly full"), tone=tone)
    return Cell(_tr("Active"), tone=Tone.MUTED)


def _pool_used(pool: StoragePool, _lookup: Lookup) -> Cell:
    if not pool.capacity_bytes:
        return Cell("")
    text = wording.size_of(pool.allocation_bytes, pool.capacity_bytes)
    return Cell(text, share=_used_share(pool))


def _used_value(pool: StoragePool, _lookup: Lookup) -> float | None:
    return _used_share(pool) if pool.capacity_bytes else None


def _volumes(pool: StoragePool, lookup: Lookup) -> list[StorageVolume]:
    volumes = lookup.records(StorageVolume, pool.ref.host)
    return [volume for volume in volumes if volume.pool == pool.ref]


def pool_columns() -> tuple[Column[StoragePool], ...]:
    """Return the columns of the list of pools."""
    right = Align.RIGHT
    return (
        Column("name", _tr("Name"), lambda pool, _: Cell(pool.name, "ph.hard-drives"), width=24),
        Column(
            "state",
            _tr("State"),
            _pool_state,
            _state_value,
            width=28,
            quantity=Quantity.CHOICE,
            group=_state_value,
        ),
        Column("used", _tr("Used"), _pool_used, _used_value, right, 28, Quantity.SHARE),
        Column(
            "free",
            _tr("Free"),
            lambda pool, _: Cell(wording.size(pool.available_bytes) if pool.is_active else ""),
            lambda pool, _: float(pool.available_bytes) if pool.is_active else None,
            right,
            12,
            Quantity.SIZE,
        ),
        Column(
            "volumes",
            _tr("Volumes"),
            lambda pool, lookup: Cell(str(len(_volumes(pool, lookup)))),
            lambda pool, lookup: float(len(_volumes(pool, lookup))),
            right,
            10,
            Quantity.COUNT,
        ),
        Column("path", _tr("Path"), lambda pool, _: Cell(pool.path), width=40),
        *_hidden_pool_columns(),
    )


def _hidden_pool_columns() -> tuple[Column[StoragePool], ...]:
    return (
        Column(
            "type",
            _tr("Type"),
            lambda pool, _: Cell(pool.type),
            width=10,
            quantity=Quantity.CHOICE,
            is_shown=False,
        ),
        Column(
            "autostart",
            _tr("Automatic Start"),
            lambda pool, _: Cell(_tr("With the server") if pool.is_autostart else ""),
            lambda pool, _: float(pool.is_autostart),
            width=14,
            quantity=Quantity.FLAG,
            is_shown=False,
        ),
    )


def users(volume: StorageVolume, lookup: Lookup) -> tuple[str, ...]:
    """Return the names of the machines that use a volume, or a disk that is based on it."""
    host = volume.ref.host
    volumes = uses.by_path(lookup.records(StorageVolume, host))
    found = uses.users_of(volume.path, lookup.records(Domain, host), volumes)
    return tuple(sorted({domain.name for domain in (*found.direct, *found.by_base)}))


def _used_by(volume: StorageVolume, lookup: Lookup) -> Cell:
    return Cell(", ".join(users(volume, lookup)), tone=Tone.MUTED)


def volume_columns() -> tuple[Column[StorageVolume], ...]:
    """Return the columns of the list of volumes."""
    right = Align.RIGHT
    return (
        Column("name", _tr("Name"), lambda volume, _: Cell(volume.name, "ph.hard-drive"), width=28),
        Column(
            "format",
            _tr("Format"),
            lambda volume, _: Cell(volume.format),
            width=10,
            quantity=Quantity.CHOICE,
        ),
        Column(
            "size",
            _tr("Size"),
            lambda volume, _: Cell(wording.size(volume.capacity_bytes)),
            lambda volume, _: float(volume.capacity_bytes),
            right,
            12,
            Quantity.SIZE,
        ),
        Column(
            "allocated",
            _tr("On Disk"),
            lambda volume, _: Cell(wording.size(volume.allocation_bytes)),
            lambda volume, _: float(volume.allocation_bytes),
            right,
            12,
            Quantity.SIZE,
        ),
        Column(
            "used_by",
            _tr("Used By"),
            _used_by,
            users,
            width=24,
            group=lambda volume, lookup: ", ".join(users(volume, lookup)),
        ),
        Column("backing", _tr("Based On"), lambda volume, _: Cell(volume.backing), width=30),
        Column("path", _tr("Path"), lambda volume, _: Cell(volume.path), is_shown=False, width=40),
    )


def _pool_share(pool: StoragePool, _lookup: Lookup) -> Sums:
    free = pool.available_bytes if pool.is_active else 0
    return {"count": 1, "active": int(pool.is_active), "free": free}


def _pools_summed_up(sums: Sums, _lookup: Lookup) -> str:
    """Return the pools in a line; "" of none, of which more is said below."""
    if not sums.get("count"):
        return ""
    active, free = sums.get("active", 0), wording.size(sums.get("free", 0))
    return _tr("{count} active · {free} free").format(count=active, free=free)


def _volume_share(volume: StorageVolume, _lookup: Lookup) -> Sums:
    return {"count": 1, "size": volume.allocation_bytes}


def _volumes_summed_up(sums: Sums, _lookup: Lookup) -> str:
    count, size = sums.get("count", 0), wording.size(sums.get("size", 0))
    return _tr("{count} in all · {size} on disk").format(count=count, size=size)


POOL_HEADING = Heading(_pool_share, _pools_summed_up)
VOLUME_HEADING = Heading(_volume_share, _volumes_summed_up)
